//! Queries whose rows stand for those of a table.

use super::Select;

/// Rows that stand for those of the first table of a FROM clause, of which they have the columns.
#[derive(Debug, Clone)]
pub enum Derived {
    /// Those of a query.
    Query(Box<Select>),
    /// Those of two queries, put together.
    Set(SetOperator, Box<Select>, Box<Select>),
    /// Those of the first query, and again and again those that the second one finds by them.
    Recursive(Box<Select>, Box<Select>),
    /// In the second query of a recursive one, the rows found before.
    Found,
}

/// How the rows of two queries are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOperator {
    /// Those of either, each once.
    Union,
    /// Those of both.
    UnionAll,
    /// Those that both have, each once.
    Intersect,
    /// Those of the first that the second has not, each once.
    Except,
}

impl Derived {
    /// Moves its slots up by `by`.
    pub(super) fn shift(&mut self, by: usize) {
        match self {
            Self::Query(query) => query.shift(by),
            Self::Set(_, first, second) | Self::Recursive(first, second) => {
                first.shift(by);
                second.shift(by);
            }
            Self::Found => {}
        }
    }
}
