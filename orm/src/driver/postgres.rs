//! PostgreSQL through sqlx.

use sqlx::postgres::PgRow;
use sqlx::postgres::types::Oid;
use sqlx::{ConnectOptions as _, PgPool, Postgres};

use super::database::database;
use super::prepared;
use super::values::values;
use crate::dialect;

mod arguments;
mod gathered;
mod moments;
mod scope;
mod texts;
mod value;

pub use arguments::TypedArguments;

database!(
    Postgres, TypedArguments, PgRow,
    any: dialect::Postgres::any(),
    of: |connection| dialect::Postgres::of(connection.server_version_num()),
    errors_end_transactions: true,
    is_remote: true,
    query: |sql, arguments| {
        let sql = texts::typed(sql, arguments.types());
        prepared(sql, arguments.into_values())
    },
    keeps_statements: |connection, pool| {
        sqlx::Connection::cached_statements_size(connection) > 0 || has_room(pool)
    },
    gathered: gathered::Encoded,
    copy: |connection, sql, next| async move {
        let mut copy = connection.copy_in_raw(&sql).await?;
        let mut rows = SIGNATURE.to_vec();
        while next(&mut rows) {
            copy.send(&*rows).await?;
            rows.clear();
        }
        rows.extend_from_slice(&TRAILER);
        copy.send(rows).await?;
        copy.finish().await.map(drop)
    },
    // Here COMMIT rolls back what an error has ended, and whatever comes before it is refused.
    look_after: |lease| scope::look_after(lease),
    has_ended: |_connection| ready(false),
);

/// Whether the connections of a pool have room for prepared statements. Behind a pooler they may have none,
/// and a statement with a name would stay on a server that has others to serve.
fn has_room(pool: &PgPool) -> bool {
    let address = pool.connect_options().to_url_lossy();
    !address
        .query_pairs()
        .any(|(name, value)| name == "statement-cache-capacity" && value == "0")
}

values!(
    Postgres, TypedArguments, PgRow, gathered::Encoded,
    is_remote: true,
    is_open: |kind| kind.oid().is_none_or(|oid| oid == OPEN),
    supply: |value, to| to.add(moments::Held(value)),
    gather: |value, to| to.add(value),
    decode: moments::decode,
    fits_too: |kind, _value| false,
);

/// Leaves it to the server to find a type.
const OPEN: Oid = Oid(0);

/// What rows are sent between: <https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-BINARY-FORMAT>.
const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const TRAILER: [u8; 2] = (-1_i16).to_be_bytes();
