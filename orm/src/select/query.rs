//! A query in the making, of whatever is selected.

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;

use crate::backend::Backend;
use crate::error::Result;
use crate::exec::{self, Executor, LoadRow};
use crate::render;
use crate::statement::{Statement, found};
use crate::stmt::{Projection, Select, TableRef};
use crate::value::Reader;

/// A query in the making.
pub(super) type Query<DB> = Statement<Select, DB>;

/// There is no row where one was asked for.
pub(super) const NO_ROW: &str = "the query has no row";

impl<DB: Backend> Query<DB> {
    /// All rows of a table.
    pub(super) fn of(table: TableRef) -> Self {
        Self::new(Select::of(table, Projection::Row))
    }

    /// One row at most, or none where none were asked for.
    pub(super) fn first(&mut self) {
        let limit = self.node.limit.map_or(1, |limit| u64::min(limit, 1));
        self.node.limit = Some(limit);
    }

    /// Runs the query; all its rows.
    pub(super) fn all<'c, E, V>(&self, on: E, load: LoadRow<DB, V>) -> BoxFuture<'c, Result<Vec<V>>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        self.fetch_all(on, render::select, load)
    }

    /// Runs the query; its rows as they come.
    pub(super) fn stream<'c, E, V>(&self, on: E, load: LoadRow<DB, V>) -> BoxStream<'c, Result<V>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        self.fetch(on, render::select, load)
    }

    /// Runs the query; its first row, where there is one.
    pub(super) fn optional<'c, E, V>(
        mut self,
        on: E,
        load: LoadRow<DB, V>,
    ) -> BoxFuture<'c, Result<Option<V>>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        self.first();
        self.fetch_first(on, render::select, load)
    }

    /// Runs the query; its first row.
    pub(super) fn one<'c, E, V>(self, on: E, load: LoadRow<DB, V>) -> BoxFuture<'c, Result<V>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        V: Send + 'c,
    {
        let table = self.node.table.clone();
        found(self.optional(on, load), NO_ROW, table)
    }

    /// Runs the query; how many rows it has.
    pub(super) fn count<'c, E>(mut self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        E: Executor<'c, Backend = DB> + 'c,
    {
        self.node.without_order();
        let ready = self.ready(&on, render::count);
        exec::fetch_one(on, ready, count)
    }

    /// Runs the query; whether it has a row.
    pub(super) fn exists<'c, E>(mut self, on: E) -> BoxFuture<'c, Result<bool>>
    where
        E: Executor<'c, Backend = DB> + 'c,
    {
        self.node.without_order();
        let ready = self.ready(&on, render::exists);
        exec::fetch_one(on, ready, exists)
    }

    /// Asks how the database would run the query; its answer, a line each.
    pub(super) fn explain<'c, E>(&self, on: E) -> BoxFuture<'c, Result<Vec<String>>>
    where
        E: Executor<'c, Backend = DB> + 'c,
    {
        self.fetch_all(on, render::explain, last_text)
    }
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
