//! Statements on the pools, connections and transactions of a database of sqlx.

/// Lets statements run on a pool of sqlx, on its connections, and on our transactions.
macro_rules! driver {
    ($database:ident, $pool:ident, $connection:ident, |$of:ident, $error:ident| $why:expr) => {
        use sqlx::pool::PoolConnection;
        use sqlx::{$connection, $database, $pool};

        use super::super::waiting::{Kept, acquire};
        use super::super::{Executor, WithinTransaction, sealed::Sealed};
        use crate::driver::{Counted, Lease, Pooled};
        use crate::error::{Error, Result};
        use crate::exec::Tx;

        thread_local! {
            static WAITING: Kept<$database> = const { Kept::new(None) };
        }

        impl Sealed for &$pool {}
        impl Sealed for &mut $connection {}
        impl Sealed for &mut PoolConnection<$database> {}
        impl Sealed for &Tx<$database> {}

        #[diagnostic::do_not_recommend]
        impl WithinTransaction for &mut $connection {}
        #[diagnostic::do_not_recommend]
        impl WithinTransaction for &mut PoolConnection<$database> {}
        #[diagnostic::do_not_recommend]
        impl WithinTransaction for &Tx<$database> {}

        impl<'c> Executor<'c> for &'c $pool {
            type Backend = $database;

            fn live(&self) {}

            async fn lease(self) -> Result<Lease<'c, $database>> {
                match acquire(self, &WAITING).await {
                    Ok(mut connection) => {
                        if sqlx::Connection::is_in_transaction(&*connection) {
                            let mended = $database::mend(&mut connection).await;
                            mended.map_err(Error::from_sqlx)?;
                        }
                        let keeps = $database::keeps_statements(&connection, self);
                        Ok(Lease::Pooled(Pooled::new(connection, keeps)))
                    }
                    Err($error) => {
                        let $of = self;
                        Err($why)
                    }
                }
            }
        }

        impl<'c> Executor<'c> for &'c mut $connection {
            type Backend = $database;

            fn live(&self) {}

            async fn lease(self) -> Result<Lease<'c, $database>> {
                Ok(Lease::Borrowed(self))
            }
        }

        impl<'c> Executor<'c> for &'c mut PoolConnection<$database> {
            type Backend = $database;

            fn live(&self) {}

            async fn lease(self) -> Result<Lease<'c, $database>> {
                Ok(Lease::Borrowed(&mut **self))
            }
        }

        impl<'c> Executor<'c> for &'c Tx<$database> {
            type Backend = $database;

            fn live(&self) {}

            async fn lease(self) -> Result<Lease<'c, $database>> {
                self.session().lease().await.map(Lease::Shared)
            }
        }
    };
}

#[cfg(feature = "postgres")]
mod postgres {
    use crate::pool::postgres::why;

    // It is rarely asked, and takes more room than all else that is waited for here.
    driver!(Postgres, PgPool, PgConnection, |pool, error| Box::pin(why(
        pool, error
    ))
    .await);
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use crate::pool::sqlite::why;

    driver!(Sqlite, SqlitePool, SqliteConnection, |pool, error| why(
        pool, error
    ));
}
