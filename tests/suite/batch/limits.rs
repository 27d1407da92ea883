//! No records, one, as many as fit, one more, and a million.

use std::sync::atomic::{AtomicUsize, Ordering};

use orm::prelude::*;
use orm_tests::Site;

use super::{CARRIERS, connect, letters, numbers};

/// All of it can be left to the database.
#[derive(Table, Debug, Clone, PartialEq)]
struct Tick {
    #[column(primary_key, auto)]
    id: i64,
    #[column(default = "7")]
    weight: i32,
}

#[derive(Insert)]
#[insert(table = Tick)]
struct Bare {}

pub(crate) async fn records_may_supply_nothing(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Tick).await.expect("the table");
    let batch = [const { Bare {} }; 5];
    for carrier in CARRIERS {
        let insert = || batch.insert().carrier(carrier).chunk_rows(2);
        assert_eq!(
            insert().execute(&db).await.expect("an insert"),
            5,
            "{carrier:?}"
        );
        let rows = insert().fetch_all(&db).await.expect("an insert");
        assert_eq!(
            rows.iter().map(|row| row.weight).sum::<i32>(),
            35,
            "{carrier:?}"
        );
        let upsert = || {
            batch
                .upsert()
                .on_any_conflict()
                .do_nothing()
                .carrier(carrier)
                .chunk_rows(2)
        };
        let report = upsert().report(&db).await.expect("an upsert");
        assert_eq!(numbers(&report), [5, 5, 0, 0, 0], "{carrier:?}");
        let outcomes = upsert().outcomes(&db).await.expect("an upsert");
        assert_eq!(letters(&outcomes), ["i"; 5], "{carrier:?}");
    }
    assert_eq!(Tick::select().count(&db).await.expect("a count"), 80);
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Narrow {
    #[column(primary_key)]
    id: i64,
    value: i64,
    more: Option<i64>,
}

/// Two columns of it.
#[derive(Insert)]
#[insert(table = Narrow)]
struct Pair {
    id: i64,
    value: i64,
}

async fn narrow(site: &Site) -> orm::Db {
    let db = connect(site).await;
    orm::create_tables!(&db, Narrow).await.expect("the table");
    db
}

fn pairs(many: i64) -> Vec<Pair> {
    (0..many).rev().map(|id| Pair { id, value: 1 }).collect()
}

pub(crate) async fn no_records_are_no_statement_and_one_is_one(site: Site) {
    let db = narrow(&site).await;
    for carrier in CARRIERS {
        let none = pairs(0);
        let upsert = || none.upsert().on_primary_key().update_all().carrier(carrier);
        assert_eq!(upsert().execute(&db).await.expect("nothing"), 0);
        assert_eq!(
            upsert().report(&db).await.expect("nothing"),
            Report::default()
        );
        assert_eq!(upsert().fetch_all(&db).await.expect("nothing"), []);
        assert_eq!(upsert().outcomes(&db).await.expect("nothing"), []);
        assert_eq!(
            none.as_slice()
                .insert()
                .execute(&db)
                .await
                .expect("nothing"),
            0
        );
        let one = pairs(1);
        let upsert = || {
            one.upsert()
                .on_primary_key()
                .update_all()
                .carrier(carrier)
                .chunk_rows(1)
        };
        assert_eq!(upsert().execute(&db).await.expect("an upsert"), 1);
        assert_eq!(upsert().report(&db).await.expect("an upsert").updated, 1);
        assert_eq!(
            letters(&upsert().outcomes(&db).await.expect("an upsert")),
            ["u"]
        );
    }
    // A pool that is closed takes no statement, and none is sent.
    if let Some(pool) = db.postgres() {
        pool.close().await;
    }
    if let Some(pool) = db.sqlite() {
        pool.close().await;
    }
    let none = pairs(0);
    let upsert = none.upsert().on_primary_key().update_all();
    assert_eq!(upsert.execute(&db).await.expect("nothing is sent"), 0);
    let one = pairs(1);
    let upsert = one.upsert().on_primary_key().update_all();
    upsert.execute(&db).await.expect_err("the pool is closed");
}

/// PostgreSQL takes 65,535 arguments and SQLite 32,766.
pub(crate) async fn as_many_binds_as_there_may_be_and_one_record_more(site: Site) {
    let db = narrow(&site).await;
    let most = if db.postgres().is_some() {
        65_535
    } else {
        32_766
    };
    for many in [most / 2 - 1, most / 2, most / 2 + 1] {
        let batch = pairs(many);
        let upsert = || {
            batch
                .upsert()
                .on_primary_key()
                .update(Narrow::VALUE)
                .carrier(Carrier::Values)
                .chunk_rows(100_000)
        };
        let written = upsert().execute(&db).await.expect("an upsert");
        assert_eq!(written, batch.len() as u64);
        // One argument more, which is not a record's.
        let report = upsert().set(Narrow::MORE, Some(7)).report(&db).await;
        assert_eq!(report.expect("an upsert").updated, batch.len() as u64);
    }
    let seven = Narrow::select().filter(Narrow::MORE.eq(7)).count(&db).await;
    assert_eq!(i64::try_from(seven.expect("a count")), Ok(most / 2 + 1));
}

pub(crate) async fn a_million_records_are_written(site: Site) {
    let db = narrow(&site).await;
    let batch = pairs(1_000_000);
    let last = AtomicUsize::new(0);
    let progress = |done, _| last.store(done, Ordering::SeqCst);
    let upsert = batch
        .upsert()
        .on_primary_key()
        .update_all()
        .on_progress(progress);
    let report = upsert.report(&db).await.expect("an upsert");
    assert_eq!(numbers(&report), [1_000_000, 1_000_000, 0, 0, 0]);
    assert_eq!(last.into_inner(), 1_000_000);
    assert_eq!(
        Narrow::select().count(&db).await.expect("a count"),
        1_000_000
    );
}
