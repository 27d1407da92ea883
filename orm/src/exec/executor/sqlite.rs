//! Statements on SQLite's pools, connections and transactions.

use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqliteConnection, SqlitePool};

use super::{Executor, lease_session, sealed::Sealed};
use crate::backend::Lease;
use crate::error::{Error, Result};
use crate::exec::Tx;

impl Sealed for &SqlitePool {}
impl Sealed for &mut SqliteConnection {}
impl Sealed for &mut PoolConnection<Sqlite> {}
impl Sealed for &Tx<Sqlite> {}

impl<'c> Executor<'c> for &'c SqlitePool {
    type Backend = Sqlite;

    fn live(&self) {}

    async fn lease(self) -> Result<Lease<'c, Sqlite>> {
        self.acquire()
            .await
            .map(Lease::Pooled)
            .map_err(Error::from_sqlx)
    }
}

impl<'c> Executor<'c> for &'c mut SqliteConnection {
    type Backend = Sqlite;

    fn live(&self) {}

    async fn lease(self) -> Result<Lease<'c, Sqlite>> {
        Ok(Lease::Borrowed(self))
    }
}

impl<'c> Executor<'c> for &'c mut PoolConnection<Sqlite> {
    type Backend = Sqlite;

    fn live(&self) {}

    async fn lease(self) -> Result<Lease<'c, Sqlite>> {
        Ok(Lease::Borrowed(&mut **self))
    }
}

impl<'c> Executor<'c> for &'c Tx<Sqlite> {
    type Backend = Sqlite;

    fn live(&self) {}

    async fn lease(self) -> Result<Lease<'c, Sqlite>> {
        lease_session(self.session()).await
    }
}
