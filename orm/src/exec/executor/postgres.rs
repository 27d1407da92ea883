//! Statements on PostgreSQL's pools, connections and transactions.

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, PgPool, Postgres};

use super::{Executor, lease_session, sealed::Sealed};
use crate::backend::Lease;
use crate::error::{Error, Result};
use crate::exec::Tx;

impl Sealed for &PgPool {}
impl Sealed for &mut PgConnection {}
impl Sealed for &mut PoolConnection<Postgres> {}
impl Sealed for &Tx<Postgres> {}

impl<'c> Executor<'c> for &'c PgPool {
    type Backend = Postgres;

    fn live(&self) {}

    async fn lease(self) -> Result<Lease<'c, Postgres>> {
        self.acquire()
            .await
            .map(Lease::Pooled)
            .map_err(Error::from_sqlx)
    }
}

impl<'c> Executor<'c> for &'c mut PgConnection {
    type Backend = Postgres;

    fn live(&self) {}

    async fn lease(self) -> Result<Lease<'c, Postgres>> {
        Ok(Lease::Borrowed(self))
    }
}

impl<'c> Executor<'c> for &'c mut PoolConnection<Postgres> {
    type Backend = Postgres;

    fn live(&self) {}

    async fn lease(self) -> Result<Lease<'c, Postgres>> {
        Ok(Lease::Borrowed(&mut **self))
    }
}

impl<'c> Executor<'c> for &'c Tx<Postgres> {
    type Backend = Postgres;

    fn live(&self) {}

    async fn lease(self) -> Result<Lease<'c, Postgres>> {
        lease_session(self.session()).await
    }
}
