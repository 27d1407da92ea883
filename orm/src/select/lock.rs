//! Rows that are kept from others.

use std::any::TypeId;
use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use super::query::{NO_ROW, Query};
use super::{SameBackend, Select};
use crate::backend::Backend;
use crate::driver::Db;
use crate::error::Result;
use crate::exec::{self, Reads, WithinTransaction};
use crate::expr::{MayMiss, SameScope, Scope};
use crate::render;
use crate::statement::found;
use crate::stmt::{Lock, Qualifier, Wait};
use crate::table::Table;
use crate::table::column::Never;

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
pub struct Locked<S, DB: Backend = Db> {
    query: Query<DB>,
    lock: Lock,
    scope: PhantomData<fn() -> S>,
}

/// A row that is always there.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "rows of `{T}` may be missing from this query, and a missing row cannot be locked",
    label = "may be missing",
    note = "lock rows of another table, or join this one by `join_on`"
)]
pub trait IsThere<T, N> {}

#[diagnostic::do_not_recommend]
impl<T> IsThere<T, Never> for () {}

// With one impl alone the compiler would complain in its own words.
#[diagnostic::do_not_recommend]
impl<T> IsThere<T, ()> for () {}

impl<T: Table, DB: Backend, O> Select<T, DB, O> {
    /// Keeps the rows from others until the transaction ends: `FOR UPDATE`. See [`Locked`].
    pub fn for_update(self) -> Locked<T, DB> {
        Locked::new(self.query, false, None)
    }

    /// Keeps others from changing the rows until the transaction ends: `FOR SHARE`. See [`Locked`].
    pub fn for_share(self) -> Locked<T, DB> {
        Locked::new(self.query, true, None)
    }
}

impl<S: Scope, DB: Backend, O> Select<S, DB, O> {
    /// Keeps the rows of one of the tables from others until the transaction ends: `FOR UPDATE OF`. See [`Locked`].
    ///
    /// # Compile errors
    ///
    /// When the table is not in the query, or its row may be missing.
    ///
    /// # Examples
    ///
    /// ```
    /// use orm::prelude::*;
    ///
    /// #[derive(Table)]
    /// struct Account {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     balance: i64,
    /// }
    ///
    /// #[derive(Table)]
    /// struct Transfer {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     account_id: i64,
    /// }
    ///
    /// let due = Transfer::select()
    ///     .join_on::<Account>(Account::ID.eq(Transfer::ACCOUNT_ID))
    ///     .for_update_of::<Account>()
    ///     .skip_locked();
    /// assert!(due.to_sql::<Postgres>().ends_with(r#" FOR UPDATE OF "accounts" SKIP LOCKED"#));
    /// ```
    pub fn for_update_of<T: Table>(self) -> Locked<S, DB>
    where
        (): SameScope<S, T> + IsThere<T, <S as MayMiss<T>>::Null>,
        S: MayMiss<T>,
    {
        Locked::new(self.query, false, Some(TypeId::of::<T>()))
    }

    /// Keeps others from changing the rows of one of the tables until the transaction ends: `FOR SHARE OF`. See
    /// [`Locked`].
    ///
    /// # Compile errors
    ///
    /// As [`for_update_of`](Self::for_update_of).
    pub fn for_share_of<T: Table>(self) -> Locked<S, DB>
    where
        (): SameScope<S, T> + IsThere<T, <S as MayMiss<T>>::Null>,
        S: MayMiss<T>,
    {
        Locked::new(self.query, true, Some(TypeId::of::<T>()))
    }
}

impl<S: Scope, DB: Backend> Locked<S, DB> {
    fn new(query: Query<DB>, shared: bool, of: Option<TypeId>) -> Self {
        let lock = Lock {
            shared,
            wait: Wait::Patiently,
            of: of.map(Qualifier::Table),
        };
        Self {
            query,
            lock,
            scope: PhantomData,
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
    pub fn fetch_all<'c, E: Reads<'c, S, Backend = DB> + WithinTransaction + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<S>>> {
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
    pub fn fetch_optional<'c, E: Reads<'c, S, Backend = DB> + WithinTransaction + 'c>(
        mut self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<S>>> {
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
    pub fn fetch_one<'c, E: Reads<'c, S, Backend = DB> + WithinTransaction + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<S>> {
        let table = self.query.node.table.clone();
        found(self.fetch_optional(on), NO_ROW, table)
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

impl<S, DB: Backend> Clone for Locked<S, DB> {
    fn clone(&self) -> Self {
        Self {
            query: self.query.clone(),
            lock: self.lock,
            scope: PhantomData,
        }
    }
}

impl<S, DB: Backend> fmt::Debug for Locked<S, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}
