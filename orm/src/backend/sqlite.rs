//! SQLite through sqlx.

use sqlx::Sqlite;
use sqlx::sqlite::{SqliteArguments, SqliteRow};

use super::driver::driver;
use crate::dialect;

mod scope;
mod value;

driver!(
    Sqlite, SqliteArguments, SqliteRow,
    any: &dialect::Sqlite,
    of: |_connection| &dialect::Sqlite,
    errors_end_transactions: false,
    is_remote: false,
    gathered: super::gathered::OneByOne,
    gather: |_value, to| match *to {},
    copy: |_connection, _sql, _next| ready(Err(sqlx::Error::Protocol(
        "SQLite has no COPY".to_owned(),
    ))),
    look_after: |lease| scope::look_after(lease),
    has_ended: |connection| scope::stand_in(connection, false),
);
