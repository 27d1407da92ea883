//! What statements can be run on.

use std::future::Future;

use crate::backend::Backend;
use crate::error::Result;
use crate::table::LoadRows;
use crate::table::record::Bind;
use crate::value::{Binder, Reader};

mod db;
mod driver;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod waiting;

/// What a terminal such as `fetch_one` runs on: `&Db`, `&PgPool`, `&SqlitePool`, `&mut` a connection of
/// sqlx (`&mut *tx` for its transactions), and [`&Tx`](crate::Tx).
///
/// Sealed. What is shared is taken by reference, so nothing needs to be cloned.
///
/// # Dropped futures
///
/// The future of a call can be dropped at any time, by a timeout or `select!`. A statement that was sent may
/// still be run by the database. A call that takes several statements (a batch, `outcome`, `create_tables!`,
/// `verify!`) leaves all of it or nothing, and nothing else is lost with it:
///
/// | on | when it is dropped half way |
/// |---|---|
/// | a pool | the connection is clean, or replaced |
/// | [`&Tx`](crate::Tx) on SQLite, a transaction of sqlx | it is rolled back to where it began, and the transaction goes on |
/// | [`&Tx`](crate::Tx) on PostgreSQL | the transaction ends: [`ErrorKind::Transaction`](crate::ErrorKind::Transaction) |
/// | a connection outside of a transaction | it is rolled back; on PostgreSQL see below |
///
/// Two things sqlx 0.9 leaves no way to undo, both on a connection to PostgreSQL that you hold:
///
/// - Dropped while its transaction begins, the call leaves a read-only transaction open. What is written next
///   on that connection is refused (SQLSTATE 25006, then 25P02), and not acknowledged and lost. `ROLLBACK`, or
///   the next transaction of sqlx and its rollback, makes the connection whole; so does
///   [`pool_options`](crate::pool_options) when it goes back to its pool.
/// - In a transaction that was begun by hand, with `BEGIN` as a statement, there is no way back to where the
///   call began. What it has written by then is part of that transaction. Begin with sqlx's `begin` or
///   [`orm::transaction`](crate::transaction) instead.
#[diagnostic::on_unimplemented(
    message = "a statement cannot run on `{Self}`",
    label = "not something to run statements on",
    note = "pass `&db`, `&pool`, `&tx`, `&mut connection` or, for a transaction of sqlx, `&mut *tx`"
)]
pub trait Executor<'c>: sealed::Sealed + Send + Sized + 'c {
    /// The backend at the other end.
    type Backend: Backend;

    /// Which database is at the other end, as far as the type leaves it open.
    #[doc(hidden)]
    fn live(&self) -> <Self::Backend as Backend>::Live;

    /// A connection of it, for a while.
    #[doc(hidden)]
    fn lease(
        self,
    ) -> impl Future<Output = Result<<Self::Backend as Backend>::Connection<'c>>> + Send;
}

/// Can run statements that write records of type `R`.
///
/// The bound is on the executor and not on the record, so that the compiler takes the backend from it and
/// says which value the backend cannot hold.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a statement cannot run on `{Self}`",
    label = "not something to run statements on",
    note = "pass `&db`, `&pool`, `&tx`, `&mut connection` or, for a transaction of sqlx, `&mut *tx`"
)]
pub trait Writes<'c, R>: Executor<'c> {
    /// Binds the values of a record.
    fn bind(record: &R, to: &mut Binder<Self::Backend>);
}

impl<'c, E: Executor<'c>, R: Bind<E::Backend>> Writes<'c, R> for E {
    fn bind(record: &R, to: &mut Binder<E::Backend>) {
        to.reserve(R::NAMES.len());
        record.bind(to);
    }
}

/// Can run statements that read rows of type `T`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a statement cannot run on `{Self}`",
    label = "not something to run statements on",
    note = "pass `&db`, `&pool`, `&tx`, `&mut connection` or, for a transaction of sqlx, `&mut *tx`"
)]
pub trait Reads<'c, T>: Executor<'c> {
    /// Reads a row.
    fn load(row: &mut Reader<'_, Self::Backend>) -> Result<T>;
}

impl<'c, E: Executor<'c>, T: LoadRows<E::Backend>> Reads<'c, T> for E {
    fn load(row: &mut Reader<'_, E::Backend>) -> Result<T> {
        T::load(row)
    }
}

/// What runs within a transaction: [`&Tx`](crate::Tx), and a connection or transaction of sqlx, of which the
/// caller knows what is open on it.
#[diagnostic::on_unimplemented(
    message = "rows can only be locked within a transaction, and `{Self}` is none",
    label = "not within a transaction",
    note = "begin one with `orm::transaction(&db, ..)`, and pass its `&tx`"
)]
pub trait WithinTransaction {}

pub(crate) mod sealed {
    #[expect(unnameable_types, reason = "sealing is what it is for")]
    pub trait Sealed {}
}
