//! Tables beside the first one of a FROM clause.

use super::{Expr, TableRef};

/// A table that is joined to those before it.
#[derive(Debug, Clone)]
pub struct Join {
    /// Which rows there are.
    pub kind: JoinKind,
    /// The table.
    pub table: TableRef,
    /// Which rows belong together; nothing of a cross join.
    pub on: Option<Expr>,
}

/// Which rows a join has, beside those that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    /// No others.
    Inner,
    /// The rows before it that have none of the table.
    Left,
    /// The rows of the table that have none before it.
    Right,
    /// Both.
    Full,
    /// Every row beside every row.
    Cross,
}
