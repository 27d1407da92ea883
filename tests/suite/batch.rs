//! Upserts of many records: carriers, results, duplicates, all or nothing.

use orm::prelude::*;
use orm::{ErrorKind, Result};
use orm_tests::Site;

use crate::tables::{NewUser, User, ann, database, user, users};

const CARRIERS: [Carrier; 4] = [
    Carrier::Auto,
    Carrier::Values,
    Carrier::Arrays,
    Carrier::Copy,
];

/// Records `0..many`, in an order that is not that of their keys.
fn records(many: i64, version: i64) -> Vec<NewUser> {
    let mut records: Vec<_> = (0..many)
        .map(|each| user(&format!("u{each}"), version))
        .collect();
    records.reverse();
    records
}

async fn clear(db: &orm::Db) {
    let cleared = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::query("DELETE FROM users")
            .execute(pool)
            .await
            .map(drop),
        (None, Some(pool)) => sqlx::query("DELETE FROM users")
            .execute(pool)
            .await
            .map(drop),
        (None, None) => unreachable!("a database is one of the two"),
    };
    cleared.expect("rows can be deleted");
}

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

pub(crate) async fn duplicates_are_an_error_that_names_them(site: Site) -> () {
    let db = database(&site).await;
    let batch: Vec<_> = ["a", "b", "c", "b", "d", "a"]
        .map(|email| user(email, 1))
        .into();
    for carrier in CARRIERS {
        let refused = batch
            .upsert_on(User::EMAIL)
            .carrier(carrier)
            .execute(&db)
            .await;
        let error = refused.expect_err("two pairs of one key");
        assert_eq!(
            error.kind(),
            ErrorKind::DuplicateKeyInBatch,
            "{carrier:?}: {error}"
        );
        assert_eq!(error.rows(), [0, 1, 3, 5], "{carrier:?}: {error}");
        assert_eq!(users(&db).await, [], "{carrier:?}");
    }
    let kept = async |duplicates| -> Result<Report> {
        batch
            .upsert_on(User::EMAIL)
            .on_duplicates(duplicates)
            .report(&db)
            .await
    };
    let report = kept(Duplicates::KeepFirst).await.expect("an upsert");
    assert_eq!((report.inserted, report.deduplicated), (4, 2));
    let report = kept(Duplicates::KeepLast).await.expect("an upsert");
    assert_eq!((report.updated, report.deduplicated), (4, 2));
}

pub(crate) async fn a_bad_record_is_named_and_nothing_is_written(site: Site) {
    let db = database(&site).await;
    // `team` and `nick` are a key as well.
    ann(&db).await;
    let mut batch = records(40, 1);
    "ann".clone_into(&mut batch[23].nick);
    for carrier in CARRIERS {
        let refused = batch
            .upsert_on(User::EMAIL)
            .carrier(carrier)
            .chunk_rows(10)
            .execute(&db)
            .await;
        let error = refused.expect_err("a key of another row");
        assert_eq!(
            error.kind(),
            ErrorKind::UniqueViolation,
            "{carrier:?}: {error}"
        );
        assert_eq!(error.rows(), [23], "{carrier:?}: {error}");
        assert_eq!(users(&db).await.len(), 1, "{carrier:?}");
    }
}
