//! SQLite through sqlx.

use std::future::{Future, ready};
use std::sync::Arc;

use futures_util::TryFutureExt;
use futures_util::future::Either;
use sqlx::sqlite::{SqliteArguments, SqliteQueryResult, SqliteRow};
use sqlx::{Arguments, Decode, Encode, Executor, Row, Sqlite, Type, TypeInfo};

mod value;

use super::{Backend, Connection, Lease, Session, query, script, sealed::Sealed};
use crate::dialect::{self, Dialect};
use crate::value::{Complaint, Read, Supply};

impl Sealed for Sqlite {}

impl Backend for Sqlite {
    type Live = ();
    type Arguments = SqliteArguments;
    type Row = SqliteRow;
    type Connection<'c> = Lease<'c, Self>;
    type Session = Session<Self>;

    fn arguments((): ()) -> SqliteArguments {
        SqliteArguments::default()
    }

    fn number(to: &mut SqliteArguments, value: i64) -> Result<(), Complaint> {
        to.add(value)
    }

    fn width(row: &SqliteRow) -> usize {
        row.len()
    }

    fn count(row: &SqliteRow, at: usize) -> sqlx::Result<i64> {
        row.try_get(at)
    }

    fn flag(row: &SqliteRow, at: usize) -> sqlx::Result<bool> {
        row.try_get(at)
    }

    fn dialect((): ()) -> &'static dyn Dialect {
        &dialect::Sqlite
    }
}

impl Connection for Lease<'_, Sqlite> {
    type Backend = Sqlite;

    fn dialect(&self) -> &'static dyn Dialect {
        &dialect::Sqlite
    }

    fn begin(&mut self) -> impl Future<Output = sqlx::Result<Lease<'_, Sqlite>>> + Send {
        sqlx::Connection::begin(&mut **self).map_ok(Lease::Nested)
    }

    fn commit(self) -> impl Future<Output = sqlx::Result<()>> + Send {
        match self {
            Self::Nested(transaction) => Either::Left(transaction.commit()),
            Self::Pooled(_) | Self::Borrowed(_) | Self::Shared(..) => Either::Right(ready(Ok(()))),
        }
    }

    fn note_conflict(&self) {
        if let Self::Shared(_, session) = self {
            session.note_conflict();
        }
    }

    fn run_script(&mut self, sql: String) -> impl Future<Output = sqlx::Result<()>> + Send {
        script(sql).execute(&mut **self).map_ok(drop)
    }

    fn execute(
        &mut self,
        sql: Arc<str>,
        arguments: SqliteArguments,
    ) -> impl Future<Output = sqlx::Result<u64>> + Send {
        (&mut **self)
            .execute(query(sql, arguments))
            .map_ok(|done: SqliteQueryResult| done.rows_affected())
    }

    fn fetch_optional(
        &mut self,
        sql: Arc<str>,
        arguments: SqliteArguments,
    ) -> impl Future<Output = sqlx::Result<Option<SqliteRow>>> + Send {
        (&mut **self).fetch_optional(query(sql, arguments))
    }

    fn fetch_all(
        &mut self,
        sql: Arc<str>,
        arguments: SqliteArguments,
    ) -> impl Future<Output = sqlx::Result<Vec<SqliteRow>>> + Send {
        (&mut **self).fetch_all(query(sql, arguments))
    }
}

#[diagnostic::do_not_recommend]
impl<'q, T> Supply<Sqlite> for T
where
    T: Encode<'q, Sqlite> + Type<Sqlite>,
{
    fn supply(&self, to: &mut SqliteArguments) -> Result<(), Complaint> {
        to.add(self)
    }

    fn type_name((): ()) -> String {
        T::type_info().name().to_owned()
    }
}

#[diagnostic::do_not_recommend]
impl<T> Read<Sqlite> for T
where
    T: for<'r> Decode<'r, Sqlite> + Type<Sqlite>,
{
    fn read(row: &SqliteRow, at: usize) -> sqlx::Result<T> {
        row.try_get(at)
    }
}
