//! What is measured: the statements of everyday code, on one held connection.

use orm::prelude::*;
use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::measure::{Comparison, compare};

/// The table of all workloads.
#[derive(Table, Debug)]
#[table(insert = NewReading)]
pub struct Reading {
    /// Assigned by the database.
    #[column(primary_key, auto)]
    pub id: i64,
    /// The key that the feed knows.
    #[column(unique)]
    pub sensor: String,
    /// Measured.
    pub value: f64,
    /// Measured, or not.
    pub humidity: Option<f64>,
    /// How new it is.
    pub version: i64,
}

fn record(key: i64) -> NewReading {
    // A thousand sensors: most calls meet a row that is there already.
    NewReading {
        sensor: format!("sensor {}", key % 1000),
        value: 21.5,
        humidity: None,
        version: key,
    }
}

macro_rules! workloads {
    ($name:ident, $connection:ident, $upsert:literal, $find:literal) => {
        /// All workloads, each side on its own database.
        pub async fn $name(by_hand: &str, ours: &str) -> Vec<Comparison> {
            let mut by_hand = $connection::connect(by_hand).await.expect("a connection");
            let mut ours = $connection::connect(ours).await.expect("a connection");
            for connection in [&mut by_hand, &mut ours] {
                orm::create_tables!(connection, Reading)
                    .await
                    .expect("the table");
            }
            let upsert = compare(
                "upsert, row back",
                async |key| {
                    let record = record(key);
                    let row: Reading = sqlx::query_as($upsert)
                        .bind(&record.sensor)
                        .bind(record.value)
                        .bind(record.humidity)
                        .bind(record.version)
                        .fetch_one(&mut by_hand)
                        .await
                        .expect("an upsert");
                    std::hint::black_box(row);
                },
                async |key| {
                    let row = record(key)
                        .upsert_on(Reading::SENSOR)
                        .fetch_one(&mut ours)
                        .await;
                    std::hint::black_box(row.expect("an upsert"));
                },
            )
            .await;
            let find = compare(
                "find by key",
                async |key| {
                    let sensor = format!("sensor {}", key % 1000);
                    let row: Option<Reading> = sqlx::query_as($find)
                        .bind(&sensor)
                        .fetch_optional(&mut by_hand)
                        .await
                        .expect("a look-up");
                    std::hint::black_box(row);
                },
                async |key| {
                    let sensor = format!("sensor {}", key % 1000);
                    let row = Reading::find(Reading::SENSOR, &sensor)
                        .fetch_optional(&mut ours)
                        .await;
                    std::hint::black_box(row.expect("a look-up"));
                },
            )
            .await;
            vec![upsert, find]
        }
    };
}

workloads!(
    on_sqlite,
    SqliteConnection,
    r#"INSERT INTO "readings" ("sensor", "value", "humidity", "version") VALUES (?1, ?2, ?3, ?4) ON CONFLICT ("sensor") DO UPDATE SET "value" = excluded."value", "humidity" = excluded."humidity", "version" = excluded."version" RETURNING "id", "sensor", "value", "humidity", "version""#,
    r#"SELECT "id", "sensor", "value", "humidity", "version" FROM "readings" WHERE "sensor" = ?1"#
);

workloads!(
    on_postgres,
    PgConnection,
    r#"INSERT INTO "readings" ("sensor", "value", "humidity", "version") VALUES ($1, $2, $3, $4) ON CONFLICT ("sensor") DO UPDATE SET "value" = excluded."value", "humidity" = excluded."humidity", "version" = excluded."version" RETURNING "id", "sensor", "value", "humidity", "version""#,
    r#"SELECT "id", "sensor", "value", "humidity", "version" FROM "readings" WHERE "sensor" = $1"#
);
