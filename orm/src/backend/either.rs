//! [`Db`]: PostgreSQL or SQLite, as a URL said at run time.

use std::sync::Arc;

use super::{Backend, Connection, Gathered, Health, Layout, sealed::Sealed};
use crate::dialect::Dialect;
use crate::value::{Complaint, Read, Supply};

#[cfg(feature = "postgres")]
use sqlx::Postgres;
#[cfg(feature = "sqlite")]
use sqlx::Sqlite;

/// A pool of connections to PostgreSQL or to SQLite, whichever the URL named.
///
/// Made by [`connect`](crate::connect), or [from](From) a pool of sqlx. Cloning gives another handle
/// to the same pool.
#[derive(Debug, Clone)]
pub struct Db {
    pub(crate) pool: DbPool,
}

macro_rules! either {
    ($(#[$doc:meta])* $visibility:vis $name:ident<$($lifetime:lifetime)?>($postgres:ty, $sqlite:ty) derive($($derive:ident),*)) => {
        $(#[$doc])*
        #[derive($($derive),*)]
        $visibility enum $name $(<$lifetime>)? {
            /// PostgreSQL's.
            #[cfg(feature = "postgres")]
            Postgres($postgres),
            /// SQLite's.
            #[cfg(feature = "sqlite")]
            Sqlite($sqlite),
        }
    };
}

either!(pub(crate) DbPool<>(sqlx::PgPool, sqlx::SqlitePool) derive(Debug, Clone));

either! {
    /// Which of the databases is at the other end.
    #[doc(hidden)]
    pub Live<>((), ()) derive(Debug, Clone, Copy)
}

either! {
    /// Values encoded for the database at the other end.
    #[doc(hidden)]
    pub DbArguments<>(sqlx::postgres::PgArguments, sqlx::sqlite::SqliteArguments) derive(Debug, Clone)
}

either! {
    /// A row from the database at the other end.
    #[doc(hidden)]
    pub DbRow<>(sqlx::postgres::PgRow, sqlx::sqlite::SqliteRow) derive(Debug)
}

either! {
    /// A connection to the database at the other end.
    #[doc(hidden)]
    pub DbConnection<'c>(super::Lease<'c, Postgres>, super::Lease<'c, Sqlite>) derive(Debug)
}

either! {
    /// A transaction that several handles share.
    #[doc(hidden)]
    pub DbSession<>(super::Session<Postgres>, super::Session<Sqlite>) derive(Debug)
}

either! {
    /// The values of many records, encoded for the database at the other end.
    #[doc(hidden)]
    pub DbGathered<>(
        <Postgres as Backend>::Gathered,
        <Sqlite as Backend>::Gathered
    ) derive(Debug)
}

impl Sealed for Db {}

impl Backend for Db {
    type Live = Live;
    type Arguments = DbArguments;
    type Row = DbRow;
    type Connection<'c> = DbConnection<'c>;
    type Session = DbSession;
    type Gathered = DbGathered;

    fn arguments(live: Live) -> DbArguments {
        match live {
            #[cfg(feature = "postgres")]
            Live::Postgres(()) => DbArguments::Postgres(Postgres::arguments(())),
            #[cfg(feature = "sqlite")]
            Live::Sqlite(()) => DbArguments::Sqlite(Sqlite::arguments(())),
        }
    }

    fn number(to: &mut DbArguments, value: i64) -> Result<(), Complaint> {
        match to {
            #[cfg(feature = "postgres")]
            DbArguments::Postgres(to) => Postgres::number(to, value),
            #[cfg(feature = "sqlite")]
            DbArguments::Sqlite(to) => Sqlite::number(to, value),
        }
    }

    fn width(row: &DbRow) -> usize {
        match row {
            #[cfg(feature = "postgres")]
            DbRow::Postgres(row) => Postgres::width(row),
            #[cfg(feature = "sqlite")]
            DbRow::Sqlite(row) => Sqlite::width(row),
        }
    }

    fn name(row: &DbRow, at: usize) -> String {
        match row {
            #[cfg(feature = "postgres")]
            DbRow::Postgres(row) => Postgres::name(row, at),
            #[cfg(feature = "sqlite")]
            DbRow::Sqlite(row) => Sqlite::name(row, at),
        }
    }

    fn count(row: &DbRow, at: usize) -> sqlx::Result<i64> {
        match row {
            #[cfg(feature = "postgres")]
            DbRow::Postgres(row) => Postgres::count(row, at),
            #[cfg(feature = "sqlite")]
            DbRow::Sqlite(row) => Sqlite::count(row, at),
        }
    }

    fn flag(row: &DbRow, at: usize) -> sqlx::Result<bool> {
        match row {
            #[cfg(feature = "postgres")]
            DbRow::Postgres(row) => Postgres::flag(row, at),
            #[cfg(feature = "sqlite")]
            DbRow::Sqlite(row) => Sqlite::flag(row, at),
        }
    }

    fn dialect(live: Live) -> &'static dyn Dialect {
        match live {
            #[cfg(feature = "postgres")]
            Live::Postgres(()) => Postgres::dialect(()),
            #[cfg(feature = "sqlite")]
            Live::Sqlite(()) => Sqlite::dialect(()),
        }
    }
}

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

    async fn execute(&mut self, sql: Arc<str>, arguments: DbArguments) -> sqlx::Result<u64> {
        match (self, arguments) {
            #[cfg(feature = "postgres")]
            (Self::Postgres(connection), DbArguments::Postgres(arguments)) => {
                connection.execute(sql, arguments).await
            }
            #[cfg(feature = "sqlite")]
            (Self::Sqlite(connection), DbArguments::Sqlite(arguments)) => {
                connection.execute(sql, arguments).await
            }
            #[cfg(all(feature = "postgres", feature = "sqlite"))]
            _ => Err(mixed()),
        }
    }

    async fn fetch_optional(
        &mut self,
        sql: Arc<str>,
        arguments: DbArguments,
    ) -> sqlx::Result<Option<DbRow>> {
        match (self, arguments) {
            #[cfg(feature = "postgres")]
            (Self::Postgres(connection), DbArguments::Postgres(arguments)) => connection
                .fetch_optional(sql, arguments)
                .await
                .map(|row| row.map(DbRow::Postgres)),
            #[cfg(feature = "sqlite")]
            (Self::Sqlite(connection), DbArguments::Sqlite(arguments)) => connection
                .fetch_optional(sql, arguments)
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

    async fn copy(&mut self, sql: Arc<str>, rows: Vec<u8>) -> sqlx::Result<()> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => connection.copy(sql, rows).await,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(connection) => connection.copy(sql, rows).await,
        }
    }
}

impl Gathered for DbGathered {
    type Backend = Db;

    fn new(live: Live, layout: Layout) -> Option<Self> {
        match live {
            #[cfg(feature = "postgres")]
            Live::Postgres(()) => Gathered::new((), layout).map(Self::Postgres),
            #[cfg(feature = "sqlite")]
            Live::Sqlite(()) => Gathered::new((), layout).map(Self::Sqlite),
        }
    }

    fn begin_row(&mut self, columns: usize) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(gathered) => gathered.begin_row(columns),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(gathered) => gathered.begin_row(columns),
        }
    }

    fn number(&mut self, value: i64) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(gathered) => gathered.number(value),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(gathered) => gathered.number(value),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(gathered) => gathered.bytes(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(gathered) => gathered.bytes(),
        }
    }

    fn is_self_contained(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(gathered) => gathered.is_self_contained(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(gathered) => gathered.is_self_contained(),
        }
    }

    fn bind(self, to: &mut DbArguments) -> Result<(), Complaint> {
        match (self, to) {
            #[cfg(feature = "postgres")]
            (Self::Postgres(gathered), DbArguments::Postgres(to)) => gathered.bind(to),
            #[cfg(feature = "sqlite")]
            (Self::Sqlite(gathered), DbArguments::Sqlite(to)) => gathered.bind(to),
            #[cfg(all(feature = "postgres", feature = "sqlite"))]
            _ => Err(Box::new(mixed())),
        }
    }

    fn into_rows(self) -> Vec<u8> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(gathered) => gathered.into_rows(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(gathered) => gathered.into_rows(),
        }
    }
}

/// Arguments are made for the connection they are sent on; this cannot be reached from outside.
#[cfg(all(feature = "postgres", feature = "sqlite"))]
fn mixed() -> sqlx::Error {
    sqlx::Error::Protocol("arguments of one database on a connection to the other".to_owned())
}

#[diagnostic::do_not_recommend]
impl<T> Supply<Db> for T
where
    T: KnownToPostgres + KnownToSqlite,
{
    fn supply(&self, to: &mut DbArguments) -> Result<(), Complaint> {
        match to {
            #[cfg(feature = "postgres")]
            DbArguments::Postgres(to) => Supply::<Postgres>::supply(self, to),
            #[cfg(feature = "sqlite")]
            DbArguments::Sqlite(to) => Supply::<Sqlite>::supply(self, to),
        }
    }

    fn gather(&self, to: &mut DbGathered) -> Result<(), Complaint> {
        match to {
            #[cfg(feature = "postgres")]
            DbGathered::Postgres(to) => Supply::<Postgres>::gather(self, to),
            #[cfg(feature = "sqlite")]
            DbGathered::Sqlite(to) => Supply::<Sqlite>::gather(self, to),
        }
    }

    fn type_name(live: Live) -> String {
        match live {
            #[cfg(feature = "postgres")]
            Live::Postgres(()) => <T as Supply<Postgres>>::type_name(()),
            #[cfg(feature = "sqlite")]
            Live::Sqlite(()) => <T as Supply<Sqlite>>::type_name(()),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T> Read<Db> for T
where
    T: ReadByPostgres + ReadBySqlite,
{
    fn read(row: &DbRow, at: usize) -> sqlx::Result<T> {
        match row {
            #[cfg(feature = "postgres")]
            DbRow::Postgres(row) => <T as Read<Postgres>>::read(row, at),
            #[cfg(feature = "sqlite")]
            DbRow::Sqlite(row) => <T as Read<Sqlite>>::read(row, at),
        }
    }
}

/// What `Db` asks of a type for one of its databases; for one that is switched off, nothing.
macro_rules! asked_for {
    ($feature:literal, $backend:ty, $supply:ident, $read:ident) => {
        #[cfg(feature = $feature)]
        pub trait $supply: Supply<$backend> {}
        #[cfg(feature = $feature)]
        impl<T: Supply<$backend>> $supply for T {}
        #[cfg(feature = $feature)]
        pub trait $read: Read<$backend> {}
        #[cfg(feature = $feature)]
        impl<T: Read<$backend>> $read for T {}

        #[cfg(not(feature = $feature))]
        pub trait $supply {}
        #[cfg(not(feature = $feature))]
        impl<T> $supply for T {}
        #[cfg(not(feature = $feature))]
        pub trait $read: Sized {}
        #[cfg(not(feature = $feature))]
        impl<T> $read for T {}
    };
}

asked_for!("postgres", Postgres, KnownToPostgres, ReadByPostgres);
asked_for!("sqlite", Sqlite, KnownToSqlite, ReadBySqlite);
