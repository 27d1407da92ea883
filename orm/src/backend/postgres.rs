//! PostgreSQL through sqlx.

use sqlx::Postgres;
use sqlx::postgres::{PgArguments, PgRow};

use super::driver::driver;
use crate::dialect;

mod gathered;
mod value;

driver!(
    Postgres, PgArguments, PgRow,
    any: dialect::Postgres::any(),
    of: |connection| dialect::Postgres::of(connection.server_version_num()),
    errors_end_transactions: true,
    is_remote: true,
    gathered: gathered::Encoded,
    gather: |value, to| to.add(value),
    copy: |connection, sql, rows| async move {
        let mut copy = connection.copy_in_raw(&sql).await?;
        copy.send(rows).await?;
        copy.finish().await.map(drop)
    },
);
