//! The staging table of SQLite, which stays on its connection: what is left in it is of no batch.

use std::future::{Future as _, poll_fn};
use std::task::Poll;

use orm::prelude::*;
use orm::{ErrorKind, dynamic};
use orm_tests::Site;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use super::records;
use crate::tables::{NewUser, User, database, user};

/// A connection of the caller's to a database with the tables.
async fn connection(site: &Site) -> (orm::Db, SqliteConnection) {
    let db = database(site).await;
    let own = SqliteConnection::connect(site.url()).await;
    (db, own.expect("a connection"))
}

/// The staging tables of this connection, as they are written in SQL.
async fn tables(on: &mut SqliteConnection) -> Vec<String> {
    let asked = "SELECT format('temp.\"%w\"', name) FROM sqlite_temp_schema WHERE type = 'table'";
    let named = sqlx::query_scalar(asked).fetch_all(on).await;
    named.expect("the names of tables")
}

/// How often a temporary table has been made or dropped on this connection.
async fn changes(on: &mut SqliteConnection) -> i64 {
    let asked = sqlx::query_scalar("PRAGMA temp.schema_version");
    asked.fetch_one(on).await.expect("a number")
}

/// How many rows wait there.
async fn waiting(on: &mut SqliteConnection) -> i64 {
    let mut all = 0;
    for table in tables(on).await {
        let asked = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let many: i64 = sqlx::query_scalar(asked)
            .fetch_one(&mut *on)
            .await
            .expect("a count");
        all += many;
    }
    all
}

/// Writes records that are looked at, and sees that all of them are written and that nothing waits.
async fn written(on: &mut SqliteConnection, batch: &[NewUser]) {
    let report = batch.upsert_on(User::EMAIL).report(&mut *on).await;
    let report = report.expect("an upsert");
    assert_eq!(report.written(), batch.len() as u64);
    assert_eq!(waiting(on).await, 0);
}

pub(crate) async fn batches_of_one_shape_share_a_table_and_leave_it_empty(site: Site) {
    let (_db, mut own) = connection(&site).await;
    written(&mut own, &records(30, 1)).await;
    let (one, made) = (tables(&mut own).await, changes(&mut own).await);
    assert_eq!(one.len(), 1);
    written(&mut own, &records(20, 2)).await;
    written(&mut own, &records(40, 3)).await;
    assert_eq!(tables(&mut own).await, one);
    // Not even one of the same name has come: all statements would have been prepared anew.
    assert_eq!(changes(&mut own).await, made);
}

pub(crate) async fn batches_of_two_shapes_do_not_meet(site: Site) {
    let (_db, mut own) = connection(&site).await;
    for version in 1..4 {
        written(&mut own, &records(30, version)).await;
        let batch = records(30, version);
        let upsert = batch.upsert_on(User::EMAIL).keep_newest(User::VERSION);
        assert_eq!(upsert.execute(&mut own).await.expect("an upsert"), 30);
        let upsert = batch.upsert().on_conflict((User::TEAM, User::NICK));
        let upsert = upsert.update(User::VERSION).execute(&mut own).await;
        assert_eq!(upsert.expect("an upsert"), 30);
        assert_eq!(waiting(&mut own).await, 0);
    }
    assert_eq!(tables(&mut own).await.len(), 3);
}

pub(crate) async fn what_is_left_in_it_is_not_read(site: Site) {
    let (_db, mut own) = connection(&site).await;
    written(&mut own, &records(30, 1)).await;
    let [table] = &*tables(&mut own).await else {
        panic!("one shape is one table");
    };
    // As if a batch had got lost: a key that comes again, and one that does not.
    let left = format!("INSERT INTO {table} (email) VALUES ('u3'), ('nobody')");
    let put = sqlx::raw_sql(AssertSqlSafe(left)).execute(&mut own).await;
    put.expect("rows are left");
    assert_eq!(waiting(&mut own).await, 2);
    written(&mut own, &records(30, 2)).await;
    let nobody = User::find(User::EMAIL, "nobody").fetch_optional(&mut own);
    assert_eq!(nobody.await.expect("a look"), None);
}

pub(crate) async fn a_transaction_that_is_rolled_back_takes_it_along(site: Site) {
    let (_db, mut own) = connection(&site).await;
    for version in 1..4 {
        let mut within = own.begin().await.expect("a transaction");
        written(&mut within, &records(30, version)).await;
        let mut inner = within.begin().await.expect("a savepoint");
        written(&mut inner, &records(20, version)).await;
        inner.rollback().await.expect("back to the savepoint");
        written(&mut within, &records(25, version)).await;
        within.rollback().await.expect("back");
        assert_eq!(tables(&mut own).await.len(), 0);
    }
    written(&mut own, &records(30, 1)).await;
    let mut within = own.begin().await.expect("a transaction");
    written(&mut within, &records(20, 2)).await;
    within.rollback().await.expect("back");
    assert_eq!(waiting(&mut own).await, 0);
    written(&mut own, &records(40, 3)).await;
}

pub(crate) async fn a_batch_that_fails_or_is_dropped_leaves_nothing_there(site: Site) {
    let (_db, mut own) = connection(&site).await;
    written(&mut own, &[user("ann", 1)]).await;
    let mut bad = records(40, 1);
    "ann".clone_into(&mut bad[23].nick);
    let twice = [user("x", 1), user("y", 1), user("x", 1)];
    for _ in 0..3 {
        let error = bad.upsert_on(User::EMAIL).execute(&mut own).await;
        let error = error.expect_err("a key of another row");
        assert_eq!(error.rows(), [23], "{error}");
        assert_eq!(waiting(&mut own).await, 0);
        let error = twice.upsert_on(User::EMAIL).execute(&mut own).await;
        let error = error.expect_err("one key");
        assert_eq!(error.kind(), ErrorKind::DuplicateKeyInBatch);
        assert_eq!(error.rows(), [0, 2], "{error}");
        assert_eq!(waiting(&mut own).await, 0);
        written(&mut own, &[user("ann", 2)]).await;
    }
    let many = records(500, 1);
    // One is dropped after each of its messages.
    for messages in 1.. {
        let mut batch = Box::pin(many.upsert_on(User::EMAIL).execute(&mut own));
        let mut polls = 0;
        let done = poll_fn(|within| {
            polls += 1;
            match batch.as_mut().poll(within) {
                Poll::Pending if polls < messages => Poll::Pending,
                Poll::Pending => Poll::Ready(None),
                Poll::Ready(done) => Poll::Ready(Some(done)),
            }
        });
        let done = done.await;
        drop(batch);
        assert_eq!(waiting(&mut own).await, 0, "after {messages}");
        written(&mut own, &[user("ann", 3), user("bob", 1)]).await;
        if let Some(done) = done {
            assert_eq!(done.expect("an upsert"), 500);
            break;
        }
    }
}

/// Tables that are described at run time and written to once leave their staging tables behind.
pub(crate) async fn the_tables_of_many_tables_do_not_pile_up(site: Site) {
    let (_db, mut own) = connection(&site).await;
    for each in 0..300 {
        let table = dynamic::Table::new(format!("thing{each}"))
            .column(dynamic::column("key", "TEXT"))
            .column(dynamic::column("version", "BIGINT"))
            .primary_key(["key"])
            .build();
        let table = table.expect("a description");
        table.create(&mut own).await.expect("the table");
        let rows: Vec<Vec<dynamic::Value>> = (0..3)
            .map(|row| vec![row.to_string().into(), row.into()])
            .collect();
        for _ in 0..2 {
            let upsert = table
                .upsert_many(["key", "version"], &rows)
                .on_conflict(["key"]);
            let report = upsert.update_all().report(&mut own).await;
            assert_eq!(report.expect("an upsert").written(), 3);
        }
        assert!(tables(&mut own).await.len() <= 65, "{each}");
    }
    // Those that are written to again and again stay.
    written(&mut own, &records(30, 1)).await;
    let made = changes(&mut own).await;
    for version in 2..10 {
        written(&mut own, &records(30, version)).await;
    }
    assert_eq!(changes(&mut own).await, made);
}
