//! Queries that give something else than whole rows.

use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;

use super::query::Query;
use super::{OrderBy, SameBackend};
use crate::backend::Backend;
use crate::driver::Db;
use crate::error::Result;
use crate::exec::{Executor, LoadRow};
use crate::expr::{AnyTable, Projection};
use crate::render;
use crate::stmt::{self, Distinct};
use crate::table::Table;
use crate::value::Reader;

/// A query that gives something else than whole rows: what [`columns`](super::Select::columns),
/// [`rows`](super::Select::rows) and [`aggregate`](super::Select::aggregate) give.
///
/// `S` are its tables, or the groups of them, and `V` is the type of its rows.
#[must_use = "a query does nothing until it is executed: end it with `fetch_all`, `fetch`, `fetch_one`, `fetch_optional` or `count`"]
pub struct Projected<S, V, DB: Backend = Db, O = AnyTable> {
    pub(super) query: Query<DB>,
    load: LoadRow<DB, V>,
    scope: PhantomData<fn() -> (S, O)>,
}

/// A struct of some columns of a table: implemented by `#[derive(Row)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct of some columns of a table",
    label = "no columns",
    note = "derive it: `#[derive(Row)]` with `#[row(table = ..)]`"
)]
pub trait RowStruct: Sized {
    /// The table.
    type Table: Table;

    /// The names of the columns, in the order of the fields.
    #[doc(hidden)]
    const NAMES: &'static [&'static str];
}

/// A struct of some columns that can be read from this backend.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct of some columns that can be read from `{DB}`",
    label = "cannot be read",
    note = "derive it: `#[derive(Row)]` with `#[row(table = ..)]`, of types that `{DB}` has"
)]
pub trait LoadStruct<DB: Backend>: RowStruct {
    /// Reads one, its columns in the order of the fields.
    #[doc(hidden)]
    fn load(row: &mut Reader<'_, DB>) -> Result<Self>;
}

impl<S, V, DB: Backend, O> Projected<S, V, DB, O> {
    pub(super) fn new<P: Projection<S, DB, Row = V>>(mut query: Query<DB>, columns: P) -> Self {
        let mut exprs = Vec::new();
        columns.project(&mut exprs, &mut query.values);
        query.node.projection = stmt::Projection::Exprs(exprs);
        Self {
            query,
            load: P::load,
            scope: PhantomData,
        }
    }

    pub(super) fn of_struct(mut query: Query<DB>) -> Self
    where
        V: LoadStruct<DB>,
    {
        let positions = V::Table::DEF.positions(V::NAMES);
        query.node.projection = stmt::Projection::Columns(positions);
        Self {
            query,
            load: V::load,
            scope: PhantomData,
        }
    }

    /// In this order. A second call orders what the first leaves equal.
    pub fn order_by<B: OrderBy<S, DB>>(mut self, order: B) -> Self {
        let Query { node, values } = &mut self.query;
        order.add_to(&mut node.order, values);
        self
    }

    /// So many rows at most.
    pub fn limit(mut self, rows: u64) -> Self {
        self.query.node.limit = Some(rows);
        self
    }

    /// Without the first so many rows.
    pub fn offset(mut self, rows: u64) -> Self {
        self.query.node.offset = Some(rows);
        self
    }

    /// Each once: `DISTINCT`.
    pub fn distinct(mut self) -> Self {
        self.query.node.distinct = Distinct::Rows;
        self
    }

    /// Runs the query; all its rows.
    ///
    /// # Errors
    ///
    /// What the database refuses, and [`ErrorKind::Decode`](crate::ErrorKind::Decode) for a value that
    /// is not of the type that was asked for.
    pub fn fetch_all<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<V>>>
    where
        V: Send + 'c,
    {
        self.query.all(on, self.load)
    }

    /// Runs the query; its rows as they come, so that they need not all be in memory.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all); the stream ends with the first.
    pub fn fetch<'c, E: Executor<'c, Backend = DB> + 'c>(self, on: E) -> BoxStream<'c, Result<V>>
    where
        V: Send + 'c,
    {
        self.query.stream(on, self.load)
    }

    /// Runs the query; its first row, where there is one.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all).
    pub fn fetch_optional<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<V>>>
    where
        V: Send + 'c,
    {
        self.query.optional(on, self.load)
    }

    /// Runs the query; its first row.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when it has none, else as
    /// [`fetch_all`](Self::fetch_all).
    pub fn fetch_one<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<V>>
    where
        V: Send + 'c,
    {
        self.query.one(on, self.load)
    }

    /// Runs the query; how many rows it has.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn count<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<u64>> {
        self.query.count(on)
    }

    /// Asks the database how it would run the query; its answer, a line each. Nothing is run.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn explain<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<String>>> {
        self.query.explain(on)
    }

    /// The text that `fetch_all` sends to a database, without a connection to it.
    pub fn to_sql<B>(&self) -> String
    where
        B: SameBackend<DB>,
    {
        self.query.to_sql(B::live(), render::select)
    }
}

impl<S, V, DB: Backend, O> Clone for Projected<S, V, DB, O> {
    fn clone(&self) -> Self {
        Self {
            query: self.query.clone(),
            load: self.load,
            scope: PhantomData,
        }
    }
}

impl<S, V, DB: Backend, O> fmt::Debug for Projected<S, V, DB, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}
