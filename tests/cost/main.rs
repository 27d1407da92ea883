//! What a call costs in memory: no more than hand-written sqlx plus two allocations.
//!
//! Two because a terminal gives back a boxed future, and a second is left for what a backend needs.

mod allocations;
mod batch;
mod postgres;

use orm::prelude::*;
use sqlx::{Connection, SqliteConnection};
use tokio::runtime::{Builder, Runtime};

use self::allocations::count_allocations;

#[derive(Table, Debug)]
#[table(insert(NewReading, derive(Clone)))]
struct Reading {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    sensor: String,
    value: f64,
    version: i64,
}

fn record() -> NewReading {
    NewReading {
        sensor: "roof".to_owned(),
        value: 21.5,
        version: 7,
    }
}

/// A runtime on this thread, and a connection with the table on it.
///
/// SQLite works on a thread of its own, so that only what the caller's side allocates is counted, on
/// both sides of the comparison alike.
fn connected() -> (Runtime, SqliteConnection) {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let connection = runtime.block_on(async {
        let mut connection = SqliteConnection::connect("sqlite::memory:")
            .await
            .expect("a database");
        orm::create_tables!(&mut connection, Reading)
            .await
            .expect("the table");
        connection
    });
    (runtime, connection)
}

/// Asserts that a call allocates at most twice more than the one written by hand.
///
/// A call that has to wait for SQLite's thread allocates for that as well, on either side, and how many
/// have to depends on the machine. So both are called in turns on one connection, and compared where both
/// are alike: the least of a thousand calls, the most common or the most.
#[track_caller]
fn within_budget(
    mut by_hand: impl FnMut(&Runtime, &mut SqliteConnection),
    mut ours: impl FnMut(&Runtime, &mut SqliteConnection),
) {
    let (runtime, mut connection) = connected();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for _ in 0..1_000 {
        left.push(count_allocations(|| by_hand(&runtime, &mut connection)));
        right.push(count_allocations(|| ours(&runtime, &mut connection)));
    }
    compare(left, right, 2);
}

#[track_caller]
fn compare(mut left: Vec<u64>, mut right: Vec<u64>, more: u64) {
    left.sort_unstable();
    right.sort_unstable();
    let places = [0, left.len() / 2, left.len() * 98 / 100];
    let alike = places.map(|place| (left[place], right[place]));
    assert!(
        alike.iter().all(|(by_hand, _)| *by_hand > 0),
        "nothing was counted"
    );
    assert!(
        alike.iter().any(|(by_hand, ours)| *ours <= by_hand + more),
        "by hand and ours: {alike:?}"
    );
}

#[test]
fn an_upsert_allocates_at_most_two_more() {
    const BY_HAND: &str = r#"INSERT INTO "readings" ("sensor", "value", "version") VALUES (?1, ?2, ?3) ON CONFLICT ("sensor") DO UPDATE SET "value" = excluded."value", "version" = excluded."version" WHERE excluded."version" >= "readings"."version" RETURNING "id", "sensor", "value", "version""#;
    let record = record();
    within_budget(
        |runtime, connection| {
            let query = sqlx::query_as::<_, Reading>(BY_HAND)
                .bind(&record.sensor)
                .bind(record.value)
                .bind(record.version);
            let row = runtime.block_on(query.fetch_optional(connection));
            assert!(row.expect("an upsert").is_some());
        },
        |runtime, connection| {
            let upsert = record.upsert().on_conflict(Reading::SENSOR).update_all();
            let upsert = upsert
                .keep_newest(Reading::VERSION)
                .fetch_optional(connection);
            assert!(runtime.block_on(upsert).expect("an upsert").is_some());
        },
    );
}

#[test]
fn an_upsert_that_sets_a_value_allocates_at_most_two_more() {
    const BY_HAND: &str = r#"INSERT INTO "readings" ("sensor", "value", "version") VALUES (?1, ?2, ?3) ON CONFLICT ("sensor") DO UPDATE SET "value" = excluded."value", "version" = ?4"#;
    let record = record();
    within_budget(
        |runtime, connection| {
            let query = sqlx::query(BY_HAND)
                .bind(&record.sensor)
                .bind(record.value)
                .bind(record.version)
                .bind(9_i64);
            runtime
                .block_on(query.execute(connection))
                .expect("an upsert");
        },
        |runtime, connection| {
            let upsert = record
                .upsert()
                .on_conflict(Reading::SENSOR)
                .update(Reading::VALUE);
            let upsert = upsert.set(Reading::VERSION, 9).execute(connection);
            runtime.block_on(upsert).expect("an upsert");
        },
    );
}

#[test]
fn a_look_up_allocates_at_most_two_more() {
    const BY_HAND: &str =
        r#"SELECT "id", "sensor", "value", "version" FROM "readings" WHERE "sensor" = ?1"#;
    within_budget(
        |runtime, connection| {
            let query = sqlx::query_as::<_, Reading>(BY_HAND).bind("roof");
            runtime
                .block_on(query.fetch_optional(connection))
                .expect("a look-up");
        },
        |runtime, connection| {
            let find = Reading::find(Reading::SENSOR, "roof").fetch_optional(connection);
            runtime.block_on(find).expect("a look-up");
        },
    );
}

#[test]
fn an_insert_allocates_at_most_two_more() {
    const BY_HAND: &str =
        r#"INSERT INTO "readings" ("id", "sensor", "value", "version") VALUES (?1, ?2, ?3, ?4)"#;
    let id = std::cell::Cell::new(0);
    let next = || {
        id.set(id.get() + 1);
        Reading {
            id: id.get(),
            sensor: id.get().to_string(),
            value: 1.0,
            version: 1,
        }
    };
    within_budget(
        |runtime, connection| {
            let row = next();
            let query = sqlx::query(BY_HAND)
                .bind(row.id)
                .bind(&row.sensor)
                .bind(row.value)
                .bind(row.version);
            runtime
                .block_on(query.execute(connection))
                .expect("an insert");
        },
        |runtime, connection| {
            let row = next();
            runtime
                .block_on(row.insert().execute(connection))
                .expect("an insert");
        },
    );
}

#[test]
fn a_box_is_one_allocation_and_nothing_is_none() {
    assert_eq!(count_allocations(|| {}), 0);
    assert_eq!(
        count_allocations(|| drop(std::hint::black_box(Box::new(1)))),
        1
    );
}

#[test]
fn other_threads_do_not_count() {
    let other = std::thread::spawn(|| drop(std::hint::black_box(vec![1; 1000])));
    assert_eq!(
        count_allocations(|| other.join().expect("the thread ends")),
        0
    );
}
