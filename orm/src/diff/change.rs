//! Changes of a schema, as data.

use super::{Check, Enum, ForeignKey, Index, Key, ObjectName, SchemaColumn, Table};

/// A change of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// An enum is made.
    CreateEnum(Enum),
    /// The labels of an enum change.
    AlterEnum {
        /// The enum as it was.
        from: Enum,
        /// The enum as it becomes.
        to: Enum,
    },
    /// An enum is dropped.
    DropEnum(Enum),
    /// A table is made, with all that it has but its foreign keys, which are changes of their own.
    CreateTable(Table),
    /// A table changes.
    AlterTable {
        /// Its name.
        name: ObjectName,
        /// What changes in it.
        change: TableChange,
    },
    /// A table is dropped; its foreign keys have been dropped before.
    DropTable(Table),
}

/// A change of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableChange {
    /// A foreign key is dropped.
    DropForeignKey(ForeignKey),
    /// A check is dropped.
    DropCheck(Check),
    /// An index is dropped.
    DropIndex(Index),
    /// A key is dropped.
    DropKey(Key),
    /// A column is dropped.
    DropColumn(SchemaColumn),
    /// A column is added.
    AddColumn(SchemaColumn),
    /// A column changes: its type, its collation, its default, whether it may be `NULL`, how it is numbered or
    /// computed.
    AlterColumn {
        /// The column as it was.
        from: SchemaColumn,
        /// The column as it becomes.
        to: SchemaColumn,
    },
    /// The settings of its storage change.
    SetOptions {
        /// How full a page is packed, as it was.
        from: (Option<u8>, Vec<String>),
        /// How full a page becomes packed, and the other settings.
        to: (Option<u8>, Vec<String>),
    },
    /// A key is added.
    AddKey(Key),
    /// An index is added.
    AddIndex(Index),
    /// A check is added.
    AddCheck(Check),
    /// A foreign key is added.
    AddForeignKey(ForeignKey),
}
