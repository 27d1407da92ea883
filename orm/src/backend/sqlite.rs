//! SQLite through sqlx.

use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, Sqlite};

use super::driver::driver;
use super::prepared;
use crate::dialect;

mod value;

driver!(
    Sqlite, SqliteArguments, SqliteRow,
    any: &dialect::Sqlite,
    of: |_connection| &dialect::Sqlite,
    errors_end_transactions: false,
    is_remote: false,
    query: |sql, arguments| prepared(sql, arguments),
    is_open: |_kind| false,
    gathered: super::gathered::OneByOne,
    gather: |_value, to| match *to {},
    copy: |_connection, _sql, _next| ready(Err(sqlx::Error::Protocol(
        "SQLite has no COPY".to_owned(),
    ))),
);
