//! `SELECT` from one table.

use super::Expr;
use crate::schema::TableDef;

/// A query of one table.
#[derive(Debug, Clone)]
pub struct Select<'t> {
    /// The table read.
    pub table: &'t TableDef,
    /// What comes back.
    pub projection: Projection,
    /// Which rows.
    pub filter: Option<Expr>,
    /// In which order.
    pub order: Vec<Order>,
    /// How many at most; the number is the next argument.
    pub limited: bool,
    /// Whether the rows are kept from others until the transaction ends.
    pub locked: bool,
}

/// What a query gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Projection {
    /// Every column, in the order of declaration.
    Row,
    /// These columns.
    Columns(Vec<usize>),
    /// The number of rows.
    Count,
    /// Whether there is a row.
    Exists,
}

/// One term of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column's position.
    pub column: usize,
    /// Whether the largest comes first.
    pub descending: bool,
}
