//! `UPDATE` and `DELETE` of one table.

use super::{Assignment, Expr, Projection, TableRef};

/// An update or a delete.
#[derive(Debug, Clone)]
pub struct Change {
    /// The table.
    pub table: TableRef,
    /// What becomes of the rows.
    pub verb: Verb,
    /// Which rows; all of them where there is no filter.
    pub filter: Option<Expr>,
    /// What comes back of each.
    pub returning: Option<Projection>,
}

/// What becomes of rows.
#[derive(Debug, Clone)]
pub enum Verb {
    /// Their columns get new values.
    Update(Vec<Assignment>),
    /// They go.
    Delete,
}
