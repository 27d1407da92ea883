//! PostgreSQL through sqlx.

use sqlx::Postgres;
use sqlx::postgres::{PgArguments, PgRow};

use super::driver::driver;
use crate::dialect;

mod value;

driver!(
    Postgres, PgArguments, PgRow,
    any: dialect::Postgres::any(),
    of: |connection| dialect::Postgres::of(connection.server_version_num()),
    errors_end_transactions: true,
);
