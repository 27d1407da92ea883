//! What keeps sqlx's pools safe, and what happens when a call is dropped half way.

use std::task::Poll;

use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::{Site, Wire};
use sqlx::PgPool;

use crate::tables::{User, ann, database, user, users};

/// How often `begin` is cancelled. Of so many, sqlx alone loses a good part.
const ROUNDS: usize = 1_200;

/// Runs a future until it has had to wait so often, and then drops it. Whether it was done before.
async fn drop_after<F: Future>(future: F, waits: usize) -> bool {
    let mut future = Box::pin(future);
    let mut waited = 0;
    std::future::poll_fn(|context| {
        if future.as_mut().poll(context).is_ready() {
            return Poll::Ready(true);
        }
        waited += 1;
        if waited == waits {
            Poll::Ready(false)
        } else {
            Poll::Pending
        }
    })
    .await
}

/// How many of the writes are lost that follow a cancelled `begin`.
async fn lost(site: &Site, pool: PgPool, begin: impl AsyncFn(&Db, usize)) -> usize {
    let place = database(site).await;
    place.postgres().expect("PostgreSQL");
    let db = Db::from(pool.clone());
    let before = users(&place).await.len();
    for round in 0..ROUNDS {
        // Dropped at each place where it waits: for the pool, and for the server.
        begin(&db, 1 + round % 4).await;
        let name = format!("user {before} {round}");
        let inserted = user(&name, 1).insert().execute(&db).await;
        assert_eq!(inserted.expect("an insert"), 1);
    }
    pool.close().await;
    before + ROUNDS - users(&place).await.len()
}

pub(crate) async fn sqlx_alone_loses_writes_after_a_cancelled_begin(site: Site) {
    let options = sqlx::postgres::PgPoolOptions::new().max_connections(1);
    let pool = options.connect(site.url()).await.expect("a pool");
    let lost = lost(&site, pool, async |db, waits| {
        let pool = db.postgres().expect("PostgreSQL");
        drop_after(pool.begin(), waits).await;
    })
    .await;
    assert!(lost > 0, "it is cured: what cures it here can go");
}

pub(crate) async fn a_cancelled_begin_loses_none_of_1200_writes(site: Site) {
    // One connection, so that whoever comes next gets the one that was left.
    let pool = || async {
        let options = orm::pool_options().max_connections(1);
        options.connect(site.url()).await.expect("a pool")
    };
    let by_sqlx = lost(&site, pool().await, async |db, waits| {
        let pool = db.postgres().expect("PostgreSQL");
        drop_after(pool.begin(), waits).await;
    });
    assert_eq!(by_sqlx.await, 0);
    let bare = sqlx::postgres::PgPoolOptions::new().max_connections(1);
    let bare = bare.connect(site.url()).await.expect("a pool");
    // Ours runs where nobody cancels it, so that it is safe on any pool.
    let by_us = lost(&site, bare, async |db, waits| {
        let transaction = orm::transaction(db, async |_| Ok::<_, orm::Error>(()));
        drop_after(transaction, waits).await;
    });
    assert_eq!(by_us.await, 0);
}

/// Runs a call again and again, dropped after one wait more each time, until it is done. After each, what
/// is written on the same pool is there for everybody.
async fn dropped_everywhere(site: &Site, say: &str, call: impl AsyncFn(&Db)) {
    let fresh = orm::connect(site.url()).await.expect("a pool");
    let db = orm::connect(site.url()).await.expect("a pool");
    let mut waits = 1;
    loop {
        let done = drop_after(call(&db), waits).await;
        let probe = format!("{say} {waits}");
        // More than one, so that the connection that was left is among those that are used.
        for part in 0..3 {
            let record = user(&format!("{probe} {part}"), 1);
            let written = record.insert().execute(&db).await;
            assert_eq!(written.expect("the pool is clean"), 1, "{probe}");
            let found = User::find(User::EMAIL, &record.email);
            let found = found.fetch_optional(&fresh).await.expect("a look-up");
            assert!(found.is_some(), "{probe}: it was written and is gone");
        }
        if let Some(pool) = fresh.postgres() {
            until_none_is_open(site, pool).await;
        }
        if done {
            return;
        }
        waits += 1;
        assert!(waits < 1_000, "{say} never ends");
    }
}

/// A transaction that was left open would stay so for ever, and the watch over the test would end it.
async fn until_none_is_open(site: &Site, pool: &PgPool) {
    let question = "SELECT count(*) FROM pg_stat_activity
                    WHERE application_name = $1 AND state LIKE 'idle in transaction%'";
    loop {
        let open: i64 = sqlx::query_scalar(question)
            .bind(site.schema())
            .fetch_one(pool)
            .await
            .expect("an answer");
        if open == 0 {
            return;
        }
        tokio::task::yield_now().await;
    }
}

pub(crate) async fn a_dropped_call_leaves_a_clean_pool(site: Site) {
    let db = database(&site).await;
    ann(&db).await;
    dropped_everywhere(&site, "fetch_one", async |db| {
        let record = user("ann", 2);
        drop(record.upsert_on(User::EMAIL).fetch_one(db).await);
    })
    .await;
    dropped_everywhere(&site, "outcome", async |db| {
        let record = user("ann", 2);
        drop(record.upsert_on(User::EMAIL).outcome(db).await);
    })
    .await;
    dropped_everywhere(&site, "transaction", async |db| {
        let body = async |tx: orm::Tx| {
            user("ann", 3).upsert_on(User::EMAIL).execute(&tx).await?;
            User::find(User::EMAIL, "ann").fetch_one(&tx).await
        };
        drop(orm::transaction(db, body).await);
    })
    .await;
    dropped_everywhere(&site, "batch", async |db| {
        let records: Vec<_> = (0..30).map(|each| user(&format!("b{each}"), 1)).collect();
        let upsert = records.upsert_on(User::EMAIL).chunk_rows(10);
        drop(upsert.outcomes(db).await);
    })
    .await;
}

pub(crate) async fn a_file_is_made_with_its_rails(site: Site) {
    let other = site.url().replace("test.db", "another.db");
    assert_ne!(other, site.url());
    let db = orm::connect(&other).await.expect("a file is made");
    let pool = db.sqlite().expect("SQLite");
    let path = other.trim_start_matches("sqlite://").to_owned();
    assert!(std::path::Path::new(&path).exists());
    let number = async |sql: &'static str| -> i64 {
        sqlx::query_scalar(sql)
            .fetch_one(pool)
            .await
            .expect("an answer")
    };
    assert_eq!(number("PRAGMA foreign_keys").await, 1);
    assert_eq!(number("PRAGMA busy_timeout").await, 5_000);
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(pool)
        .await
        .expect("an answer");
    assert_eq!(journal, "wal");
}

pub(crate) async fn a_batch_dropped_in_our_transaction_takes_it_along(site: Site) {
    let place = database(&site).await;
    let pool = orm::pool_options().max_connections(1);
    let db = Db::from(pool.connect(site.url()).await.expect("a pool"));
    let records: Vec<_> = (0..30).map(|each| user(&format!("b{each}"), 1)).collect();
    for waits in 1..12 {
        let ended = orm::transaction(&db, async |tx| {
            let upsert = records.upsert_on(User::EMAIL).carrier(Carrier::Copy);
            let done = drop_after(upsert.execute(&tx), waits).await;
            Ok::<_, orm::Error>(done)
        });
        match ended.await {
            Ok(done) => assert!(done, "{waits}: it was not, and was kept"),
            Err(error) => assert_eq!(error.kind(), ErrorKind::Transaction, "{error:?}"),
        }
        let record = user(&format!("after {waits}"), 1);
        let written = record.insert().execute(&db).await;
        assert_eq!(written.expect("the pool is clean"), 1, "{waits}");
        let found = User::find(User::EMAIL, &record.email).fetch_one(&place);
        assert_eq!(found.await.expect("it is there").email, record.email);
    }
}

/// A condition with so many values, not deep.
fn one_of(ids: &[i64]) -> orm::Filter<User> {
    match ids {
        [] => User::ID.eq(0),
        [id] => User::ID.eq(*id),
        _ => {
            let (left, right) = ids.split_at(ids.len() / 2);
            one_of(left).or(one_of(right))
        }
    }
}

fn assert_too_many(error: &orm::Error, limit: &str) {
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error:?}");
    let said = error.to_string();
    assert!(said.contains(limit) && said.contains("70000"), "{said}");
    assert_eq!(error.table(), Some("users"));
}

pub(crate) async fn more_values_than_a_statement_takes_are_refused(site: Site) {
    let db = database(&site).await;
    let ids: Vec<i64> = (0..70_000).collect();
    let error = User::select().filter(one_of(&ids)).fetch_all(&db).await;
    let limit = match db.postgres() {
        Some(_) => "65535",
        None => "32766",
    };
    assert_too_many(&error.expect_err("they are too many"), limit);
}

pub(crate) async fn what_is_refused_for_its_size_is_not_sent(site: Site) {
    database(&site).await;
    let wire = Wire::before(&site).await;
    let db = orm::connect(wire.url()).await.expect("a database");
    wire.take();
    let ids: Vec<i64> = (0..70_000).collect();
    let error = User::select().filter(one_of(&ids)).fetch_all(&db).await;
    assert_too_many(&error.expect_err("they are too many"), "65535");
    assert_eq!(wire.take(), []);
}

pub(crate) async fn a_single_statement_is_all_that_is_said(site: Site) {
    let place = database(&site).await;
    ann(&place).await;
    let wire = Wire::before(&site).await;
    // One connection, so that whoever comes next waits until it has come back.
    let pool = orm::pool_options().max_connections(1);
    let db = Db::from(pool.connect(wire.url()).await.expect("a pool"));
    wire.take();
    for _ in 0..3 {
        let found = User::find(User::EMAIL, "ann").fetch_optional(&db).await;
        assert!(found.expect("a look-up").is_some());
    }
    let said = wire.statements();
    assert_eq!(said.len(), 3, "{said:?}");
}

pub(crate) async fn what_sql_of_the_callers_has_opened_is_ended(site: Site) {
    let place = database(&site).await;
    let pool = orm::pool_options().max_connections(1);
    let db = Db::from(pool.connect(site.url()).await.expect("a pool"));
    for round in 0..3 {
        let begun = orm::sql!("BEGIN").execute(&db).await;
        begun.expect("a transaction");
        let record = user(&format!("user {round}"), 1);
        record.insert().execute(&db).await.expect("an insert");
        assert_eq!(users(&place).await.len(), 1 + round);
    }
}

pub(crate) async fn a_connection_that_died_is_replaced(site: Site) {
    let place = database(&site).await;
    ann(&place).await;
    let wire = Wire::before(&site).await;
    let pool = orm::pool_options().max_connections(1);
    let db = Db::from(pool.connect(wire.url()).await.expect("a pool"));
    let find = || User::find(User::EMAIL, "ann").fetch_one(&db);
    let pool = db.postgres().expect("it is PostgreSQL");
    for _ in 0..3 {
        find().await.expect("it is found");
        // It dies when it has come back, and not on its way.
        while pool.num_idle() == 0 {
            tokio::task::yield_now().await;
        }
        wire.cut();
        // Whoever comes next is told, unless that takes half a second.
        if let Err(error) = find().await {
            assert_eq!(error.kind(), ErrorKind::Connection);
        }
        find().await.expect("another connection");
    }
}
