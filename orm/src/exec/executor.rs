//! What statements can be run on.

use std::future::Future;

use tokio::sync::MutexGuard;

use crate::backend::{Backend, Lease, Session};
use crate::error::{Error, ErrorKind, Result};

mod db;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

/// What a terminal such as `fetch_one` runs on: `&Db`, `&PgPool`, `&SqlitePool`, `&mut` a connection of
/// sqlx (`&mut *tx` for its transactions), and [`&Tx`](crate::Tx).
///
/// Sealed. What is shared is taken by reference, so nothing needs to be cloned.
#[diagnostic::on_unimplemented(
    message = "a statement cannot run on `{Self}`",
    label = "not something to run statements on",
    note = "pass `&db`, `&pool`, `&tx`, `&mut connection` or, for a transaction of sqlx, `&mut *tx`"
)]
pub trait Executor<'c>: sealed::Sealed + Send + Sized {
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

pub(crate) mod sealed {
    #[expect(unnameable_types, reason = "sealing is what it is for")]
    pub trait Sealed {}
}

/// The connection of a transaction, once the others who hold it have finished their statements.
async fn lease_session<D: sqlx::Database>(session: &Session<D>) -> Result<Lease<'_, D>> {
    let guard = session.transaction.lock().await;
    MutexGuard::try_map(guard, |transaction| {
        transaction.as_mut().map(|open| &mut **open)
    })
    .map(|connection| Lease::Shared(connection, session))
    .map_err(|_| {
        Error::new(
            ErrorKind::Transaction,
            "the transaction is over; run the statement before its closure returns",
        )
    })
}
