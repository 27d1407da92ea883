//! What updates and deletes have in common: the rows that they are about, and what comes back.

use std::fmt;

use futures_core::future::BoxFuture;

use crate::backend::{Backend, Db};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Executor, LoadRow, Ready};
use crate::filter::{Filter, Projection, Values, bind_all};
use crate::render;
use crate::schema::TableDef;
use crate::stmt::{self, Assignment, Change, Expr, Verb};
use crate::table::Load;
use crate::value::Binder;

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

/// A statement in the making.
pub(crate) struct Draft<DB: Backend> {
    change: Change<'static>,
    assigned: Values<DB>,
    filter: Values<DB>,
    returned: Values<DB>,
}

impl<DB: Backend> Draft<DB> {
    /// About no rows yet.
    pub(crate) fn of(table: &'static TableDef, verb: Verb) -> Self {
        Self {
            change: Change {
                table,
                verb,
                filter: None,
                returning: None,
            },
            assigned: Vec::new(),
            filter: Vec::new(),
            returned: Vec::new(),
        }
    }

    /// Assigns a column.
    pub(crate) fn set(&mut self, column: usize, value: Expr, values: Values<DB>) {
        if let Verb::Update(assignments) = &mut self.change.verb {
            assignments.push(Assignment { column, value });
            self.assigned.extend(values);
        }
    }

    /// Only rows for which this holds too.
    pub(crate) fn filter<S>(&mut self, filter: Filter<S, DB>) {
        let before = self.change.filter.take();
        self.change.filter = Some(match before {
            Some(before) => before.and(filter.expr),
            None => filter.expr,
        });
        self.filter.extend(filter.values);
    }

    /// Gives this of each row back.
    pub(crate) fn returning<S, P: Projection<S, DB>>(mut self, columns: P) -> Changing<P::Row, DB> {
        let mut exprs = Vec::new();
        columns.project(&mut exprs, &mut self.returned);
        self.change.returning = Some(stmt::Projection::Exprs(exprs));
        Changing {
            draft: self,
            load: P::load,
        }
    }

    /// Gives each row back.
    pub(crate) fn returning_all<T: Load<DB>>(mut self) -> Changing<T, DB> {
        self.change.returning = Some(stmt::Projection::Row);
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
        let ready = self.ready(&on);
        exec::execute(on, ready)
    }

    /// Its text.
    pub(crate) fn to_sql(&self, dialect: &dyn Dialect) -> String {
        render::change(&self.change, dialect)
    }

    fn ready<'c, E>(&self, on: &E) -> Result<Ready<DB>>
    where
        E: Executor<'c, Backend = DB>,
    {
        let table = self.change.table;
        self.check()?;
        let live = on.live();
        let mut values = Binder::new(live);
        bind_all(&self.assigned, &mut values);
        bind_all(&self.filter, &mut values);
        bind_all(&self.returned, &mut values);
        let text = self.to_sql(DB::dialect(live));
        Ready::new(table, Ok(text.into()), values, |_| None)
    }

    /// Refuses an update of nothing, and of one column twice.
    fn check(&self) -> Result<()> {
        let Verb::Update(assignments) = &self.change.verb else {
            return Ok(());
        };
        let table = self.change.table;
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
        let ready = self.draft.ready(&on);
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
        let table = self.draft.change.table;
        let first = self.fetch_optional(on);
        Box::pin(async move {
            first.await?.ok_or_else(|| {
                Error::new(ErrorKind::NotFound, "there is no such row").of_table(&table.name)
            })
        })
    }
}

impl<DB: Backend> Clone for Draft<DB> {
    fn clone(&self) -> Self {
        Self {
            change: self.change.clone(),
            assigned: self.assigned.clone(),
            filter: self.filter.clone(),
            returned: self.returned.clone(),
        }
    }
}

impl<DB: Backend> fmt::Debug for Draft<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: a statement may end up in a log.
        f.debug_struct("Draft")
            .field("change", &self.change)
            .finish_non_exhaustive()
    }
}

impl<V, DB: Backend> fmt::Debug for Changing<V, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}
