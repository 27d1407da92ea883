//! Which columns come back, and how their values are read.

use std::sync::Arc;

use super::row::{Row, Shape};
use super::table::Described;
use super::wire;
use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::stmt::{Cast, Expr, Projection, Qualifier, Returned};
use crate::value::{Read, Reader, Value};

/// Which columns come back, and how their values are read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    table: Arc<Described>,
    shape: Arc<Shape>,
    columns: Vec<usize>,
    /// Whether the database has types of columns, and not only affinities.
    typed: bool,
    /// Which of the columns are read as texts.
    as_text: Vec<bool>,
}

impl Reading {
    /// Of these columns, or else of all.
    pub(super) fn of(
        table: &Arc<Described>,
        columns: Option<&[usize]>,
        dialect: &dyn Dialect,
    ) -> Self {
        let def = &table.def;
        let shape = match columns {
            Some(columns) => Arc::new(Shape::of(def, columns.iter().copied())),
            None => Arc::clone(&table.shape),
        };
        let columns = columns.map_or_else(|| (0..def.columns.len()).collect(), <[_]>::to_vec);
        let as_text = |at: &usize| wire::is_read_as_text(&def.columns[*at], dialect);
        Self {
            table: Arc::clone(table),
            shape,
            as_text: columns.iter().map(as_text).collect(),
            columns,
            typed: dialect.types_arguments(),
        }
    }

    fn each(&self) -> impl Iterator<Item = (usize, bool)> {
        self.columns
            .iter()
            .copied()
            .zip(self.as_text.iter().copied())
    }

    /// What a written row gives.
    pub(super) fn returned(&self) -> Vec<Returned> {
        let returned = |(at, as_text)| {
            if as_text {
                Returned::Text(at)
            } else {
                Returned::Column(at)
            }
        };
        self.each().map(returned).collect()
    }

    /// What a stored row gives.
    pub(super) fn projection(&self) -> Projection {
        let expr = |(at, as_text)| {
            let column = Expr::Column(Qualifier::Row, at);
            if as_text {
                Expr::Cast(Box::new(column), Cast::Text)
            } else {
                column
            }
        };
        Projection::Exprs(self.each().map(expr).collect())
    }

    /// The row of these values, as the database gave them.
    pub(super) fn row(&self, values: Vec<Value>) -> Row {
        let types = self.columns.iter().map(|at| &self.table.types[*at]);
        let read = types
            .zip(values)
            .map(|(sql_type, value)| sql_type.read(value, self.typed));
        Row::new(Arc::clone(&self.shape), read.collect())
    }
}

/// All values of a row, as the database gives them.
pub(super) fn values<DB: Backend>(row: &mut Reader<'_, DB>) -> Result<Vec<Value>>
where
    Value: Read<DB>,
{
    (0..row.rest()).map(|_| row.take()).collect()
}
