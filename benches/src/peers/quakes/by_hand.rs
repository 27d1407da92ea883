//! sqlx as one writes it by hand: in arrays on PostgreSQL, one by one in a transaction on SQLite. An event
//! that comes twice in a delivery would fail here; ours takes the newest.

use sqlx::{Connection as _, PgConnection};

use super::Load;
use crate::measure::{Work, work};
use crate::peers::ours::sqlite;

macro_rules! upsert {
    ($from:literal) => {
        concat!(
            "INSERT INTO quakes (event, magnitude, place, status, happened, updated) ",
            $from,
            " ON CONFLICT (event) DO UPDATE SET magnitude = excluded.magnitude, place = excluded.place, status = excluded.status, happened = excluded.happened, updated = excluded.updated WHERE excluded.updated > quakes.updated"
        )
    };
}

/// The whole feed, in the order of the key, like ours.
pub async fn on_postgres((url, records): Load) -> Box<dyn Work> {
    const TEXT: &str = upsert!(
        "SELECT * FROM (SELECT unnest($1::text[]) AS event, unnest($2::float8[]) AS magnitude, unnest($3::text[]) AS place, unnest($4::text[]) AS status, unnest($5::int8[]) AS happened, unnest($6::int8[]) AS updated) AS incoming ORDER BY event"
    );
    let mut db = PgConnection::connect(&url).await.expect("a connection");
    work(async move |_| {
        let of = &*records;
        let events: Vec<&str> = of.iter().map(|record| &*record.event).collect();
        let magnitudes: Vec<Option<f64>> = of.iter().map(|record| record.magnitude).collect();
        let places: Vec<&str> = of.iter().map(|record| &*record.place).collect();
        let statuses: Vec<&str> = of.iter().map(|record| &*record.status).collect();
        let happened: Vec<i64> = of.iter().map(|record| record.happened).collect();
        let updated: Vec<i64> = of.iter().map(|record| record.updated).collect();
        let written = sqlx::query(TEXT)
            .bind(events)
            .bind(magnitudes)
            .bind(places)
            .bind(statuses)
            .bind(happened)
            .bind(updated)
            .execute(&mut db)
            .await;
        written.expect("an upsert");
    })
}

/// The whole feed.
pub async fn on_sqlite((url, records): Load) -> Box<dyn Work> {
    let mut db = sqlite(&url).await;
    work(async move |_| {
        let mut within = db.begin().await.expect("a transaction");
        for record in &*records {
            let written = sqlx::query(upsert!("VALUES ($1, $2, $3, $4, $5, $6)"))
                .bind(&record.event)
                .bind(record.magnitude)
                .bind(&record.place)
                .bind(&record.status)
                .bind(record.happened)
                .bind(record.updated)
                .execute(&mut *within)
                .await;
            written.expect("an upsert");
        }
        within.commit().await.expect("a commit");
    })
}
