//! `INSERT`, with or without a conflict clause.

use super::{Conflict, TableRef};
use crate::schema::{KeyDef, Name, TableDef};

/// An insert of one record.
#[derive(Debug, Clone)]
pub struct Insert {
    /// The table written to.
    pub table: TableRef,
    /// The positions of the columns that the record supplies, in the order of its values.
    pub columns: Vec<usize>,
    /// The columns whose values are sent as another type, each with the SQL that makes one of its own of
    /// `{}`.
    pub casts: Vec<(usize, Name)>,
    /// What happens when a key is taken.
    pub conflict: Option<Conflict>,
    /// What comes back.
    pub returning: Vec<Returned>,
}

impl Insert {
    /// The key that its conflict clause is about.
    pub fn key(&self) -> Option<&KeyDef> {
        self.conflict.as_ref()?.target.key(&self.table)
    }

    /// The SQL that makes a value of this column of what is sent for it, where that is of another type.
    pub fn cast(&self, column: usize) -> Option<&Name> {
        let of = |(at, _): &&(usize, Name)| *at == column;
        self.casts.iter().find(of).map(|(_, cast)| cast)
    }
}

/// One thing that comes back for a written row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// A column's value.
    Column(usize),
    /// A column's value as text.
    Text(usize),
    /// Whether the row was inserted, and not updated.
    Inserted,
}

impl Returned {
    /// The whole row, its columns in the order of declaration.
    pub fn row(table: &TableDef) -> Vec<Self> {
        (0..table.columns.len()).map(Self::Column).collect()
    }
}
