//! A query in the making, of whatever is selected: the statement and its values.

use std::fmt;

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;

use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Executor, LoadRow, Ready};
use crate::filter::{Filter, Values, bind_all};
use crate::render;
use crate::schema::TableDef;
use crate::stmt::{Distinct, Expr, Order, Projection, Select};
use crate::value::{Binder, Reader};

/// A query in the making.
pub(super) struct Query<DB: Backend> {
    pub(super) statement: Select<'static>,
    /// The values of what is selected.
    pub(super) projected: Values<DB>,
    filter: Values<DB>,
    having: Values<DB>,
    order: Values<DB>,
    limit: Option<u64>,
    offset: Option<u64>,
}

impl<DB: Backend> Query<DB> {
    /// All rows of a table.
    pub(super) fn of(table: &'static TableDef) -> Self {
        Self {
            statement: Select::of(table, Projection::Row),
            projected: Vec::new(),
            filter: Vec::new(),
            having: Vec::new(),
            order: Vec::new(),
            limit: None,
            offset: None,
        }
    }

    /// Only rows for which this holds too.
    pub(super) fn filter<S>(&mut self, filter: Filter<S, DB>) {
        add(&mut self.statement.filter, filter.expr);
        self.filter.extend(filter.values);
    }

    /// Only groups for which this holds too.
    pub(super) fn having<S>(&mut self, filter: Filter<S, DB>) {
        add(&mut self.statement.having, filter.expr);
        self.having.extend(filter.values);
    }

    /// In this order, where those before leave rows equal.
    pub(super) fn order_by(&mut self, order: Order, values: Values<DB>) {
        self.statement.order.push(order);
        self.order.extend(values);
    }

    pub(super) fn limit(&mut self, rows: u64) {
        self.statement.limited = true;
        self.limit = Some(rows);
    }

    pub(super) fn offset(&mut self, rows: u64) {
        self.statement.offset = true;
        self.offset = Some(rows);
    }

    /// One row at most, or none if none were asked for.
    pub(super) fn first(&mut self) {
        self.limit(self.limit.map_or(1, |limit| u64::min(limit, 1)));
    }

    /// Runs the query; all its rows.
    pub(super) fn fetch_all<'c, E, V>(
        &self,
        on: E,
        load: LoadRow<DB, V>,
    ) -> BoxFuture<'c, Result<Vec<V>>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        let ready = self.ready(&on, render::select);
        exec::fetch_all(on, ready, load)
    }

    /// Runs the query; its rows as they come.
    pub(super) fn fetch<'c, E, V>(&self, on: E, load: LoadRow<DB, V>) -> BoxStream<'c, Result<V>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        let ready = self.ready(&on, render::select);
        exec::fetch(on, ready, load)
    }

    /// Runs the query; its first row, where there is one.
    pub(super) fn fetch_optional<'c, E, V>(
        mut self,
        on: E,
        load: LoadRow<DB, V>,
    ) -> BoxFuture<'c, Result<Option<V>>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        self.first();
        let ready = self.ready(&on, render::select);
        exec::fetch_optional(on, ready, load)
    }

    /// Runs the query; its first row.
    pub(super) fn fetch_one<'c, E, V>(self, on: E, load: LoadRow<DB, V>) -> BoxFuture<'c, Result<V>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        let table = self.statement.table;
        let first = self.fetch_optional(on, load);
        Box::pin(async move { first.await?.ok_or_else(|| no_row(table)) })
    }

    /// Runs the query; how many rows it has.
    pub(super) fn count<'c, E>(mut self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        E: Executor<'c, Backend = DB> + 'c,
    {
        self.without_order();
        let ready = self.ready(&on, render::count);
        exec::fetch_one(on, ready, count)
    }

    /// Runs the query; whether it has a row.
    pub(super) fn exists<'c, E>(mut self, on: E) -> BoxFuture<'c, Result<bool>>
    where
        E: Executor<'c, Backend = DB> + 'c,
    {
        self.without_order();
        let ready = self.ready(&on, render::exists);
        exec::fetch_one(on, ready, exists)
    }

    /// Asks how the database would run the query; its answer, a line each.
    pub(super) fn explain<'c, E>(&self, on: E) -> BoxFuture<'c, Result<Vec<String>>>
    where
        E: Executor<'c, Backend = DB> + 'c,
    {
        let ready = self.ready(&on, render::explain);
        exec::fetch_all(on, ready, last_text)
    }

    /// An order changes no count; where the rows do not matter either, none are selected.
    fn without_order(&mut self) {
        if !matches!(self.statement.distinct, Distinct::On(_)) {
            self.statement.order.clear();
            self.order.clear();
        }
        if !self.statement.aggregated && matches!(self.statement.distinct, Distinct::No) {
            self.statement.projection = Projection::Nothing;
            self.projected.clear();
        }
    }

    /// The statement as `text` makes it, with its values.
    pub(super) fn ready<'c, E>(
        &self,
        on: &E,
        text: fn(&Select<'_>, &dyn Dialect) -> String,
    ) -> Result<Ready<DB>>
    where
        E: Executor<'c, Backend = DB>,
    {
        let live = on.live();
        let dialect = DB::dialect(live);
        let table = self.statement.table;
        let text = text(&self.statement, dialect);
        Ready::new(table, Ok(text.into()), self.bound(live, dialect), |_| None)
    }

    /// The values, in the order in which they stand in the text.
    fn bound(&self, live: DB::Live, dialect: &dyn Dialect) -> Binder<DB> {
        let mut to = Binder::new(live);
        bind_all(&self.projected, &mut to);
        let is_numbered =
            matches!(self.statement.distinct, Distinct::On(_)) && !dialect.has_distinct_on();
        if is_numbered {
            bind_all(&self.order, &mut to);
        }
        bind_all(&self.filter, &mut to);
        bind_all(&self.having, &mut to);
        bind_all(&self.order, &mut to);
        for number in [self.limit, self.offset].into_iter().flatten() {
            // More rows than an i64 counts there never are.
            to.put_number(i64::try_from(number).unwrap_or(i64::MAX));
        }
        to
    }
}

/// A row was asked for and there is none.
pub(crate) fn no_row(table: &TableDef) -> Error {
    Error::new(ErrorKind::NotFound, "the query has no row").of_table(&table.name)
}

fn add(to: &mut Option<Expr>, expr: Expr) {
    *to = Some(match to.take() {
        Some(before) => before.and(expr),
        None => expr,
    });
}

fn count<DB: Backend>(row: &mut Reader<'_, DB>) -> Result<u64> {
    row.count()
}

fn exists<DB: Backend>(row: &mut Reader<'_, DB>) -> Result<bool> {
    row.flag()
}

fn last_text<DB: Backend>(row: &mut Reader<'_, DB>) -> Result<String> {
    row.skip_to_last();
    Ok(row.text()?.unwrap_or_default())
}

impl<DB: Backend> Clone for Query<DB> {
    fn clone(&self) -> Self {
        Self {
            statement: self.statement.clone(),
            projected: self.projected.clone(),
            filter: self.filter.clone(),
            having: self.having.clone(),
            order: self.order.clone(),
            limit: self.limit,
            offset: self.offset,
        }
    }
}

impl<DB: Backend> fmt::Debug for Query<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: a query may end up in a log.
        f.debug_struct("Query")
            .field("table", &self.statement.table.name)
            .field("filter", &self.statement.filter)
            .field("order", &self.statement.order)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
