//! Rows that are kept from others.

use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use super::SameBackend;
use super::query::{NO_ROW, Query};
use crate::backend::Backend;
use crate::driver::Db;
use crate::error::Result;
use crate::exec::{self, Reads, WithinTransaction};
use crate::render;
use crate::statement::found;
use crate::stmt::{Lock, Wait};
use crate::table::Table;

/// A query that keeps its rows from others until the transaction ends: what
/// [`for_update`](super::Select::for_update) and [`for_share`](super::Select::for_share) give.
///
/// It runs within a transaction only, since a lock ends with it. SQLite has one writer and no locks of rows:
/// there the transaction becomes the writer before it reads, so that nobody can change what it has read.
///
/// # Examples
///
/// A queue of jobs, of which each worker takes another one:
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct Job {
///     #[column(primary_key)]
///     id: i64,
///     state: String,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, Job).await?;
/// Job { id: 1, state: "ready".to_owned() }.insert().execute(&db).await?;
///
/// let taken = orm::transaction(&db, async |tx| {
///     let ready = Job::select().filter(Job::STATE.eq("ready")).order_by(Job::ID).limit(1);
///     let Some(job) = ready.for_update().skip_locked().fetch_optional(&tx).await? else {
///         return Ok(None);
///     };
///     Job::update().set(Job::STATE, "taken").filter(Job::ID.eq(job.id)).execute(&tx).await?;
///     Ok::<_, orm::Error>(Some(job.id))
/// })
/// .await?;
/// assert_eq!(taken, Some(1));
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is executed: end it with `fetch_all`, `fetch_one` or `fetch_optional`"]
pub struct Locked<T, DB: Backend = Db> {
    query: Query<DB>,
    lock: Lock,
    table: PhantomData<fn() -> T>,
}

impl<T: Table, DB: Backend> Locked<T, DB> {
    pub(super) fn new(query: Query<DB>, shared: bool) -> Self {
        let lock = Lock {
            shared,
            wait: Wait::Patiently,
        };
        Self {
            query,
            lock,
            table: PhantomData,
        }
    }

    /// Without the rows that others have locked: `SKIP LOCKED`.
    pub fn skip_locked(mut self) -> Self {
        self.lock.wait = Wait::Skip;
        self
    }

    /// An error, [`ErrorKind::Timeout`](crate::ErrorKind::Timeout), where others have locked a row: `NOWAIT`.
    pub fn nowait(mut self) -> Self {
        self.lock.wait = Wait::Refuse;
        self
    }

    /// Runs the query; all its rows.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    ///
    /// # Compile errors
    ///
    /// On something that is not within a transaction.
    pub fn fetch_all<'c, E: Reads<'c, T, Backend = DB> + WithinTransaction + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<T>>> {
        let query = self.query();
        let ready = query.ready(&on, render::select);
        exec::fetch_locked(on, query.node.table, ready, E::load)
    }

    /// Runs the query; its first row, where there is one.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    ///
    /// # Compile errors
    ///
    /// On something that is not within a transaction.
    pub fn fetch_optional<'c, E: Reads<'c, T, Backend = DB> + WithinTransaction + 'c>(
        mut self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<T>>> {
        self.query.first();
        let rows = self.fetch_all(on);
        Box::pin(async move { Ok(rows.await?.into_iter().next()) })
    }

    /// Runs the query; its first row.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when it has none, and what the database refuses.
    ///
    /// # Compile errors
    ///
    /// On something that is not within a transaction.
    pub fn fetch_one<'c, E: Reads<'c, T, Backend = DB> + WithinTransaction + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<T>> {
        found(self.fetch_optional(on), NO_ROW, T::DEF.into())
    }

    /// The text that `fetch_all` sends to a database, without a connection to it.
    pub fn to_sql<B>(&self) -> String
    where
        B: SameBackend<DB>,
    {
        self.clone().query().to_sql(B::live(), render::select)
    }

    fn query(self) -> Query<DB> {
        let mut query = self.query;
        query.node.lock = Some(self.lock);
        query
    }
}

impl<T, DB: Backend> Clone for Locked<T, DB> {
    fn clone(&self) -> Self {
        Self {
            query: self.query.clone(),
            lock: self.lock,
            table: PhantomData,
        }
    }
}

impl<T, DB: Backend> fmt::Debug for Locked<T, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}
