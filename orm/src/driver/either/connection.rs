//! A connection to PostgreSQL or to SQLite.

#[cfg(all(feature = "postgres", feature = "sqlite"))]
use std::future::ready;
use std::sync::Arc;

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;
use futures_util::TryStreamExt;

use super::{Db, DbArguments, DbConnection, DbRow};
use crate::backend::{Connection, Health};
use crate::dialect::Dialect;

impl Connection for DbConnection<'_> {
    type Backend = Db;

    fn dialect(&self) -> &'static dyn Dialect {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.dialect(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.dialect(),
        }
    }

    async fn begin(&mut self) -> sqlx::Result<DbConnection<'_>> {
        Ok(match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => DbConnection::Postgres(connection.begin().await?),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => DbConnection::Sqlite(connection.begin().await?),
        })
    }

    async fn commit(self) -> sqlx::Result<()> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.commit().await,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.commit().await,
        }
    }

    fn note(&self, health: Health) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.note(health),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.note(health),
        }
    }

    fn is_own(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.is_own(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.is_own(),
        }
    }

    fn is_outside(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.is_outside(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.is_outside(),
        }
    }

    fn is_whole(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.is_whole(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.is_whole(),
        }
    }

    fn set_streaming(&mut self) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.set_streaming(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.set_streaming(),
        }
    }

    fn look_after(&mut self) -> BoxFuture<'_, ()> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.look_after(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.look_after(),
        }
    }

    fn set_midway(&mut self, is_midway: bool) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.set_midway(is_midway),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.set_midway(is_midway),
        }
    }

    fn set_answered(&mut self) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.set_answered(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.set_answered(),
        }
    }

    fn can_send_again(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.can_send_again(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.can_send_again(),
        }
    }

    fn close(&mut self) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.close(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.close(),
        }
    }

    fn errors_end_transactions(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.errors_end_transactions(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.errors_end_transactions(),
        }
    }

    async fn run_script(&mut self, sql: String) -> sqlx::Result<()> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.run_script(sql).await,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.run_script(sql).await,
        }
    }

    async fn execute_first(&mut self, sql: Arc<str>, arguments: DbArguments) -> sqlx::Result<u64> {
        match (self, arguments) {
            #[cfg(feature = "postgres")]
            (Self::Postgres(connection), DbArguments::Postgres(arguments)) => {
                connection.execute_first(sql, arguments).await
            }
            #[cfg(feature = "sqlite")]
            (Self::Sqlite(connection), DbArguments::Sqlite(arguments)) => {
                connection.execute_first(sql, arguments).await
            }
            #[cfg(all(feature = "postgres", feature = "sqlite"))]
            _ => Err(mixed()),
        }
    }

    fn heal(&mut self, error: &sqlx::Error) -> BoxFuture<'_, ()> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.heal(error),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.heal(error),
        }
    }

    async fn fetch_first(
        &mut self,
        sql: Arc<str>,
        arguments: DbArguments,
    ) -> sqlx::Result<Option<DbRow>> {
        match (self, arguments) {
            #[cfg(feature = "postgres")]
            (Self::Postgres(connection), DbArguments::Postgres(arguments)) => connection
                .fetch_first(sql, arguments)
                .await
                .map(|row| row.map(DbRow::Postgres)),
            #[cfg(feature = "sqlite")]
            (Self::Sqlite(connection), DbArguments::Sqlite(arguments)) => connection
                .fetch_first(sql, arguments)
                .await
                .map(|row| row.map(DbRow::Sqlite)),
            #[cfg(all(feature = "postgres", feature = "sqlite"))]
            _ => Err(mixed()),
        }
    }

    async fn fetch_all(
        &mut self,
        sql: Arc<str>,
        arguments: DbArguments,
    ) -> sqlx::Result<Vec<DbRow>> {
        match (self, arguments) {
            #[cfg(feature = "postgres")]
            (Self::Postgres(connection), DbArguments::Postgres(arguments)) => connection
                .fetch_all(sql, arguments)
                .await
                .map(|rows| rows.into_iter().map(DbRow::Postgres).collect()),
            #[cfg(feature = "sqlite")]
            (Self::Sqlite(connection), DbArguments::Sqlite(arguments)) => connection
                .fetch_all(sql, arguments)
                .await
                .map(|rows| rows.into_iter().map(DbRow::Sqlite).collect()),
            #[cfg(all(feature = "postgres", feature = "sqlite"))]
            _ => Err(mixed()),
        }
    }

    fn fetch(
        &mut self,
        sql: Arc<str>,
        arguments: DbArguments,
    ) -> BoxStream<'_, sqlx::Result<DbRow>> {
        match (self, arguments) {
            #[cfg(feature = "postgres")]
            (Self::Postgres(connection), DbArguments::Postgres(arguments)) => {
                let rows = connection.fetch(sql, arguments);
                Box::pin(rows.map_ok(DbRow::Postgres))
            }
            #[cfg(feature = "sqlite")]
            (Self::Sqlite(connection), DbArguments::Sqlite(arguments)) => {
                let rows = connection.fetch(sql, arguments);
                Box::pin(rows.map_ok(DbRow::Sqlite))
            }
            #[cfg(all(feature = "postgres", feature = "sqlite"))]
            _ => Box::pin(futures_util::stream::once(ready(Err(mixed())))),
        }
    }

    async fn fetch_each(
        &mut self,
        sql: Arc<str>,
        arguments: DbArguments,
        each: &mut (dyn FnMut(DbRow) + Send),
    ) -> sqlx::Result<()> {
        match (self, arguments) {
            #[cfg(feature = "postgres")]
            (Self::Postgres(connection), DbArguments::Postgres(arguments)) => {
                let mut each = |row| each(DbRow::Postgres(row));
                connection.fetch_each(sql, arguments, &mut each).await
            }
            #[cfg(feature = "sqlite")]
            (Self::Sqlite(connection), DbArguments::Sqlite(arguments)) => {
                let mut each = |row| each(DbRow::Sqlite(row));
                connection.fetch_each(sql, arguments, &mut each).await
            }
            #[cfg(all(feature = "postgres", feature = "sqlite"))]
            _ => Err(mixed()),
        }
    }

    async fn copy(
        &mut self,
        sql: Arc<str>,
        next: &mut (dyn FnMut(&mut Vec<u8>) -> bool + Send),
    ) -> sqlx::Result<()> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.copy(sql, next).await,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.copy(sql, next).await,
        }
    }
}

/// Arguments are made for the connection they are sent on; this cannot be reached from outside.
#[cfg(all(feature = "postgres", feature = "sqlite"))]
pub(super) fn mixed() -> sqlx::Error {
    sqlx::Error::Protocol("arguments of one database on a connection to the other".to_owned())
}
