//! What updates and deletes have in common: the rows that they are about, and what comes back.

use std::fmt;

use futures_core::future::BoxFuture;

use crate::backend::Backend;
use crate::driver::Db;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Executor, LoadRow, Ready};
use crate::expr::{Filter, Projection, Values};
use crate::render;
use crate::statement::{Statement, found};
use crate::stmt::{self, Assignment, Change, Expr, TableRef, Verb};
use crate::table::Load;

/// It has not been said yet which rows a statement is about.
#[derive(Debug)]
pub struct NoRows;

/// It has been said which rows a statement is about.
#[derive(Debug)]
pub struct SomeRows;

/// It has been said which rows a statement is about.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this statement does not say which rows it is about",
    label = "needs to know which rows",
    note = "call `.filter(..)` before it, or `.all_rows()` if it is about all rows of the table"
)]
pub trait SaysWhichRows {}

#[diagnostic::do_not_recommend]
impl SaysWhichRows for SomeRows {}

/// An update or a delete in the making.
pub(crate) type Draft<DB> = Statement<Change, DB>;

impl<DB: Backend> Draft<DB> {
    /// About no rows yet.
    pub(crate) fn of(table: TableRef, verb: Verb) -> Self {
        Self::new(Change {
            table,
            verb,
            filter: None,
            returning: None,
        })
    }

    /// Assigns a column the value that `value` makes, whose own values go behind those that are there.
    pub(crate) fn set(&mut self, column: usize, value: impl FnOnce(&mut Values<DB>) -> Expr) {
        if let Verb::Update(assignments) = &mut self.node.verb {
            let value = value(&mut self.values);
            assignments.push(Assignment { column, value });
        }
    }

    /// Only rows for which this holds too.
    pub(crate) fn filter<S>(&mut self, filter: Filter<S, DB>) {
        self.restrict(|change| &mut change.filter, filter);
    }

    /// Gives this of each row back.
    pub(crate) fn returning<S, P: Projection<S, DB>>(mut self, columns: P) -> Changing<P::Row, DB> {
        let mut exprs = Vec::new();
        columns.project(&mut exprs, &mut self.values);
        self.node.returning = Some(stmt::Projection::Exprs(exprs));
        Changing {
            draft: self,
            load: P::load,
        }
    }

    /// Gives each row back.
    pub(crate) fn returning_all<T: Load<DB>>(mut self) -> Changing<T, DB> {
        self.node.returning = Some(stmt::Projection::Row);
        Changing {
            draft: self,
            load: T::load,
        }
    }

    /// Runs it; how many rows there were.
    pub(crate) fn execute<'c, E>(self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        E: Executor<'c, Backend = DB> + 'c,
    {
        let ready = self.checked(&on);
        exec::execute(on, ready)
    }

    fn checked<'c, E>(&self, on: &E) -> Result<Ready<DB>>
    where
        E: Executor<'c, Backend = DB>,
    {
        self.check()?;
        self.ready(on, render::change)
    }

    /// Refuses an update of nothing, and of one column twice.
    fn check(&self) -> Result<()> {
        let Verb::Update(assignments) = &self.node.verb else {
            return Ok(());
        };
        let table = &self.node.table;
        let refuse =
            |message: String| Err(Error::new(ErrorKind::Statement, message).of_table(&table.name));
        if assignments.is_empty() {
            return refuse("an update sets no column; call `set` before it is executed".to_owned());
        }
        for (place, assignment) in assignments.iter().enumerate() {
            let is_it = |before: &Assignment| before.column == assignment.column;
            if assignments.iter().take(place).any(is_it) {
                let name = &table.columns[assignment.column].name;
                return refuse(format!(
                    "an update sets the column `{name}` twice; set it once"
                ));
            }
        }
        Ok(())
    }
}

/// An update or a delete that gives something of each of its rows back.
#[must_use = "a statement does nothing until it is executed: end it with `fetch_all`, `fetch_optional` or `fetch_one`"]
pub struct Changing<V, DB: Backend = Db> {
    draft: Draft<DB>,
    load: LoadRow<DB, V>,
}

impl<V, DB: Backend> Changing<V, DB> {
    /// Runs it; what comes back of all rows, in no order.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn fetch_all<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<V>>>
    where
        V: Send + 'c,
    {
        let ready = self.draft.checked(&on);
        exec::fetch_all(on, ready, self.load)
    }

    /// Runs it; what comes back of a row, where there is one. All rows are changed.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn fetch_optional<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<V>>>
    where
        V: Send + 'c,
    {
        // All rows are read: SQLite changes no more rows than are asked for.
        let rows = self.fetch_all(on);
        Box::pin(async move { Ok(rows.await?.into_iter().next()) })
    }

    /// Runs it; what comes back of a row. All rows are changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is none, and what the database refuses.
    pub fn fetch_one<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<V>>
    where
        V: Send + 'c,
    {
        let table = self.draft.node.table.clone();
        found(self.fetch_optional(on), "there is no such row", table)
    }
}

impl<V, DB: Backend> fmt::Debug for Changing<V, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}
