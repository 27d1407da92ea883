//! Expressions over the columns of one table.

use crate::schema::Name;

/// An expression.
///
/// Values are not part of it: a [`Expr::Bind`] is the next argument, counted from left to right over
/// the whole statement.
#[derive(Debug, Clone)]
pub enum Expr {
    /// A column, by its position.
    Column(Side, usize),
    /// The next argument.
    Bind,
    /// SQL from a declaration.
    Sql(Name),
    /// Two operands compared.
    Compare(Box<Expr>, Comparison, Box<Expr>),
    /// All of them.
    And(Vec<Expr>),
    /// One of them at least.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// `IS NULL`.
    IsNull(Box<Expr>),
}

/// Which row a column is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The row that a filter looks at.
    Row,
    /// In an upsert, the row in the table.
    Stored,
    /// In an upsert, the row of the record.
    Incoming,
}

/// How two operands are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `LIKE`
    Like,
}

impl Expr {
    /// Both; what is joined by `AND` already stays one list.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut all = match self {
            Self::And(all) => all,
            one => vec![one],
        };
        match other {
            Self::And(more) => all.extend(more),
            one => all.push(one),
        }
        Self::And(all)
    }

    /// Either; what is joined by `OR` already stays one list.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let mut all = match self {
            Self::Or(all) => all,
            one => vec![one],
        };
        match other {
            Self::Or(more) => all.extend(more),
            one => all.push(one),
        }
        Self::Or(all)
    }

    /// Two operands compared.
    pub fn compare(self, comparison: Comparison, other: Self) -> Self {
        Self::Compare(Box::new(self), comparison, Box::new(other))
    }

    /// The stored row's version is not newer than the incoming one's.
    ///
    /// A stored `NULL` compares to nothing, and without a case of its own would be kept for ever.
    pub fn not_newer(version: usize, nullable: bool) -> Self {
        let stored = Self::Column(Side::Stored, version);
        let incoming = Self::Column(Side::Incoming, version);
        let not_newer = incoming.compare(Comparison::GreaterOrEqual, stored.clone());
        if nullable {
            Self::IsNull(Box::new(stored)).or(not_newer)
        } else {
            not_newer
        }
    }
}
