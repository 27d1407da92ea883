//! A statement in the making, with the values in its slots: what queries, updates and deletes have in common.

use std::fmt;

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;

use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Executor, LoadRow, Ready};
use crate::expr::{Filter, Values, bind};
use crate::render::Sql;
use crate::stmt::{Change, Expr, Select, TableRef};

/// A statement in the making: the untyped statement, and the values in its slots.
pub(crate) struct Statement<S, DB: Backend> {
    pub(crate) node: S,
    pub(crate) values: Values<DB>,
}

/// An untyped statement about a table.
pub(crate) trait About {
    /// The table.
    fn table(&self) -> &TableRef;
}

impl About for Select {
    fn table(&self) -> &TableRef {
        &self.table
    }
}

impl About for Change {
    fn table(&self) -> &TableRef {
        &self.table
    }
}

/// Renders an untyped statement.
pub(crate) type Render<S> = fn(&S, &dyn Dialect) -> Sql;

impl<S: About, DB: Backend> Statement<S, DB> {
    /// Without values yet.
    pub(crate) fn new(node: S) -> Self {
        Self {
            node,
            values: Vec::new(),
        }
    }

    /// Adds a filter to those that are there, all of which have to hold.
    pub(crate) fn restrict<T>(
        &mut self,
        filters: impl FnOnce(&mut S) -> &mut Option<Expr>,
        filter: Filter<T, DB>,
    ) {
        let filter = filter.expr_beside(&mut self.values);
        also(filters(&mut self.node), filter);
    }

    /// The text on a live connection of this kind.
    pub(crate) fn to_sql(&self, live: DB::Live, render: Render<S>) -> String {
        render(&self.node, DB::dialect(live)).text
    }

    /// The text and the arguments, to be sent.
    pub(crate) fn ready<'c, E>(&self, on: &E, render: Render<S>) -> Result<Ready<DB>>
    where
        E: Executor<'c, Backend = DB>,
    {
        let live = on.live();
        let Sql {
            text,
            binds,
            is_wrong,
        } = render(&self.node, DB::dialect(live));
        if is_wrong {
            let message = "a column is of a table that the statement does not have";
            return Err(Error::new(ErrorKind::Bug, message).of_table(&self.node.table().name));
        }
        let values = bind(&self.values, &binds, live);
        Ready::new(self.node.table(), Ok(text.into()), values, |_| None)
    }

    /// Runs the statement; all its rows.
    pub(crate) fn fetch_all<'c, E, V>(
        &self,
        on: E,
        render: Render<S>,
        load: LoadRow<DB, V>,
    ) -> BoxFuture<'c, Result<Vec<V>>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        let ready = self.ready(&on, render);
        exec::fetch_all(on, ready, load)
    }

    /// Runs the statement; its rows as they come.
    pub(crate) fn fetch<'c, E, V>(
        &self,
        on: E,
        render: Render<S>,
        load: LoadRow<DB, V>,
    ) -> BoxStream<'c, Result<V>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        let ready = self.ready(&on, render);
        exec::fetch(on, ready, load)
    }

    /// Runs the statement; its first row.
    pub(crate) fn fetch_first<'c, E, V>(
        &self,
        on: E,
        render: Render<S>,
        load: LoadRow<DB, V>,
    ) -> BoxFuture<'c, Result<Option<V>>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        let ready = self.ready(&on, render);
        exec::fetch_optional(on, ready, load)
    }
}

/// Adds a condition to those that are there.
pub(crate) fn also(conditions: &mut Option<Expr>, condition: Expr) {
    *conditions = Some(match conditions.take() {
        Some(before) => before.and(condition),
        None => condition,
    });
}

/// The row that was asked for, or the error that there is none.
pub(crate) fn found<'c, V: Send + 'c>(
    row: BoxFuture<'c, Result<Option<V>>>,
    missing: &'static str,
    table: TableRef,
) -> BoxFuture<'c, Result<V>> {
    Box::pin(async move {
        row.await?
            .ok_or_else(|| Error::new(ErrorKind::NotFound, missing).of_table(&table.name))
    })
}

impl<S: Clone, DB: Backend> Clone for Statement<S, DB> {
    fn clone(&self) -> Self {
        Self {
            node: self.node.clone(),
            values: self.values.clone(),
        }
    }
}

impl<S: fmt::Debug, DB: Backend> fmt::Debug for Statement<S, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: a statement may end up in a log.
        f.debug_tuple("Statement").field(&self.node).finish()
    }
}
