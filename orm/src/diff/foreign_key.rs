//! Foreign keys.

use super::{Deferrable, ObjectName};
use crate::schema::ForeignKeyAction;

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignKey {
    /// The name of its constraint, where it has one.
    pub name: Option<String>,
    /// Its columns.
    pub columns: Vec<String>,
    /// The table it points to.
    pub table: ObjectName,
    /// The columns it points to, one for each of its own.
    pub references: Vec<String>,
    /// What happens when the row pointed to is deleted.
    pub on_delete: ForeignKeyAction,
    /// What happens when its key changes.
    pub on_update: ForeignKeyAction,
    /// Whether it may be checked at commit.
    pub deferrable: Deferrable,
    /// Whether the rows that were there when it was made have been checked (PostgreSQL: `NOT VALID`).
    pub validated: bool,
}

impl ForeignKey {
    /// A foreign key of this name from these columns to those of a table.
    pub fn new(
        name: impl Into<String>,
        columns: impl IntoIterator<Item = impl Into<String>>,
        table: ObjectName,
        references: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            name: Some(name.into()),
            columns: columns.into_iter().map(Into::into).collect(),
            table,
            references: references.into_iter().map(Into::into).collect(),
            on_delete: ForeignKeyAction::NoAction,
            on_update: ForeignKeyAction::NoAction,
            deferrable: Deferrable::No,
            validated: true,
        }
    }

    /// Whether two of them connect the same columns, whatever they are called and do.
    pub(crate) fn connects(&self, other: &Self) -> bool {
        let pairs = |key: &Self| {
            let columns = key.columns.iter().cloned();
            let mut pairs: Vec<_> = columns.zip(key.references.iter().cloned()).collect();
            pairs.sort();
            pairs
        };
        self.table.name == other.table.name && pairs(self) == pairs(other)
    }
}
