//! `INSERT`, with or without a conflict clause.

use super::Conflict;
use crate::schema::TableDef;

/// An insert of one record.
#[derive(Debug, Clone)]
pub struct Insert<'t> {
    /// The table written to.
    pub table: &'t TableDef,
    /// The positions of the columns that the record supplies, in the order of its values.
    pub columns: Vec<usize>,
    /// What happens when a key is taken.
    pub conflict: Option<Conflict<'t>>,
    /// What comes back.
    pub returning: Vec<Returned>,
}

/// One thing that comes back for a written row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// A column's value.
    Column(usize),
    /// Whether the row was inserted, and not updated.
    Inserted,
}

impl Returned {
    /// The whole row, its columns in the order of declaration.
    pub fn row(table: &TableDef) -> Vec<Self> {
        (0..table.columns.len()).map(Self::Column).collect()
    }
}
