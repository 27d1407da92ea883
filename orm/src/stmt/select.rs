//! `SELECT`.

use super::{Derived, Expr, Join, Qualifier, TableRef};

/// A query.
#[derive(Debug, Clone)]
pub struct Select {
    /// The first table of the FROM clause.
    pub table: TableRef,
    /// The rows that stand for those of that table.
    pub derived: Option<Derived>,
    /// The tables joined to it.
    pub joins: Vec<Join>,
    /// What comes back.
    pub projection: Projection,
    /// Which rows that are alike are left out.
    pub distinct: Distinct,
    /// Which rows.
    pub filter: Option<Expr>,
    /// By what rows are put together.
    pub group: Vec<Expr>,
    /// Whether all rows are put together into one, without being grouped.
    pub aggregated: bool,
    /// Which groups.
    pub having: Option<Expr>,
    /// In which order.
    pub order: Vec<Order>,
    /// How many rows there are at most.
    pub limit: Option<u64>,
    /// How many rows are left out before the first.
    pub offset: Option<u64>,
    /// Whether the rows are kept from others until the transaction ends.
    pub lock: Option<Lock>,
}

impl Select {
    /// All rows of a table, in no order.
    pub fn of(table: impl Into<TableRef>, projection: Projection) -> Self {
        Self {
            table: table.into(),
            derived: None,
            joins: Vec::new(),
            projection,
            distinct: Distinct::No,
            filter: None,
            group: Vec::new(),
            aggregated: false,
            having: None,
            order: Vec::new(),
            limit: None,
            offset: None,
            lock: None,
        }
    }
}

impl Select {
    /// The same query, whose only column has a name of ours.
    #[must_use]
    pub fn with_named_column(mut self) -> Self {
        self.projection = match self.projection {
            Projection::Exprs(mut exprs) if exprs.len() == 1 => {
                let only = exprs.pop();
                only.map_or(Projection::Nothing, |only| {
                    Projection::Named(Box::new(only))
                })
            }
            other => other,
        };
        self
    }

    /// The same query, asked only whether it has a row.
    #[must_use]
    pub fn only_whether(mut self) -> Self {
        self.without_order();
        self
    }

    /// An order changes no count; where the rows do not matter either, none are selected.
    pub fn without_order(&mut self) {
        if !matches!(self.distinct, Distinct::On(_)) {
            self.order.clear();
        }
        if !self.aggregated && matches!(self.distinct, Distinct::No) {
            self.projection = Projection::Nothing;
        }
    }
}

/// What a query gives.
#[derive(Debug, Clone)]
pub enum Projection {
    /// Every column of every table, in the order of declaration.
    Row,
    /// These columns.
    Columns(Vec<usize>),
    /// These.
    Exprs(Vec<Expr>),
    /// This one, under a name of ours.
    Named(Box<Expr>),
    /// Nothing but that there is a row.
    Nothing,
}

/// Which rows that are alike are left out.
#[derive(Debug, Clone)]
pub enum Distinct {
    /// None.
    No,
    /// All but one of those that are alike in what comes back.
    Rows,
    /// All but the first, in the order of the query, of those that are alike in these columns.
    On(Vec<usize>),
}

/// One term of an order.
#[derive(Debug, Clone)]
pub struct Order {
    /// What is compared.
    pub by: Expr,
    /// Whether the largest comes first.
    pub descending: bool,
    /// Whether rows without a value come first or last; `None` leaves that to the database.
    pub nulls_first: Option<bool>,
}

/// How rows are kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lock {
    /// Whether others may lock them so too.
    pub shared: bool,
    /// What happens to a row that others have locked.
    pub wait: Wait,
    /// The table whose rows are locked; those of all tables where none is named.
    pub of: Option<Qualifier>,
}

/// What happens to a row that others have locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// It is waited for.
    Patiently,
    /// It is left out.
    Skip,
    /// It is an error.
    Refuse,
}
