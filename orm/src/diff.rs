//! The schema of a database as a value, and the changes between two of them.
//!
//! A [`Schema`] is made of declarations or of what a catalog says; [`Schema::diff`] compares two without a
//! database. Both are data: SQL and sentences are made elsewhere.

mod change;
mod column;
mod compare;
mod enums;
mod foreign_key;
mod key;
mod name;
#[cfg(feature = "migrate")]
mod step;
mod table;

pub use change::{Change, TableChange};
pub use column::{Computed, DefaultValue, Identity, SchemaColumn};
pub use enums::Enum;
pub use foreign_key::ForeignKey;
pub use key::{Deferrable, Index, IndexPart, Key};
pub use name::ObjectName;
#[cfg(feature = "migrate")]
pub use step::{Locks, Step};
pub use table::{Check, Table};

pub(crate) use column::bare;
pub(crate) use compare::table as tables;

/// The tables and enums of a database, sorted by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Schema {
    /// Its tables.
    pub tables: Vec<Table>,
    /// Its enums, where the database has such types.
    pub enums: Vec<Enum>,
}

impl Schema {
    /// A schema of these tables and enums.
    pub fn new(
        tables: impl IntoIterator<Item = Table>,
        enums: impl IntoIterator<Item = Enum>,
    ) -> Self {
        let mut tables: Vec<Table> = tables.into_iter().map(Table::sorted).collect();
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        let mut enums: Vec<Enum> = enums.into_iter().collect();
        enums.sort_by(|one, other| one.name.cmp(&other.name));
        Self { tables, enums }
    }

    /// The table of this name.
    pub fn table(&self, name: &ObjectName) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == *name)
    }

    /// The same schema without the table of this name, such as one that others look after.
    #[must_use]
    pub fn without(mut self, name: &ObjectName) -> Self {
        self.tables.retain(|table| table.name != *name);
        self
    }

    /// The changes that make this schema equal to another one, in an order in which they can be made.
    pub fn diff(&self, to: &Self) -> Vec<Change> {
        compare::schemas(self, to)
    }
}
