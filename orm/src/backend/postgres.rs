//! PostgreSQL through sqlx.

use std::future::{Future, ready};
use std::sync::Arc;

use futures_util::TryFutureExt;
use futures_util::future::Either;
use sqlx::postgres::{PgArguments, PgQueryResult, PgRow};
use sqlx::{Arguments, Decode, Encode, Executor, Postgres, Row, Type, TypeInfo};

mod value;

use super::{Backend, Connection, Lease, Session, query, script, sealed::Sealed};
use crate::dialect::{self, Dialect};
use crate::value::{Complaint, Read, Supply};

impl Sealed for Postgres {}

impl Backend for Postgres {
    type Live = ();
    type Arguments = PgArguments;
    type Row = PgRow;
    type Connection<'c> = Lease<'c, Self>;
    type Session = Session<Self>;

    fn arguments((): ()) -> PgArguments {
        PgArguments::default()
    }

    fn number(to: &mut PgArguments, value: i64) -> Result<(), Complaint> {
        to.add(value)
    }

    fn width(row: &PgRow) -> usize {
        row.len()
    }

    fn count(row: &PgRow, at: usize) -> sqlx::Result<i64> {
        row.try_get(at)
    }

    fn flag(row: &PgRow, at: usize) -> sqlx::Result<bool> {
        row.try_get(at)
    }

    fn dialect((): ()) -> &'static dyn Dialect {
        dialect::Postgres::any()
    }
}

impl Connection for Lease<'_, Postgres> {
    type Backend = Postgres;

    fn dialect(&self) -> &'static dyn Dialect {
        dialect::Postgres::of(self.server_version_num())
    }

    fn begin(&mut self) -> impl Future<Output = sqlx::Result<Lease<'_, Postgres>>> + Send {
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
        arguments: PgArguments,
    ) -> impl Future<Output = sqlx::Result<u64>> + Send {
        (&mut **self)
            .execute(query(sql, arguments))
            .map_ok(|done: PgQueryResult| done.rows_affected())
    }

    fn fetch_optional(
        &mut self,
        sql: Arc<str>,
        arguments: PgArguments,
    ) -> impl Future<Output = sqlx::Result<Option<PgRow>>> + Send {
        (&mut **self).fetch_optional(query(sql, arguments))
    }

    fn fetch_all(
        &mut self,
        sql: Arc<str>,
        arguments: PgArguments,
    ) -> impl Future<Output = sqlx::Result<Vec<PgRow>>> + Send {
        (&mut **self).fetch_all(query(sql, arguments))
    }
}

#[diagnostic::do_not_recommend]
impl<'q, T> Supply<Postgres> for T
where
    T: Encode<'q, Postgres> + Type<Postgres>,
{
    fn supply(&self, to: &mut PgArguments) -> Result<(), Complaint> {
        to.add(self)
    }

    fn type_name((): ()) -> String {
        T::type_info().name().to_owned()
    }
}

#[diagnostic::do_not_recommend]
impl<T> Read<Postgres> for T
where
    T: for<'r> Decode<'r, Postgres> + Type<Postgres>,
{
    fn read(row: &PgRow, at: usize) -> sqlx::Result<T> {
        row.try_get(at)
    }
}
