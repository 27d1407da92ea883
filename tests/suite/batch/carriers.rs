//! Which way records take, seen on the wire.

use orm::prelude::*;
use orm_tests::{Frontend, Site, Wire};

use super::records;
use crate::tables::{User, database};

/// A column of it is an array.
#[derive(Table, Debug, Clone, PartialEq)]
struct Tagged {
    #[column(primary_key)]
    id: i64,
    tags: Vec<i32>,
}

/// More records of two columns than a statement takes value by value.
const TOO_MANY: i64 = 65_535 / 2 + 1;

async fn behind_a_wire(site: &Site) -> (Wire, sqlx::PgPool) {
    database(site).await;
    let wire = Wire::before(site).await;
    let pool = sqlx::PgPool::connect(wire.url())
        .await
        .expect("a connection");
    orm::create_tables!(&pool, Tagged)
        .await
        .expect("a table can be made");
    (wire, pool)
}

/// The words that statements begin with, and what they read from.
fn ways(wire: &Wire) -> Vec<&'static str> {
    let way = |sql: String| {
        ["COPY", "CREATE TEMPORARY", "unnest(", "VALUES"]
            .into_iter()
            .find(|word| sql.contains(word))
    };
    wire.statements().into_iter().filter_map(way).collect()
}

pub(crate) async fn auto_takes_the_way_of_their_number_and_types(site: Site) {
    let (wire, pool) = behind_a_wire(&site).await;
    for (many, way) in [
        (16, ["VALUES"].as_slice()),
        (17, &["unnest("]),
        // Less than 4 MiB.
        (20_000, &["unnest("]),
    ] {
        let batch = records(many, 1);
        wire.take();
        let upsert = batch.upsert().on_conflict(User::EMAIL).update_all();
        upsert.execute(&pool).await.expect("an upsert");
        assert_eq!(ways(&wire), way, "{many} records");
    }
    for (many, way) in [
        (100, ["VALUES"].as_slice()),
        (TOO_MANY, &["CREATE TEMPORARY", "COPY"]),
    ] {
        let tagged = |id| Tagged {
            id,
            tags: vec![1, 2],
        };
        let batch: Vec<_> = (0..many).map(tagged).collect();
        wire.take();
        let upsert = batch.upsert().on_primary_key().update_all();
        upsert.execute(&pool).await.expect("an upsert");
        assert_eq!(ways(&wire), way, "{many} records with arrays");
    }
}

pub(crate) async fn a_copy_is_one_however_many_records_there_are(site: Site) {
    let (wire, pool) = behind_a_wire(&site).await;
    let batch = records(20_000, 1);
    wire.take();
    let upsert = batch.upsert().on_conflict(User::EMAIL).update_all();
    let written = upsert.carrier(Carrier::Copy).execute(&pool).await;
    assert_eq!(written.expect("an upsert"), 20_000);
    assert_eq!(ways(&wire), ["CREATE TEMPORARY", "COPY"]);
    let pieces: Vec<_> = wire
        .take()
        .into_iter()
        .filter_map(|message| match message {
            Frontend::CopyData { bytes } => Some(bytes),
            _ => None,
        })
        .collect();
    assert!(pieces.len() > 5, "{pieces:?}");
    assert!(pieces.iter().all(|bytes| *bytes < 100_000), "{pieces:?}");
}
