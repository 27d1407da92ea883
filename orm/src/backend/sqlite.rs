//! SQLite through sqlx.

use sqlx::Sqlite;
use sqlx::sqlite::{SqliteArguments, SqliteRow};

use super::driver::driver;
use crate::dialect;

mod value;

driver!(
    Sqlite, SqliteArguments, SqliteRow,
    any: &dialect::Sqlite,
    of: |_connection| &dialect::Sqlite,
    errors_end_transactions: false,
);
