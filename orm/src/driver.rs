//! Where sqlx's databases meet ours: PostgreSQL, SQLite, and the either of the two.

use std::sync::Arc;

#[cfg(any(feature = "postgres", feature = "sqlite"))]
use crate::backend::Backend;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
use crate::error::{Complaint, Error};
#[cfg(any(feature = "postgres", feature = "sqlite"))]
use crate::value::unread;

#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod caught;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod database;
mod either;
mod kinds;
mod lease;
#[cfg(feature = "postgres")]
mod postgres;
mod scope;
mod session;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod values;

pub(crate) use either::DbPool;
pub use either::{Db, DbConnection, DbSession, Live};
pub use kinds::HoldsValues;
#[cfg(feature = "postgres")]
pub(crate) use lease::is_answered;
pub use lease::{Lease, Pooled};
pub(crate) use scope::Counted;
pub use session::Session;

/// What a value is expected to take at most, in bytes, its length included. It is a guess that most
/// values keep: those of fixed size do, and short texts.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
const BYTES_OF_A_VALUE: usize = 20;

/// The value at this position could not be decoded.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
#[cold]
fn unreadable<DB: Backend>(row: &DB::Row, at: usize, source: Complaint) -> Error {
    let index = at.to_string();
    unread::<DB>(row, at, sqlx::Error::ColumnDecode { index, source })
}

/// A statement for sqlx: prepared once a connection and kept.
fn prepared<D: sqlx::Database>(
    sql: Arc<str>,
    arguments: D::Arguments,
) -> sqlx::query::Query<'static, D, D::Arguments>
where
    D::Arguments: sqlx::IntoArguments<D>,
{
    // Safe because all text is made by `render`: identifiers are quoted there, values are bound,
    // and the fragments of SQL in a declaration are the declarer's own.
    sqlx::query_with(sqlx::AssertSqlSafe(sql), arguments)
}

/// Several statements for sqlx, not prepared.
fn script(sql: String) -> sqlx::RawSql {
    // Safe for the same reason.
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
}
