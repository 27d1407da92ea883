//! Writers that get into each other's way where nothing of a caller's is at stake: it is tried again.

use std::sync::atomic::{AtomicU32, Ordering};

use futures_core::future::BoxFuture;
use orm::prelude::*;
use orm::{Db, ErrorKind, dynamic};
use orm_tests::{Site, Wire};
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Postgres};
use tokio::task::JoinSet;

use crate::tables::{NewUser, User, database, user, users};

async fn run(on: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(on).await;
    done.expect("the statement runs");
}

fn pool(db: &Db) -> PgPool {
    db.postgres().expect("PostgreSQL").clone()
}

/// Until so many wait for a lock, at this site. Whoever asks is in no transaction, where the answer would
/// stay the same.
async fn until_waiting(site: &Site, db: &Db, many: i64) {
    let question = "SELECT count(*) FROM pg_stat_activity
                    WHERE application_name = $1 AND wait_event_type = 'Lock'";
    loop {
        let asked = sqlx::query_scalar(question).bind(site.schema());
        let waiting: i64 = asked.fetch_one(&pool(db)).await.expect("an answer");
        if waiting >= many {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// Three rows whose order by one key is the opposite of that by the other.
fn crossed(version: i64) -> [NewUser; 3] {
    let row = |email: &str, nick: &str| NewUser {
        nick: nick.to_owned(),
        ..user(email, version)
    };
    [row("a", "z"), row("b", "y"), row("c", "x")]
}

/// Two writers of the same rows who cannot but deadlock: each has the row that it comes to first, and both
/// wait for the one in the middle, which is then let go.
async fn deadlocked<F>(site: &Site, db: &Db, write: impl Fn(usize) -> F) -> [orm::Result<()>; 2]
where
    F: Future<Output = orm::Result<()>> + Send + 'static,
{
    let mut other = pool(db).acquire().await.expect("a connection");
    run(
        &mut other,
        "BEGIN; UPDATE users SET score = 1 WHERE email = 'b'",
    )
    .await;
    let [one, two] = [0, 1].map(|which| tokio::spawn(write(which)));
    until_waiting(site, db, 2).await;
    run(&mut other, "COMMIT").await;
    [one.await.expect("no panic"), two.await.expect("no panic")]
}

/// Writes the rows by one key or by the other.
async fn batch<'c, E: orm::Executor<'c, Backend = Postgres> + 'c>(
    records: &'c [NewUser],
    on: E,
    by: usize,
    terminal: usize,
) -> orm::Result<()> {
    let by_email = || {
        records
            .upsert()
            .on_conflict(User::EMAIL)
            .update(User::VERSION)
    };
    let by_nick = || {
        records
            .upsert()
            .on_conflict((User::TEAM, User::NICK))
            .update(User::VERSION)
    };
    match (by, terminal) {
        (0, 0) => by_email().execute(on).await.map(drop),
        (0, 1) => by_email().report(on).await.map(drop),
        (0, 2) => by_email().outcomes(on).await.map(drop),
        (0, _) => by_email().chunk_rows(1).fetch_all(on).await.map(drop),
        (_, 0) => by_nick().execute(on).await.map(drop),
        (_, 1) => by_nick().report(on).await.map(drop),
        (_, 2) => by_nick().outcomes(on).await.map(drop),
        (_, _) => by_nick().chunk_rows(1).fetch_all(on).await.map(drop),
    }
}

pub(crate) async fn batches_by_two_keys_are_run_until_they_go_through(site: Site) {
    let db = database(&site).await;
    let pool = pool(&db);
    crossed(1).insert().execute(&db).await.expect("the rows");
    for terminal in 0..4 {
        let done = deadlocked(&site, &db, |by| {
            let pool = pool.clone();
            async move { batch(&crossed(2), &pool, by, terminal).await }
        })
        .await;
        for each in done {
            each.unwrap_or_else(|error| panic!("{terminal}: {error:?}"));
        }
    }
    assert!(users(&db).await.iter().all(|row| row.version == 2));
}

pub(crate) async fn on_a_connection_of_the_callers_the_deadlock_is_given_back(site: Site) {
    let db = database(&site).await;
    let pool = pool(&db);
    crossed(1).insert().execute(&db).await.expect("the rows");
    let done = deadlocked(&site, &db, |by| {
        let pool = pool.clone();
        async move {
            let mut own = pool.acquire().await.expect("a connection");
            batch(&crossed(2), &mut *own, by, 0).await
        }
    })
    .await;
    let failed: Vec<_> = done.into_iter().filter_map(Result::err).collect();
    let [error] = &*failed else {
        panic!("one of the two is stopped: {failed:?}");
    };
    assert_eq!(error.kind(), ErrorKind::Deadlock, "{error}");
    assert!(error.is_transient() && !error.is_data(), "{error}");
}

pub(crate) async fn new_rows_on_any_conflict_go_through_beside_a_key(site: Site) {
    let db = database(&site).await;
    let mut tasks = JoinSet::new();
    for writer in 0..4 {
        let db = db.clone();
        tasks.spawn(async move {
            for round in 0..10 {
                let records: Vec<_> = (0..30)
                    .map(|each| NewUser {
                        nick: format!("{round} {}", 99 - each),
                        ..user(&format!("{round} {each}"), round)
                    })
                    .collect();
                if writer % 2 == 0 {
                    let any = records.upsert().on_any_conflict().do_nothing();
                    any.report(&db).await?;
                } else {
                    let by_nick = records.upsert().on_conflict((User::TEAM, User::NICK));
                    by_nick.update(User::VERSION).report(&db).await?;
                }
            }
            Ok::<_, orm::Error>(())
        });
    }
    for done in tasks.join_all().await {
        done.expect("it goes through in the end");
    }
    assert_eq!(users(&db).await.len(), 300);
}

/// A statement that PostgreSQL refuses as it refuses one that others got in the way of.
async fn conflict(tx: &orm::Tx, is_deadlock: bool) -> orm::Result<u64> {
    if is_deadlock {
        let sql = orm::sql!("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40P01'; END $$");
        sql.execute(tx).await
    } else {
        let sql = orm::sql!("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$");
        sql.execute(tx).await
    }
}

pub(crate) async fn a_transaction_bears_more_conflicts_than_ten(site: Site) {
    let db = database(&site).await;
    let runs = AtomicU32::new(0);
    orm::transaction(&db, async |tx| {
        user("ann", 1).insert().execute(&tx).await?;
        let run = runs.fetch_add(1, Ordering::SeqCst);
        if run < 11 {
            conflict(&tx, run.is_multiple_of(2)).await?;
        }
        Ok::<_, orm::Error>(())
    })
    .await
    .expect("the twelfth run is in nobody's way");
    assert_eq!(runs.load(Ordering::SeqCst), 12);
    assert_eq!(users(&db).await.len(), 1);
}

/// Two rows that are alike in all keys, written at once so that they meet on the key that is not the
/// target: the first is there with another value in the target when the second looks for it, and is given
/// its value while the second waits at the other key.
async fn meet<T: Send + 'static>(
    site: &Site,
    db: &Db,
    name: &str,
    write: impl FnOnce(Db) -> BoxFuture<'static, orm::Result<T>>,
) -> orm::Result<T> {
    let mut first = pool(db).acquire().await.expect("a connection");
    let insert = format!(
        "BEGIN; INSERT INTO users (email, team, nick, version) VALUES ('{name}', 1, 'not yet', 1)"
    );
    run(&mut first, &insert).await;
    let second = tokio::spawn(write(db.clone()));
    until_waiting(site, db, 1).await;
    let then = format!("UPDATE users SET nick = '{name}' WHERE email = '{name}'; COMMIT");
    run(&mut first, &then).await;
    second.await.expect("no panic")
}

/// Writes a record of this name by team and nick.
type Write = fn(&'static str, Db) -> BoxFuture<'static, orm::Result<()>>;

macro_rules! writes {
    ($(|$name:ident, $db:ident| $call:expr;)*) => {
        [$((stringify!($call), (|$name, $db| Box::pin(async move { $call.await.map(drop) })) as Write)),*]
    };
}

/// Everything that writes a record by its team and nick.
fn writes() -> [(&'static str, Write); 9] {
    writes! {
        |name, db| async {
            let record = user(name, 2);
            record.upsert_on((User::TEAM, User::NICK)).execute(&db).await
        };
        |name, db| async {
            let record = user(name, 2);
            record.upsert_on((User::TEAM, User::NICK)).fetch_one(&db).await
        };
        |name, db| async {
            let record = user(name, 2);
            let upsert = record.upsert_on((User::TEAM, User::NICK)).keep_newest(User::VERSION);
            upsert.fetch_optional(&db).await
        };
        |name, db| async {
            let record = user(name, 2);
            record.upsert_on((User::TEAM, User::NICK)).outcome(&db).await
        };
        |name, db| async {
            let record = user(name, 2);
            let upsert = record.upsert().on_conflict((User::TEAM, User::NICK));
            upsert.get_or_insert().fetch_one(&db).await
        };
        |name, db| async {
            let record = user(name, 2);
            let upsert = record.upsert().on_conflict((User::TEAM, User::NICK));
            upsert.do_nothing().execute(&db).await
        };
        |name, db| async {
            let records = [user(name, 2)];
            records.upsert_on((User::TEAM, User::NICK)).report(&db).await
        };
        |name, db| async {
            let records = [user(name, 2), user("zoe", 1)];
            records.upsert_on((User::TEAM, User::NICK)).outcomes(&db).await
        };
        |name, db| async {
            let table = described();
            let row = [
                ("email", dynamic::Value::from(name)),
                ("team", 1_i64.into()),
                ("nick", name.into()),
                ("version", 2_i64.into()),
            ];
            let upsert = table.upsert(row).on_conflict(["team", "nick"]).update(["version"]);
            upsert.execute(&db).await
        };
    }
}

fn described() -> dynamic::Table {
    dynamic::Table::new("users")
        .column(dynamic::column("email", "text"))
        .column(dynamic::column("team", "integer"))
        .column(dynamic::column("nick", "text"))
        .column(dynamic::column("version", "bigint"))
        .primary_key(["email"])
        .unique_key(dynamic::key(["team", "nick"]))
        .build()
        .expect("a description")
}

pub(crate) async fn another_key_that_was_taken_first_is_no_violation(site: Site) {
    let db = database(&site).await;
    for (say, write) in writes() {
        // Zoe comes last, so that a batch has to be written as a whole.
        let name = "ann";
        run(
            &mut pool(&db).acquire().await.expect("a connection"),
            "DELETE FROM users",
        )
        .await;
        let met = meet(&site, &db, name, |db| write(name, db)).await;
        met.unwrap_or_else(|error| panic!("{say}: {error:?}"));
        let row = User::find(User::EMAIL, name).fetch_one(&db).await;
        assert_eq!(row.expect("a row").nick, name, "{say}");
    }
}

pub(crate) async fn a_true_violation_comes_again(site: Site) {
    let wire = Wire::before(&site).await;
    database(&site).await;
    let db = orm::connect(wire.url()).await.expect("a database");
    user("ann", 1).insert().execute(&db).await.expect("a row");
    let record = NewUser {
        nick: "other".to_owned(),
        ..user("ann", 2)
    };
    let upsert = || record.upsert_on((User::TEAM, User::NICK));
    for terminal in 0..4 {
        wire.take();
        let done = match terminal {
            0 => upsert().execute(&db).await.map(drop),
            1 => upsert().fetch_one(&db).await.map(drop),
            2 => upsert().outcome(&db).await.map(drop),
            _ => record.insert().execute(&db).await.map(drop),
        };
        let error = done.expect_err("the address is taken");
        assert_eq!(error.kind(), ErrorKind::UniqueViolation, "{error}");
        assert!(error.is_data() && !error.is_transient(), "{error}");
        let sent = wire.statements();
        let sent = sent.iter().filter(|sql| sql.starts_with("INSERT")).count();
        // An insert without a target has no other key.
        assert_eq!(sent, if terminal == 3 { 1 } else { 2 });
    }
    // Within a transaction nothing is sent twice: it cannot go on.
    let error = orm::transaction(&db, async |tx| upsert().execute(&tx).await).await;
    let error = error.expect_err("the address is taken");
    assert_eq!(error.kind(), ErrorKind::UniqueViolation, "{error}");
}

pub(crate) async fn get_or_insert_bears_deletes(site: Site) {
    let db = database(&site).await;
    let mut tasks = JoinSet::new();
    for task in 0..4 {
        let db = db.clone();
        tasks.spawn(async move {
            for _ in 0..100 {
                if task % 2 == 0 {
                    let record = user("ann", 1);
                    let upsert = record.upsert().on_conflict(User::EMAIL);
                    upsert.get_or_insert().fetch_one(&db).await?;
                } else {
                    let delete = User::delete().filter(User::EMAIL.eq("ann"));
                    delete.execute(&db).await?;
                }
            }
            Ok::<_, orm::Error>(())
        });
    }
    for done in tasks.join_all().await {
        done.expect("a row is found or made each time");
    }
}
