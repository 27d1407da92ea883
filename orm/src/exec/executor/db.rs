//! Statements on [`Db`] and its transactions.

use super::{Executor, WithinTransaction, sealed::Sealed};
use crate::driver::{Db, DbConnection, DbPool, DbSession, Lease, Live};
use crate::error::Result;
use crate::exec::Tx;

impl Sealed for &Db {}
impl Sealed for &Tx<Db> {}

#[diagnostic::do_not_recommend]
impl WithinTransaction for &Tx<Db> {}

impl<'c> Executor<'c> for &'c Db {
    type Backend = Db;

    fn live(&self) -> Live {
        match self.pool {
            #[cfg(feature = "postgres")]
            DbPool::Postgres(_) => Live::Postgres(()),
            #[cfg(feature = "sqlite")]
            DbPool::Sqlite(_) => Live::Sqlite(()),
        }
    }

    async fn lease(self) -> Result<DbConnection<'c>> {
        Ok(match &self.pool {
            #[cfg(feature = "postgres")]
            DbPool::Postgres(pool) => DbConnection::Postgres(pool.lease().await?),
            #[cfg(feature = "sqlite")]
            DbPool::Sqlite(pool) => DbConnection::Sqlite(pool.lease().await?),
        })
    }
}

impl<'c> Executor<'c> for &'c Tx<Db> {
    type Backend = Db;

    fn live(&self) -> Live {
        match self.session() {
            #[cfg(feature = "postgres")]
            DbSession::Postgres(_) => Live::Postgres(()),
            #[cfg(feature = "sqlite")]
            DbSession::Sqlite(_) => Live::Sqlite(()),
        }
    }

    async fn lease(self) -> Result<DbConnection<'c>> {
        Ok(match self.session() {
            #[cfg(feature = "postgres")]
            DbSession::Postgres(session) => {
                DbConnection::Postgres(Lease::Shared(session.lease().await?))
            }
            #[cfg(feature = "sqlite")]
            DbSession::Sqlite(session) => {
                DbConnection::Sqlite(Lease::Shared(session.lease().await?))
            }
        })
    }
}
