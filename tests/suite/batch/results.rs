//! What comes back from many records: counts, rows, and what became of each, in their order.

use orm::ErrorKind;
use orm::prelude::*;
use orm_tests::{Frontend, Site, Wire};
use sqlx::postgres::PgPoolOptions;

use super::{CARRIERS, clear, connect, letters, numbers, records, run};
use crate::tables::{User, ann, database, user};

pub(crate) async fn every_carrier_and_size_gives_the_same(site: Site) {
    let db = database(&site).await;
    for carrier in CARRIERS {
        for many in [1, 2, 16, 17, 99, 100, 101, 250] {
            clear(&db).await;
            let say = format!("{carrier:?}, {many} records");
            // Every other one is there already.
            let half: Vec<_> = records(many, 1).into_iter().step_by(2).collect();
            let stored = half.len() as u64;
            let written = half
                .upsert_on(User::EMAIL)
                .carrier(carrier)
                .chunk_rows(100)
                .execute(&db)
                .await;
            assert_eq!(written.expect(&say), stored, "{say}");

            let all = records(many, 2);
            let report = all
                .upsert_on(User::EMAIL)
                .carrier(carrier)
                .chunk_rows(100)
                .report(&db)
                .await
                .expect(&say);
            let total = all.len() as u64;
            assert_eq!(
                (report.total, report.inserted, report.updated),
                (total, total - stored, stored),
                "{say}"
            );
            assert_eq!(report.written(), total, "{say}");

            let rows = all
                .upsert_on(User::EMAIL)
                .carrier(carrier)
                .chunk_rows(100)
                .fetch_all(&db)
                .await
                .expect(&say);
            let emails =
                |rows: &[User]| rows.iter().map(|row| row.email.clone()).collect::<Vec<_>>();
            let sent: Vec<_> = all.iter().map(|record| record.email.clone()).collect();
            assert_eq!(emails(&rows), sent, "{say}");
            assert!(rows.iter().all(|row| row.version == 2), "{say}");

            let outcomes = all
                .upsert()
                .on_conflict(User::EMAIL)
                .update_all()
                .keep_newer(User::VERSION)
                .carrier(carrier)
                .chunk_rows(100)
                .outcomes(&db)
                .await
                .expect(&say);
            assert_eq!(outcomes, vec![BatchOutcome::Skipped; all.len()], "{say}");
        }
    }
}

pub(crate) async fn outcomes_are_those_of_the_records(site: Site) {
    let db = database(&site).await;
    let before = ann(&db).await;
    let batch = [
        user("zoe", 1),
        user("ann", 2),
        user("ann", 7),
        user("bob", 1),
        user("ann", 7),
    ];
    for carrier in CARRIERS {
        let outcomes = batch
            .upsert()
            .on_conflict(User::EMAIL)
            .update_all()
            .keep_newest(User::VERSION)
            .carrier(carrier)
            .outcomes(&db)
            .await
            .expect("an upsert");
        let what: Vec<_> = outcomes
            .into_iter()
            .map(|outcome| match outcome {
                BatchOutcome::Inserted(row) => format!("inserted {}", row.email),
                BatchOutcome::Updated(row) => format!("updated {} to {}", row.email, row.version),
                BatchOutcome::Skipped => "skipped".to_owned(),
                BatchOutcome::Duplicate { of } => format!("like {of}"),
                _ => "something else".to_owned(),
            })
            .collect();
        let new = [
            "inserted zoe",
            "like 4",
            "like 4",
            "inserted bob",
            "updated ann to 7",
        ];
        assert_eq!(what, new, "{carrier:?}");
        clear(&db).await;
        ann(&db).await;
    }
    assert_eq!(before.version, 1);
}

/// What becomes of records on a table of each kind. The first row of a batch is stored, newer than its
/// record.
macro_rules! on_each_kind {
    ($db:expr, $($kind:ident: $made:literal),*) => {$({
        let db = $db;
        run(db, $made).await;
        for carrier in CARRIERS {
            let say = format!("{} by {carrier:?}", stringify!($kind));
            let row = |id, version| $kind { id, version };
            let stored = [row(1, 5), row(2, 5)];
            stored.insert().execute(db).await.expect(&say);
            let batch = [row(9, 1), row(1, 4), row(2, 6), row(9, 3), row(3, 1), row(9, 3)];

            let newest = || batch.upsert().on_primary_key().update_all().keep_newest($kind::VERSION);
            let outcomes = newest().carrier(carrier).chunk_rows(4).outcomes(db).await.expect(&say);
            assert_eq!(letters(&outcomes), ["=5", "s", "u", "=5", "i", "i"], "{say}");
            let rows: Vec<_> = outcomes.into_iter().filter_map(BatchOutcome::into_row).collect();
            assert_eq!(rows, [row(2, 6), row(3, 1), row(9, 3)], "{say}");
            let report = newest().carrier(carrier).chunk_rows(4).report(db).await.expect(&say);
            assert_eq!(numbers(&report), [6, 0, 3, 1, 2], "{say}");
            let written = newest().carrier(carrier).chunk_rows(4).execute(db).await;
            assert_eq!(written.expect(&say), 3, "{say}");
            let rows = newest().carrier(carrier).chunk_rows(4).fetch_all(db).await;
            assert_eq!(rows.expect(&say), [row(2, 6), row(3, 1), row(9, 3)], "{say}");
            let ids = newest().carrier(carrier).chunk_rows(4).returning($kind::ID);
            assert_eq!(ids.fetch_all(db).await.expect(&say), [2, 3, 9], "{say}");
            let ids = newest().carrier(carrier).chunk_rows(4).returning(($kind::VERSION, $kind::ID));
            let ids = ids.outcomes(db).await.expect(&say);
            assert_eq!(ids[2], BatchOutcome::Updated((6, 2)), "{say}");

            // As long as nothing is said about them, duplicates are an error, whatever comes back.
            let blunt = || batch.upsert().on_primary_key().update_all().carrier(carrier).chunk_rows(4);
            let errors = [
                blunt().execute(db).await.map(drop),
                blunt().report(db).await.map(drop),
                blunt().fetch_all(db).await.map(drop),
                blunt().outcomes(db).await.map(drop),
            ];
            for error in errors {
                let error = error.expect_err(&say);
                assert_eq!(error.kind(), ErrorKind::DuplicateKeyInBatch, "{say}: {error}");
                assert_eq!(error.rows(), [0, 3, 5], "{say}: {error}");
            }
            let now = $kind::select().order_by($kind::ID).fetch_all(db).await.expect(&say);
            assert_eq!(now, [row(1, 5), row(2, 6), row(3, 1), row(9, 3)], "{say}");

            let kept = || batch.upsert().on_primary_key().do_nothing().carrier(carrier).chunk_rows(4);
            run(db, concat!("DELETE FROM ", stringify!($kind), "s WHERE id > 1")).await;
            let outcomes = kept().outcomes(db).await.expect(&say);
            assert_eq!(letters(&outcomes), ["i", "s", "i", "=0", "i", "=0"], "{say}");
            run(db, concat!("DELETE FROM ", stringify!($kind), "s WHERE id > 1")).await;
            let report = kept().report(db).await.expect(&say);
            assert_eq!(numbers(&report), [6, 3, 0, 1, 2], "{say}");
            run(db, concat!("DELETE FROM ", stringify!($kind), "s")).await;
        }
    })*};
}

#[derive(Table, Debug, PartialEq, Clone)]
struct Plain {
    #[column(primary_key)]
    id: i64,
    version: i64,
}

/// What has no `xmax` to read.
#[derive(Table, Debug, PartialEq, Clone)]
#[table(partitioned, name = "parteds")]
struct Parted {
    #[column(primary_key)]
    id: i64,
    version: i64,
}

/// The same through a view.
#[derive(Table, Debug, PartialEq, Clone)]
#[table(view, name = "vieweds")]
struct Viewed {
    #[column(primary_key)]
    id: i64,
    version: i64,
}

pub(crate) async fn each_result_is_told_of_a_table(site: Site) {
    let db = connect(&site).await;
    on_each_kind!(&db, Plain: "CREATE TABLE plains (id bigint PRIMARY KEY, version bigint NOT NULL)");
}

pub(crate) async fn each_result_is_told_of_partitions_and_views(site: Site) {
    let db = connect(&site).await;
    on_each_kind!(
        &db,
        Parted: "CREATE TABLE parteds (id bigint PRIMARY KEY, version bigint NOT NULL) PARTITION BY RANGE (id);
                 CREATE TABLE parteds_low PARTITION OF parteds FOR VALUES FROM (0) TO (3);
                 CREATE TABLE parteds_high PARTITION OF parteds FOR VALUES FROM (3) TO (100)",
        Viewed: "CREATE TABLE viewed_rows (id bigint PRIMARY KEY, version bigint NOT NULL);
                 CREATE VIEW vieweds AS SELECT * FROM viewed_rows"
    );
}

pub(crate) async fn nothing_is_left_out_on_any_conflict(site: Site) {
    let db = database(&site).await;
    for carrier in CARRIERS {
        clear(&db).await;
        ann(&db).await;
        // The second has the other key of Ann, the last one that of the first.
        let mut batch = [
            user("bob", 1),
            user("eve", 1),
            user("ann", 2),
            user("bob", 2),
        ];
        "ann".clone_into(&mut batch[1].nick);
        let upsert = || {
            batch
                .upsert()
                .on_any_conflict()
                .do_nothing()
                .carrier(carrier)
                .chunk_rows(3)
        };
        let report = upsert().report(&db).await.expect("an upsert");
        assert_eq!(numbers(&report), [4, 1, 0, 3, 0], "{carrier:?}");
        let refused = upsert().on_duplicates(Duplicates::Error).execute(&db).await;
        assert_eq!(refused.expect("an upsert"), 0, "{carrier:?}");
        run(&db, "DELETE FROM users WHERE email = 'bob'").await;
        let outcomes = upsert().outcomes(&db).await.expect("an upsert");
        assert_eq!(letters(&outcomes), ["i", "s", "s", "s"], "{carrier:?}");
        let rows = upsert().fetch_all(&db).await.expect("an upsert");
        assert_eq!(rows, [], "{carrier:?}");
    }
}

/// What has gone over the wire since the last call: round trips, statements prepared, statements run, rows.
fn traffic(wire: &Wire) -> [usize; 4] {
    let rows = wire.take_rows();
    let statements = wire.statements().len();
    let messages = wire.take();
    let prepared = messages
        .iter()
        .filter(|message| matches!(message, Frontend::Parse { .. }))
        .count();
    // A pool asks a connection that comes back whether it still lives: a `Sync` for itself.
    let mut before = &Frontend::Sync;
    let mut trips = 0;
    for message in &messages {
        trips += usize::from(message.awaits_answer() && *before != Frontend::Sync);
        before = message;
    }
    [trips, prepared, statements, rows]
}

/// One statement, one round trip, and no row but the one with the counts.
pub(crate) async fn counting_puts_no_rows_on_the_wire(site: Site) {
    database(&site).await;
    let wire = Wire::before(&site).await;
    // Without the question whether the connection still lives.
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .test_before_acquire(false);
    let pool = pool.connect(wire.url()).await.expect("a pool");
    let batch = records(1_000, 1);
    let upsert = || batch.upsert_on(User::EMAIL);
    let newest = || upsert().keep_newest(User::VERSION);
    for round in 0..3 {
        traffic(&wire);
        assert_eq!(upsert().execute(&pool).await.expect("an upsert"), 1_000);
        let written = traffic(&wire);
        let report = upsert().report(&pool).await.expect("an upsert");
        assert_eq!(report.written(), 1_000);
        let counted = traffic(&wire);
        let report = newest().report(&pool).await.expect("an upsert");
        assert_eq!(numbers(&report), [1_000, 0, 1_000, 0, 0]);
        let guarded = traffic(&wire);
        let kept = batch.upsert().on_conflict(User::EMAIL).do_nothing();
        let kept = kept.on_duplicates(Duplicates::Error).report(&pool).await;
        assert_eq!(kept.expect("an upsert").skipped, 1_000);
        let kept = traffic(&wire);
        // What has been prepared before is not prepared again.
        if round > 0 {
            assert_eq!(written, [1, 0, 1, 0]);
            assert_eq!(counted, [1, 0, 1, 1]);
            assert_eq!(guarded, [1, 0, 1, 1]);
            assert_eq!(kept, [1, 0, 1, 1]);
        }
    }
    let rows = upsert().fetch_all(&pool).await;
    assert_eq!(rows.expect("an upsert").len(), 1_000);
    assert!(wire.take_rows() >= 1_000, "the proxy sees rows");
}
