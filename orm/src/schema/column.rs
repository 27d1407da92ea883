//! The facts of one column.

use std::borrow::Cow;

use super::{Name, TableDef};

/// One column as it was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnDef {
    /// The column's name, unquoted.
    pub name: Name,
    /// The SQL type that was written; `None` takes what the Rust type is stored as.
    pub sql_type: Option<Name>,
    /// The collation that was written.
    pub collation: Option<Name>,
    /// Whether it may be `NULL`: an `Option` may, nothing else does.
    pub nullable: bool,
    /// Whether the database numbers it unless a record supplies it.
    pub auto: bool,
    /// Whether an upsert leaves the stored value as it is.
    pub insert_only: bool,
    /// What the database puts in where a record has nothing.
    pub default: Option<DefaultDef>,
    /// How the database computes it; such a column is never written.
    pub generated: Option<GeneratedDef>,
    /// The column of another table that it points to.
    pub references: Option<ReferenceDef>,
}

/// What the database puts into a column that a record does not supply.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DefaultDef {
    /// The database knows; the declaration does not say.
    Database,
    /// The time of the statement, on SQLite in the canonical UTC text form.
    Now,
    /// This SQL, on every database.
    Sql(Name),
    /// This SQL on PostgreSQL and that on SQLite.
    Each {
        /// For PostgreSQL.
        postgres: Name,
        /// For SQLite.
        sqlite: Name,
    },
}

/// How a column that is never written comes to its value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum GeneratedDef {
    /// The database knows; the declaration does not say.
    Database,
    /// From this expression over the other columns.
    Sql(Name),
}

/// The column that a foreign key points to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReferenceDef {
    /// The schema of the table pointed to.
    pub schema: Option<Name>,
    /// The table pointed to.
    pub table: Name,
    /// Its column.
    pub column: Name,
    /// What happens when the row pointed to is deleted.
    pub on_delete: ForeignKeyAction,
    /// What happens when its key changes.
    pub on_update: ForeignKeyAction,
}

/// What a foreign key does when the row it points to goes away or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ForeignKeyAction {
    /// Refuse, at the end of the statement.
    #[default]
    NoAction,
    /// Refuse, at once.
    Restrict,
    /// Do the same to the rows that point here.
    Cascade,
    /// Let them point nowhere.
    SetNull,
    /// Let them point to their default.
    SetDefault,
}

impl ColumnDef {
    /// A column that must be supplied and may be updated.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name: Cow::Borrowed(name),
            sql_type: None,
            collation: None,
            nullable: false,
            auto: false,
            insert_only: false,
            default: None,
            generated: None,
            references: None,
        }
    }

    /// The same column, which may be `NULL`.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// The same column, numbered by the database.
    #[must_use]
    pub const fn auto(mut self) -> Self {
        self.auto = true;
        self
    }

    /// The same column, which no upsert overwrites.
    #[must_use]
    pub const fn insert_only(mut self) -> Self {
        self.insert_only = true;
        self
    }

    /// The same column with this SQL type.
    #[must_use]
    pub const fn with_type(mut self, sql_type: &'static str) -> Self {
        // A constant cannot run destructors, so what is replaced is forgotten; it was empty.
        std::mem::forget(self.sql_type.replace(Cow::Borrowed(sql_type)));
        self
    }

    /// The same column with this collation.
    #[must_use]
    pub const fn with_collation(mut self, collation: &'static str) -> Self {
        std::mem::forget(self.collation.replace(Cow::Borrowed(collation)));
        self
    }

    /// The same column with this default.
    #[must_use]
    pub const fn with_default(mut self, default: DefaultDef) -> Self {
        std::mem::forget(self.default.replace(default));
        self
    }

    /// The same column, computed by the database.
    #[must_use]
    pub const fn generated(mut self, generated: GeneratedDef) -> Self {
        std::mem::forget(self.generated.replace(generated));
        self
    }

    /// The same column, pointing to a column of another table.
    #[must_use]
    pub const fn references(mut self, reference: ReferenceDef) -> Self {
        std::mem::forget(self.references.replace(reference));
        self
    }

    /// Whether a record may leave it out.
    pub const fn may_be_left_out(&self) -> bool {
        self.nullable || self.auto || self.default.is_some() || self.generated.is_some()
    }
}

impl ReferenceDef {
    /// A foreign key to this column, with the database's own actions.
    pub const fn new(table: Name, column: Name) -> Self {
        Self {
            schema: None,
            table,
            column,
            on_delete: ForeignKeyAction::NoAction,
            on_update: ForeignKeyAction::NoAction,
        }
    }

    /// Whether it points to this table.
    pub fn points_to(&self, table: &TableDef) -> bool {
        self.table == table.name && self.schema == table.schema
    }

    /// The same foreign key, with this action on deletion.
    #[must_use]
    pub const fn on_delete(mut self, action: ForeignKeyAction) -> Self {
        self.on_delete = action;
        self
    }

    /// The same foreign key, with this action on a change of the key.
    #[must_use]
    pub const fn on_update(mut self, action: ForeignKeyAction) -> Self {
        self.on_update = action;
        self
    }
}
