//! What statements can be run on.

use std::future::Future;

use crate::backend::Backend;
use crate::error::Result;
use crate::record::Bind;
use crate::table::Load;
use crate::value::{Binder, Reader};

mod db;
mod driver;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod waiting;

/// What a terminal such as `fetch_one` runs on: `&Db`, `&PgPool`, `&SqlitePool`, `&mut` a connection of
/// sqlx (`&mut *tx` for its transactions), and [`&Tx`](crate::Tx).
///
/// Sealed. What is shared is taken by reference, so nothing needs to be cloned.
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

impl<'c, E: Executor<'c>, T: Load<E::Backend>> Reads<'c, T> for E {
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
