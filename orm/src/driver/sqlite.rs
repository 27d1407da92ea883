//! SQLite through sqlx.

use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, Sqlite};

use super::database::database;
use super::prepared;
use super::values::values;
use crate::dialect;

mod affinity;
mod gathered;
mod scope;
mod value;

database!(
    Sqlite, SqliteArguments, SqliteRow,
    any: &dialect::Sqlite,
    of: |_connection| &dialect::Sqlite,
    errors_end_transactions: false,
    is_remote: false,
    query: |sql, arguments| prepared(sql, arguments),
    keeps_statements: |_connection, _pool| true,
    gathered: gathered::OneByOne,
    copy: |_connection, _sql, _next| ready(Err(sqlx::Error::Protocol(
        "SQLite has no COPY".to_owned(),
    ))),
    look_after: |lease| scope::look_after(lease),
    has_ended: |connection| scope::stand_in(connection, false),
);

values!(
    Sqlite, SqliteArguments, SqliteRow, gathered::OneByOne,
    is_remote: false,
    is_open: |_kind| false,
    supply: |value, to| {
        affinity::check(value)?;
        to.add(value)
    },
    gather: |_value, to| match *to {},
    decode: affinity::decode,
    fits_too: |kind, value| affinity::fits::<T>(kind, value),
);
