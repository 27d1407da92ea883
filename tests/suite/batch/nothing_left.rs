//! All or nothing: what a batch leaves when it fails, is dropped or is killed, and what it says.

use std::sync::Mutex;

use orm::ErrorKind;
use orm::prelude::*;
use orm_tests::Site;
use sqlx::{Connection as _, PgConnection};
use tokio::sync::Notify;

use super::{CARRIERS, connect, records};
use crate::tables::{User, ann, database, user, users};

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

pub(crate) async fn the_first_of_several_bad_records_is_named(site: Site) {
    let db = database(&site).await;
    ann(&db).await;
    let mut batch = records(40, 1);
    for bad in [31, 12, 23] {
        "ann".clone_into(&mut batch[bad].nick);
    }
    for carrier in CARRIERS {
        let upsert = || batch.upsert_on(User::EMAIL).carrier(carrier).chunk_rows(7);
        let errors = [
            upsert().execute(&db).await.map(drop),
            upsert().report(&db).await.map(drop),
            upsert().fetch_all(&db).await.map(drop),
            upsert().outcomes(&db).await.map(drop),
        ];
        for error in errors {
            let error = error.expect_err("keys of another row");
            assert_eq!(
                error.kind(),
                ErrorKind::UniqueViolation,
                "{carrier:?}: {error}"
            );
            assert_eq!(
                (error.rows(), error.table()),
                ([12].as_slice(), Some("users")),
                "{carrier:?}"
            );
            assert!(
                error.key().is_some_and(|key| key.contains("nick")),
                "{carrier:?}: {error}"
            );
        }
        assert_eq!(users(&db).await.len(), 1, "{carrier:?}");
    }
}

/// Nothing is staged any more on the connection of this transaction.
async fn nothing_is_staged(tx: &orm::Tx<orm::Db>, postgres: bool) {
    // A second batch makes the table of its own, which fails where one is left.
    let rows = records(30, 9);
    let upsert = rows.upsert_on(User::EMAIL).chunk_rows(4);
    upsert
        .execute(tx)
        .await
        .unwrap_or_else(|error| panic!("on PostgreSQL {postgres}: {error}"));
}

pub(crate) async fn a_transaction_goes_on_after_a_batch_that_failed(site: Site) {
    let db = database(&site).await;
    ann(&db).await;
    let mut bad = records(40, 1);
    "ann".clone_into(&mut bad[23].nick);
    let postgres = db.postgres().is_some();
    for carrier in CARRIERS {
        let done = orm::transaction(&db, async |tx| {
            user("before", 1)
                .upsert_on(User::EMAIL)
                .execute(&tx)
                .await?;
            let upsert = || bad.upsert_on(User::EMAIL).carrier(carrier).chunk_rows(10);
            let error = upsert()
                .execute(&tx)
                .await
                .expect_err("a key of another row");
            assert_eq!(error.rows(), [23], "{carrier:?}: {error}");
            let error = upsert()
                .outcomes(&tx)
                .await
                .expect_err("a key of another row");
            assert_eq!(error.rows(), [23], "{carrier:?}: {error}");
            let twice = [user("x", 1), user("x", 1)];
            let error = twice
                .upsert_on(User::EMAIL)
                .report(&tx)
                .await
                .expect_err("one key");
            assert_eq!(error.rows(), [0, 1], "{carrier:?}: {error}");
            nothing_is_staged(&tx, postgres).await;
            nothing_is_staged(&tx, postgres).await;
            user("after", 1).upsert_on(User::EMAIL).execute(&tx).await?;
            Ok::<_, orm::Error>(())
        })
        .await;
        done.expect("the transaction is sound");
        assert_eq!(users(&db).await.len(), 33, "{carrier:?}");
    }
}

pub(crate) async fn connections_and_transactions_of_sqlx_go_on(site: Site) {
    let db = database(&site).await;
    ann(&db).await;
    let mut bad = records(40, 1);
    "ann".clone_into(&mut bad[23].nick);
    let good = records(20, 2);
    let mut connection = PgConnection::connect(site.url())
        .await
        .expect("a connection");
    for carrier in CARRIERS {
        let bad = || bad.upsert_on(User::EMAIL).carrier(carrier).chunk_rows(10);
        let good = || good.upsert_on(User::EMAIL).carrier(carrier).chunk_rows(10);
        // Not in a transaction: each batch is one.
        bad()
            .execute(&mut connection)
            .await
            .expect_err("a key of another row");
        assert_eq!(
            good().execute(&mut connection).await.expect("an upsert"),
            20
        );
        assert_eq!(users(&db).await.len(), 21, "{carrier:?}");
        let mut transaction = connection.begin().await.expect("a transaction");
        assert_eq!(
            good().execute(&mut *transaction).await.expect("an upsert"),
            20
        );
        bad()
            .report(&mut *transaction)
            .await
            .expect_err("a key of another row");
        let report = good().report(&mut *transaction).await.expect("an upsert");
        assert_eq!(report.updated, 20, "{carrier:?}");
        let staged = "SELECT count(*) FROM pg_class WHERE relname = ' orm staged' AND pg_table_is_visible(oid)";
        let staged: i64 = sqlx::query_scalar(staged)
            .fetch_one(&mut *transaction)
            .await
            .expect("a count");
        assert_eq!(staged, 0, "{carrier:?}");
        transaction.rollback().await.expect("it can be rolled back");
        super::run(&db, "DELETE FROM users WHERE email <> 'ann'").await;
    }
}

pub(crate) async fn a_dropped_batch_leaves_nothing(site: Site) {
    let db = database(&site).await;
    ann(&db).await;
    for carrier in CARRIERS {
        // As values PostgreSQL takes more of them in one statement, before which there is no stop.
        let many = if carrier == Carrier::Values && db.postgres().is_some() {
            14_000
        } else {
            2_000
        };
        let batch = records(many, 1);
        for stop in [100, 1_000, 1_900] {
            let reached = Notify::new();
            let upsert = batch
                .upsert_on(User::EMAIL)
                .carrier(carrier)
                .chunk_rows(100);
            let progress = |done, _| {
                if done >= stop {
                    reached.notify_one();
                }
            };
            let upsert = upsert.on_progress(progress).execute(&db);
            tokio::select! {
                biased;
                () = reached.notified() => {}
                written = upsert => panic!("{carrier:?}: it is not dropped: {written:?}"),
            }
            assert_eq!(users(&db).await.len(), 1, "{carrier:?}, {stop}");
            let some = records(150, 1);
            let upsert = some.upsert_on(User::EMAIL).carrier(carrier).chunk_rows(100);
            assert_eq!(
                upsert.execute(&db).await.expect("the pool is clean"),
                150,
                "{carrier:?}"
            );
            super::run(&db, "DELETE FROM users WHERE email <> 'ann'").await;
        }
    }
}

pub(crate) async fn progress_is_told_once_and_in_order(site: Site) {
    let db = database(&site).await;
    let told = Mutex::new(Vec::new());
    let tell = |done, all| told.lock().expect("nobody panics").push((done, all));
    let good = records(25, 1);
    let mut bad = records(25, 2);
    "u3".clone_into(&mut bad[20].nick);
    for carrier in [Carrier::Values, Carrier::Arrays, Carrier::Copy] {
        let upsert = good.upsert_on(User::EMAIL).carrier(carrier).chunk_rows(10);
        upsert
            .on_progress(tell)
            .execute(&db)
            .await
            .expect("an upsert");
        let told_now = std::mem::take(&mut *told.lock().expect("nobody panics"));
        assert_eq!(
            told_now.last(),
            Some(&(25, 25)),
            "{carrier:?}: {told_now:?}"
        );
        assert!(told_now.is_sorted(), "{carrier:?}: {told_now:?}");
        // To look for the bad one is no progress.
        let upsert = bad.upsert_on(User::EMAIL).carrier(carrier).chunk_rows(10);
        let error = upsert
            .on_progress(tell)
            .execute(&db)
            .await
            .expect_err("a key of another row");
        assert_eq!(error.rows(), [20], "{carrier:?}: {error}");
        let told_now = std::mem::take(&mut *told.lock().expect("nobody panics"));
        assert!(
            told_now.is_sorted_by(|a, b| a < b),
            "{carrier:?}: {told_now:?}"
        );
        assert!(
            told_now.iter().all(|(done, _)| *done < 25),
            "{carrier:?}: {told_now:?}"
        );
    }
}

/// A parent, for a foreign key.
#[derive(Table, Debug, Clone)]
struct Shelf {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, Clone)]
#[table(check(dear = "price > 0"))]
struct Strict {
    #[column(primary_key)]
    id: i64,
    price: i64,
    #[column(references = Shelf::ID)]
    shelf: i64,
    needed: Option<i64>,
    #[column(type = "varchar(5)")]
    short: String,
}

/// The declaration allows what the table refuses.
const STRICT: &str = "CREATE TABLE shelfs (id bigint PRIMARY KEY);
    CREATE TABLE stricts (
        id bigint PRIMARY KEY,
        price bigint NOT NULL CONSTRAINT dear CHECK (price > 0),
        shelf bigint NOT NULL REFERENCES shelfs (id),
        needed bigint NOT NULL,
        short varchar(5) NOT NULL
    );
    INSERT INTO shelfs VALUES (1)";

type Spoil = fn(&mut Strict);

async fn refused_are_named(site: &Site, cases: Vec<(ErrorKind, Option<&'static str>, Spoil)>) {
    let db = connect(site).await;
    super::run(&db, STRICT).await;
    assert_eq!(Shelf::select().count(&db).await.expect("a count"), 1);
    let good = |id| Strict {
        id,
        price: 1,
        shelf: 1,
        needed: Some(1),
        short: "short".to_owned(),
    };
    for (kind, key, spoil) in cases {
        for carrier in CARRIERS {
            for (many, bad) in [(1, 0), (30, 0), (30, 17), (30, 29)] {
                let mut batch: Vec<_> = (0..many).rev().map(good).collect();
                spoil(&mut batch[bad]);
                let upsert = batch
                    .upsert()
                    .on_primary_key()
                    .update_all()
                    .carrier(carrier)
                    .chunk_rows(8);
                let error = upsert.report(&db).await.expect_err("a bad record");
                let say = format!("{kind:?}, {carrier:?}, {bad} of {many}: {error}");
                assert_eq!(error.kind(), kind, "{say}");
                assert_eq!(
                    (error.rows(), error.table()),
                    ([bad].as_slice(), Some("stricts")),
                    "{say}"
                );
                if let Some(key) = key {
                    assert!(
                        error.key().is_some_and(|named| named.contains(key)),
                        "{say}"
                    );
                }
                assert_eq!(
                    Strict::select().count(&db).await.expect("a count"),
                    0,
                    "{say}"
                );
            }
        }
    }
}

pub(crate) async fn records_that_sqlite_refuses_are_named(site: Site) {
    let cases: [(ErrorKind, Option<&'static str>, Spoil); 3] = [
        (ErrorKind::CheckViolation, Some("dear"), |row| row.price = 0),
        (ErrorKind::NotNullViolation, Some("needed"), |row| {
            row.needed = None;
        }),
        (ErrorKind::ForeignKeyViolation, None, |row| row.shelf = 2),
    ];
    refused_are_named(&site, cases.into()).await;
}

pub(crate) async fn records_that_postgres_refuses_are_named(site: Site) {
    let cases: [(ErrorKind, Option<&'static str>, Spoil); 5] = [
        (ErrorKind::CheckViolation, Some("dear"), |row| row.price = 0),
        (ErrorKind::NotNullViolation, None, |row| row.needed = None),
        (ErrorKind::ForeignKeyViolation, Some("shelf"), |row| {
            row.shelf = 2;
        }),
        (ErrorKind::Data, None, |row| {
            "too long".clone_into(&mut row.short);
        }),
        // A text with a zero in it cannot even be staged.
        (ErrorKind::Data, None, |row| {
            "a\0b".clone_into(&mut row.short);
        }),
    ];
    refused_are_named(&site, cases.into()).await;
}
