//! sqlx as one writes it by hand; many in arrays on PostgreSQL, one by one in a transaction on SQLite.

use std::hint::black_box;

use serde_json::Value;
use sqlx::{Connection as _, PgConnection};

use super::Load;
use crate::measure::{Work, work};
use crate::peers::at;
use crate::peers::ours::sqlite;

type Row = (i64, String, i64, Value);

macro_rules! upsert {
    ($from:literal) => {
        concat!(
            "INSERT INTO documents (name, version, body) ",
            $from,
            " ON CONFLICT (name) DO UPDATE SET version = excluded.version, body = excluded.body"
        )
    };
}

const ONE: &str = concat!(
    upsert!("VALUES ($1, $2, $3)"),
    " RETURNING id, name, version, body"
);

macro_rules! one {
    ($name:ident, |$url:ident| $open:expr) => {
        /// One at a time.
        pub async fn $name(($url, records): Load) -> Box<dyn Work> {
            let mut db = $open;
            work(async move |key| {
                let record = at(&records, key);
                let query = sqlx::query_as::<_, Row>(ONE)
                    .bind(&record.name)
                    .bind(record.version)
                    .bind(&record.body);
                black_box(query.fetch_one(&mut db).await.expect("an upsert"));
            })
        }
    };
}

one!(one_on_postgres, |url| {
    PgConnection::connect(&url).await.expect("a connection")
});
one!(one_on_sqlite, |url| sqlite(&url).await);

/// All at once, in the order of the key, like ours.
pub async fn many_on_postgres((url, records): Load) -> Box<dyn Work> {
    const MANY: &str = upsert!(
        "SELECT * FROM (SELECT unnest($1::text[]) AS name, unnest($2::int8[]) AS version, unnest($3::jsonb[]) AS body) AS incoming ORDER BY name"
    );
    let mut db = PgConnection::connect(&url).await.expect("a connection");
    work(async move |_| {
        let names: Vec<&str> = records.iter().map(|record| &*record.name).collect();
        let versions: Vec<i64> = records.iter().map(|record| record.version).collect();
        let bodies: Vec<&Value> = records.iter().map(|record| &record.body).collect();
        let query = sqlx::query(MANY).bind(names).bind(versions).bind(bodies);
        query.execute(&mut db).await.expect("an upsert");
    })
}

/// All in a transaction.
pub async fn many_on_sqlite((url, records): Load) -> Box<dyn Work> {
    let mut db = sqlite(&url).await;
    work(async move |_| {
        let mut within = db.begin().await.expect("a transaction");
        for record in &*records {
            let query = sqlx::query(upsert!("VALUES ($1, $2, $3)"))
                .bind(&record.name)
                .bind(record.version)
                .bind(&record.body);
            query.execute(&mut *within).await.expect("an upsert");
        }
        within.commit().await.expect("a commit");
    })
}
