//! Whatever is killed in the middle of a batch, nothing of it is left.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use orm::ErrorKind;
use orm::prelude::*;
use orm_tests::Site;
use orm_tests::postgres::Server;
use sqlx::{Connection as _, PgConnection, PgPool};

use super::{connect, run};

#[derive(Table, Debug, Clone, PartialEq)]
struct Load {
    #[column(primary_key)]
    id: i64,
    value: i64,
}

fn loads(many: i64, value: i64) -> Vec<Load> {
    (0..many).map(|id| Load { id, value }).collect()
}

/// A server with the table, and ten rows in it.
async fn loaded(site: &Site) -> (Arc<Server>, PgPool) {
    let server = Arc::new(site.own_server());
    let pool = orm::pool_options()
        .max_connections(1)
        .connect(&server.url())
        .await;
    let pool = pool.expect("the server can be reached");
    orm::create_tables!(&pool, Load).await.expect("the table");
    let rows = loads(10, 1);
    rows.as_slice()
        .insert()
        .execute(&pool)
        .await
        .expect("an insert");
    // What is written lazily is lost in a crash; that is not what is tested here.
    sqlx::query("CHECKPOINT")
        .execute(&pool)
        .await
        .expect("a checkpoint");
    (server, pool)
}

/// Once the server answers: the rows are those of before, and nothing is locked or staged.
async fn nothing_is_left(server: &Server) {
    let mut connection = connection(server).await;
    let rows = Load::select()
        .order_by(Load::ID)
        .fetch_all(&mut connection)
        .await;
    assert_eq!(rows.expect("rows"), loads(10, 1));
    let tables = "SELECT count(*) FROM pg_class WHERE relname LIKE 'orm%'";
    let staged: i64 = sqlx::query_scalar(tables)
        .fetch_one(&mut connection)
        .await
        .expect("a count");
    assert_eq!(staged, 0, "a staging table is left");
    let rows = loads(10, 3);
    let written = rows
        .upsert()
        .on_primary_key()
        .update_all()
        .execute(&mut connection)
        .await;
    assert_eq!(written.expect("nothing is locked"), 10);
}

/// A connection as soon as the server, which may be recovering, gives one.
async fn connection(server: &Server) -> PgConnection {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
    loop {
        match PgConnection::connect(&server.url()).await {
            Ok(connection) => return connection,
            Err(error) if tokio::time::Instant::now() > deadline => panic!("no answer: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Runs a batch of 20,000 and breaks something when half of it is on its way.
async fn broken_half_way(pool: &PgPool, carrier: Carrier, break_it: impl Fn() + Send + Sync) {
    let batch = loads(20_000, 2);
    let upsert = batch.upsert().on_primary_key().update_all();
    let upsert = upsert
        .carrier(carrier)
        .chunk_rows(1_000)
        .on_progress(|done, all| {
            if done == all / 2 {
                break_it();
            }
        });
    let error = upsert.report(pool).await.expect_err("it is broken");
    assert_eq!(error.kind(), ErrorKind::Connection, "{carrier:?}: {error}");
}

pub(crate) async fn a_killed_backend_leaves_nothing_of_a_batch(site: Site) {
    let (server, pool) = loaded(&site).await;
    let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()")
        .fetch_one(&pool)
        .await
        .expect("a number");
    broken_half_way(&pool, Carrier::Copy, || {
        server.kill_backend(pid).expect("the process ends");
    })
    .await;
    nothing_is_left(&server).await;
    let rows = loads(10, 4);
    let written = rows
        .upsert()
        .on_primary_key()
        .update_all()
        .execute(&pool)
        .await;
    assert_eq!(written.expect("the pool has a new connection"), 10);
}

pub(crate) async fn a_killed_server_leaves_nothing_of_a_batch(site: Site) {
    let (server, pool) = loaded(&site).await;
    broken_half_way(&pool, Carrier::Arrays, || {
        server.kill_all().expect("the server ends");
    })
    .await;
    server.start().expect("the server starts again");
    nothing_is_left(&server).await;
}

/// Not while records are staged, but while the rows are written: a row at the end of the order is locked.
pub(crate) async fn a_backend_killed_while_it_writes_leaves_nothing(site: Site) {
    let (server, pool) = loaded(&site).await;
    let mut other = connection(&server).await;
    let mut lock = other.begin().await.expect("a transaction");
    let last = "SELECT value FROM loads WHERE id = 9 FOR UPDATE";
    sqlx::query(last)
        .execute(&mut *lock)
        .await
        .expect("the lock");
    let writing = tokio::spawn(async move {
        let batch = loads(5_000, 2);
        batch
            .upsert()
            .on_primary_key()
            .update_all()
            .execute(&pool)
            .await
    });
    let blocked =
        "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT%'";
    let mut third = connection(&server).await;
    let pid = loop {
        let pid: Option<i32> = sqlx::query_scalar(blocked)
            .fetch_optional(&mut third)
            .await
            .expect("an answer");
        match pid {
            Some(pid) => break pid,
            None => tokio::task::yield_now().await,
        }
    };
    server.kill_backend(pid).expect("the process ends");
    let error = writing.await.expect("no panic").expect_err("it is killed");
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
    drop(lock);
    nothing_is_left(&server).await;
}

/// Starts a process that loads rows, and kills it when half of a batch is on its way.
fn killed_half_way(url: &str) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_load"))
        .args([url, "20000"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program `load` starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output is ours"))
        .read_line(&mut line)
        .expect("a line");
    assert_eq!(line, "half\n");
    // With `kill -9`.
    child.kill().expect("the process can be killed");
    child.wait().expect("the process has ended");
}

pub(crate) async fn a_killed_client_leaves_nothing_of_a_batch(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Load).await.expect("the table");
    let rows = loads(10, 1);
    rows.as_slice()
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let url = site.url().to_owned();
    tokio::task::spawn_blocking(move || killed_half_way(&url))
        .await
        .expect("it is killed");
    if let Some(pool) = db.postgres() {
        // The server sees the end of the client by itself.
        let mine = "SELECT count(*) FROM pg_locks JOIN pg_class ON pg_class.oid = relation
                    WHERE relname IN ('loads', ' orm staged') AND pid <> pg_backend_pid()";
        let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
        loop {
            let locks: i64 = sqlx::query_scalar(mine)
                .fetch_one(pool)
                .await
                .expect("a count");
            if locks == 0 {
                break;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "the server goes on without it"
            );
        }
    }
    let stored = Load::select().order_by(Load::ID).fetch_all(&db).await;
    assert_eq!(stored.expect("rows"), loads(10, 1));
    if db.sqlite().is_some() {
        run(&db, "PRAGMA integrity_check").await;
    }
    let rows = loads(20, 3);
    let report = rows
        .upsert()
        .on_primary_key()
        .update_all()
        .report(&db)
        .await;
    let report = report.expect("nothing is locked");
    assert_eq!((report.inserted, report.updated), (10, 10));
}
