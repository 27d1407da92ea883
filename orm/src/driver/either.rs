//! [`Db`]: PostgreSQL or SQLite, as a URL said at run time.

use crate::backend::{Backend, sealed::Sealed};
use crate::dialect::Dialect;
use crate::error::Complaint;
use crate::value::{Read, Supply, Types};

#[cfg(feature = "postgres")]
use sqlx::Postgres;
#[cfg(feature = "sqlite")]
use sqlx::Sqlite;

mod connection;
mod gathered;

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
    pub DbArguments<>(
        <Postgres as Backend>::Arguments,
        <Sqlite as Backend>::Arguments
    ) derive(Debug, Clone)
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

impl DbSession {
    /// What has become of it.
    pub(crate) fn health(&self) -> crate::backend::Health {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(session) => session.health(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(session) => session.health(),
        }
    }

    /// Says that it was dropped before its end.
    pub(crate) fn abandon(&self) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(session) => session.set_midway(true),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(session) => session.set_midway(true),
        }
    }
}

impl Sealed for Db {}

impl Backend for Db {
    type Live = Live;
    type Arguments = DbArguments;
    type Row = DbRow;
    type Connection<'c> = DbConnection<'c>;
    type Session = DbSession;
    type Gathered = DbGathered;

    fn with_arrays() -> Option<Live> {
        #[cfg(feature = "postgres")]
        return Postgres::with_arrays().map(Live::Postgres);
        #[cfg(not(feature = "postgres"))]
        return None;
    }

    fn arguments(live: Live) -> DbArguments {
        match live {
            #[cfg(feature = "postgres")]
            Live::Postgres(()) => DbArguments::Postgres(Postgres::arguments(())),
            #[cfg(feature = "sqlite")]
            Live::Sqlite(()) => DbArguments::Sqlite(Sqlite::arguments(())),
        }
    }

    fn reserve(to: &mut DbArguments, values: usize) {
        match to {
            #[cfg(feature = "postgres")]
            DbArguments::Postgres(to) => Postgres::reserve(to, values),
            #[cfg(feature = "sqlite")]
            DbArguments::Sqlite(to) => Sqlite::reserve(to, values),
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

    fn column(row: &DbRow, at: usize) -> Option<&str> {
        match row {
            #[cfg(feature = "postgres")]
            DbRow::Postgres(row) => Postgres::column(row, at),
            #[cfg(feature = "sqlite")]
            DbRow::Sqlite(row) => Sqlite::column(row, at),
        }
    }

    fn place(row: &DbRow, name: &str) -> Option<usize> {
        match row {
            #[cfg(feature = "postgres")]
            DbRow::Postgres(row) => Postgres::place(row, name),
            #[cfg(feature = "sqlite")]
            DbRow::Sqlite(row) => Sqlite::place(row, name),
        }
    }

    fn is_null(row: &DbRow, at: usize) -> sqlx::Result<bool> {
        match row {
            #[cfg(feature = "postgres")]
            DbRow::Postgres(row) => Postgres::is_null(row, at),
            #[cfg(feature = "sqlite")]
            DbRow::Sqlite(row) => Sqlite::is_null(row, at),
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

    fn text(row: &DbRow, at: usize) -> sqlx::Result<Option<String>> {
        match row {
            #[cfg(feature = "postgres")]
            DbRow::Postgres(row) => Postgres::text(row, at),
            #[cfg(feature = "sqlite")]
            DbRow::Sqlite(row) => Sqlite::text(row, at),
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

    #[inline]
    fn is_open(live: Live) -> bool {
        match live {
            #[cfg(feature = "postgres")]
            Live::Postgres(()) => <T as Supply<Postgres>>::is_open(()),
            #[cfg(feature = "sqlite")]
            Live::Sqlite(()) => <T as Supply<Sqlite>>::is_open(()),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T> Read<Db> for T
where
    T: ReadByPostgres + ReadBySqlite,
{
    fn read(row: &DbRow, at: usize, types: &mut Types) -> crate::error::Result<T> {
        match row {
            #[cfg(feature = "postgres")]
            DbRow::Postgres(row) => <T as Read<Postgres>>::read(row, at, types),
            #[cfg(feature = "sqlite")]
            DbRow::Sqlite(row) => <T as Read<Sqlite>>::read(row, at, types),
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
