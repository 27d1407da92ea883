//! The traits of a database: encoding values for it, and sending statements on a connection to it.
//!
//! A [`Backend`] is PostgreSQL, SQLite, or [`Db`](crate::Db): the one of the two that a URL named at run time.

use std::fmt::Debug;
use std::future::Future;
use std::sync::Arc;

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;

use crate::dialect::Dialect;
use crate::error::{Complaint, is_stale};

mod gathered;
mod health;

pub use gathered::Gathered;
pub use health::Health;

/// A database that statements run on: `Postgres`, `Sqlite`, or [`Db`](crate::Db), the either of the two.
///
/// Sealed: the library has an implementation for each database it speaks to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a backend",
    note = "backends are `orm::Db`, `orm::Postgres` and `orm::Sqlite`"
)]
pub trait Backend: sealed::Sealed + Sized + Send + Sync + 'static {
    /// Which database is at the other end, as far as the type leaves it open.
    #[doc(hidden)]
    type Live: Copy + Debug + Send + Sync;
    /// Encoded values.
    #[doc(hidden)]
    type Arguments: Clone + Debug + Send + Sync + 'static;
    /// A row that came back.
    #[doc(hidden)]
    type Row: Debug + Send + Sync + 'static;
    /// A connection that is ours for a while.
    #[doc(hidden)]
    type Connection<'c>: Connection<Backend = Self>;

    /// A transaction that several handles share.
    #[doc(hidden)]
    type Session: Debug + Send + Sync + 'static;

    /// The values of many records, encoded to be sent together.
    #[doc(hidden)]
    type Gathered: Gathered<Backend = Self>;

    /// The kind of connection that takes arrays, where there is one.
    #[doc(hidden)]
    fn with_arrays() -> Option<Self::Live>;

    /// No values yet.
    #[doc(hidden)]
    fn arguments(live: Self::Live) -> Self::Arguments;

    /// Makes room for so many values, so that the arguments need not grow with each of them.
    #[doc(hidden)]
    fn reserve(to: &mut Self::Arguments, values: usize);

    /// Adds a whole number of the library's own, such as a limit.
    #[doc(hidden)]
    fn number(to: &mut Self::Arguments, value: i64) -> Result<(), Complaint>;

    /// How many columns a row has.
    #[doc(hidden)]
    fn width(row: &Self::Row) -> usize;

    /// The name of the column at this position of a row, where there is one.
    #[doc(hidden)]
    fn column(row: &Self::Row, at: usize) -> Option<&str>;

    /// Where a row has a column of this name; of several the last.
    #[doc(hidden)]
    fn place(row: &Self::Row, name: &str) -> Option<usize>;

    /// What the column at this position of a row is called in an error.
    #[doc(hidden)]
    fn name(row: &Self::Row, at: usize) -> String {
        Self::column(row, at).map_or_else(|| at.to_string(), str::to_owned)
    }

    /// Whether a column has no value.
    #[doc(hidden)]
    fn is_null(row: &Self::Row, at: usize) -> sqlx::Result<bool>;

    /// The whole number at this position of a row.
    #[doc(hidden)]
    fn count(row: &Self::Row, at: usize) -> sqlx::Result<i64>;

    /// The yes or no at this position of a row.
    #[doc(hidden)]
    fn flag(row: &Self::Row, at: usize) -> sqlx::Result<bool>;

    /// The text at this position of a row, where there is one.
    #[doc(hidden)]
    fn text(row: &Self::Row, at: usize) -> sqlx::Result<Option<String>>;

    /// The dialect as far as it is known without asking a connection for its version.
    #[doc(hidden)]
    fn dialect(live: Self::Live) -> &'static dyn Dialect;
}

/// A connection that is ours for a while, to run statements on.
#[doc(hidden)]
pub trait Connection: Send {
    /// The backend it speaks to.
    type Backend: Backend;

    /// The dialect of just this server.
    fn dialect(&self) -> &'static dyn Dialect;

    /// A transaction on it, or a savepoint in the one that is open already.
    fn begin(
        &mut self,
    ) -> impl Future<Output = sqlx::Result<<Self::Backend as Backend>::Connection<'_>>> + Send;

    /// Commits what `begin` has begun; without it, dropping rolls back.
    fn commit(self) -> impl Future<Output = sqlx::Result<()>> + Send;

    /// Tells the transaction, where several share it, what has become of it.
    fn note(&self, health: Health);

    /// Whether it is ours alone, so that no transaction of the caller's can be open on it.
    fn is_own(&self) -> bool;

    /// Whether no transaction is open on it, as far as sqlx has begun them.
    fn is_outside(&self) -> bool;

    /// Whether it is a transaction of ours, and not a savepoint in one of the caller's.
    fn is_whole(&self) -> bool;

    /// Says that it is held until its rows have been read, by whoever reads them.
    fn set_streaming(&mut self);

    /// A statement on it has failed: where the database has ended the transaction with it, nothing more is
    /// acknowledged in that.
    fn look_after(&mut self) -> BoxFuture<'_, ()>;

    /// Says that several messages have begun that must not be dropped half way, or that they have ended.
    ///
    /// When the future of a `COPY` is dropped, sqlx 0.9 is an answer behind from then on, and takes what
    /// belongs to one statement for that of the next. A `begin` that is dropped on PostgreSQL is as
    /// bad. A connection of a pool that this happens to is closed, and a transaction of ours rolled back.
    fn set_midway(&mut self, is_midway: bool);

    /// Says that the only statement that was sent on it has been answered in full, and that it has opened
    /// nothing. A connection of a pool then goes back to it without being asked.
    fn set_answered(&mut self);

    /// Whether a statement that failed, because its table had changed or because of others that wrote at
    /// the same time, can be sent again, and nothing else is lost with it.
    fn can_send_again(&self) -> bool;

    /// Has a connection of a pool closed, and not given back to it.
    fn close(&mut self);

    /// Whether a statement that fails ends its transaction.
    fn errors_end_transactions(&self) -> bool;

    /// Runs statements that take no arguments, several in one text.
    fn run_script(&mut self, sql: String) -> impl Future<Output = sqlx::Result<()>> + Send;

    /// Runs a statement; the number of rows written. It is the caller who has what is stale forgotten: a
    /// future around that of sqlx would move the arguments once more.
    fn execute_first(
        &mut self,
        sql: Arc<str>,
        arguments: <Self::Backend as Backend>::Arguments,
    ) -> impl Future<Output = sqlx::Result<u64>> + Send;

    /// Runs a statement; the number of rows written.
    fn execute(
        &mut self,
        sql: Arc<str>,
        arguments: <Self::Backend as Backend>::Arguments,
    ) -> impl Future<Output = sqlx::Result<u64>> + Send {
        async move {
            let sent = self.execute_first(sql, arguments).await;
            if let Err(error) = &sent
                && is_stale(error)
            {
                self.heal(error).await;
            }
            sent
        }
    }

    /// Runs a statement; its first row. What is stale is left to the caller as well, and so is the look after
    /// a connection where it failed.
    fn fetch_first(
        &mut self,
        sql: Arc<str>,
        arguments: <Self::Backend as Backend>::Arguments,
    ) -> impl Future<Output = sqlx::Result<Option<<Self::Backend as Backend>::Row>>> + Send;

    /// Forgets all that was prepared, and the numbers of types that sqlx knows by their names: a statement
    /// that is refused because its table or a type has changed is refused for ever on this connection
    /// otherwise. What a function has kept lives as long as the connection, so that one of a pool is closed.
    fn heal(&mut self, error: &sqlx::Error) -> BoxFuture<'_, ()>;

    /// Runs a statement; its first row.
    fn fetch_optional(
        &mut self,
        sql: Arc<str>,
        arguments: <Self::Backend as Backend>::Arguments,
    ) -> impl Future<Output = sqlx::Result<Option<<Self::Backend as Backend>::Row>>> + Send {
        async move {
            let sent = self.fetch_first(sql, arguments).await;
            if let Err(error) = &sent {
                if is_stale(error) {
                    self.heal(error).await;
                }
                self.look_after().await;
            }
            sent
        }
    }

    /// Runs a statement; all its rows.
    fn fetch_all(
        &mut self,
        sql: Arc<str>,
        arguments: <Self::Backend as Backend>::Arguments,
    ) -> impl Future<Output = sqlx::Result<Vec<<Self::Backend as Backend>::Row>>> + Send;

    /// Runs a statement; its rows as they come.
    fn fetch(
        &mut self,
        sql: Arc<str>,
        arguments: <Self::Backend as Backend>::Arguments,
    ) -> BoxStream<'_, sqlx::Result<<Self::Backend as Backend>::Row>>;

    /// Runs a statement; `each` is called with its rows as they come, so that they need not all be held.
    fn fetch_each(
        &mut self,
        sql: Arc<str>,
        arguments: <Self::Backend as Backend>::Arguments,
        each: &mut (dyn FnMut(<Self::Backend as Backend>::Row) + Send),
    ) -> impl Future<Output = sqlx::Result<()>> + Send;

    /// Sends rows in the binary form of `COPY`: `next` adds some, and says whether there are more.
    fn copy(
        &mut self,
        sql: Arc<str>,
        next: &mut (dyn FnMut(&mut Vec<u8>) -> bool + Send),
    ) -> impl Future<Output = sqlx::Result<()>> + Send;
}

pub(crate) mod sealed {
    #[expect(unnameable_types, reason = "sealing is what it is for")]
    pub trait Sealed {}
}
