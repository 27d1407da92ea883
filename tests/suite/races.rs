//! Writers that meet, on connections of their own.

use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::{Backend, Site};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use tokio::task::{JoinHandle, JoinSet};

use crate::tables::{NewUser, User, database, user, users};

/// The row as a writer left it that has not committed yet.
type Open = Transaction<'static, Postgres>;

fn pool(db: &Db) -> PgPool {
    db.postgres().expect("PostgreSQL").clone()
}

async fn begin(db: &Db) -> Open {
    pool(db).begin().await.expect("a transaction")
}

/// Writes the record on a connection, with `keep_newest`.
async fn write(connection: &mut PgConnection, version: i64) -> Outcome<User> {
    let record = user("ann", version);
    let upsert = record.upsert().on_conflict(User::EMAIL).update_all();
    let upsert = upsert.keep_newest(User::VERSION);
    upsert.outcome(connection).await.expect("an upsert")
}

/// The same in a task, which is given back once it waits for somebody.
async fn waiting(site: &Site, db: &Db, version: i64) -> JoinHandle<Outcome<User>> {
    let mut connection = pool(db).acquire().await.expect("a connection");
    let task = tokio::spawn(async move { write(&mut connection, version).await });
    until_one_waits(site, db).await;
    task
}

async fn until_one_waits(site: &Site, db: &Db) {
    let question = "SELECT count(*) FROM pg_stat_activity
                    WHERE application_name = $1 AND wait_event_type = 'Lock'";
    loop {
        let waiting: i64 = sqlx::query_scalar(question)
            .bind(site.schema())
            .fetch_one(&pool(db))
            .await
            .expect("an answer");
        if waiting > 0 {
            return;
        }
        tokio::task::yield_now().await;
    }
}

fn what(outcome: &Outcome<User>) -> (&'static str, i64) {
    match outcome {
        Outcome::Inserted(row) => ("inserted", row.version),
        Outcome::Updated(row) => ("updated", row.version),
        Outcome::Skipped => ("skipped", 0),
    }
}

/// The first has written and not committed when the second comes; then it commits, or does not.
async fn meet(
    site: &Site,
    stored: Option<i64>,
    first: i64,
    second: i64,
    commits: bool,
) -> ((&'static str, i64), i64) {
    let place = site.another().await;
    let db = database(&place).await;
    if let Some(version) = stored {
        let record = user("ann", version);
        record.insert().execute(&db).await.expect("an insert");
    }
    let mut open = begin(&db).await;
    write(&mut open, first).await;
    let task = waiting(&place, &db, second).await;
    if commits {
        open.commit().await.expect("a commit");
    } else {
        open.rollback().await.expect("a rollback");
    }
    let outcome = task.await.expect("no panic");
    let rows = users(&db).await;
    assert_eq!(rows.len(), 1);
    (what(&outcome), rows[0].version)
}

pub(crate) async fn the_newest_of_two_writers_wins_in_either_order(site: Site) {
    // Two updates of a row.
    assert_eq!(meet(&site, Some(1), 2, 3, true).await, (("updated", 3), 3));
    assert_eq!(meet(&site, Some(1), 3, 2, true).await, (("skipped", 0), 3));
    // What was rolled back was never there.
    assert_eq!(meet(&site, Some(1), 3, 2, false).await, (("updated", 2), 2));
    // Two inserts of a key.
    assert_eq!(meet(&site, None, 2, 3, true).await, (("updated", 3), 3));
    assert_eq!(meet(&site, None, 3, 2, true).await, (("skipped", 0), 3));
    assert_eq!(meet(&site, None, 3, 2, false).await, (("inserted", 2), 2));
}

pub(crate) async fn an_upsert_that_waited_for_a_delete_inserts(site: Site) {
    for commits in [true, false] {
        let place = site.another().await;
        let db = database(&place).await;
        user("ann", 1).insert().execute(&db).await.expect("a row");
        let mut open = begin(&db).await;
        sqlx::query("DELETE FROM users")
            .execute(&mut *open)
            .await
            .expect("a delete");
        let task = waiting(&place, &db, 2).await;
        let expected = if commits {
            open.commit().await.expect("a commit");
            ("inserted", 2)
        } else {
            open.rollback().await.expect("a rollback");
            ("updated", 2)
        };
        assert_eq!(what(&task.await.expect("no panic")), expected);
    }
}

/// How many rows of this address were deleted.
async fn delete(db: &Db) -> u64 {
    let sql = "DELETE FROM users WHERE email = 'ann'";
    let deleted = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::query(sql)
            .execute(pool)
            .await
            .map(|done| done.rows_affected()),
        (None, Some(pool)) => sqlx::query(sql)
            .execute(pool)
            .await
            .map(|done| done.rows_affected()),
        (None, None) => unreachable!("a database is one of the two"),
    };
    deleted.expect("a delete")
}

pub(crate) async fn what_was_inserted_and_deleted_adds_up(site: Site) {
    let db = database(&site).await;
    let mut tasks = JoinSet::new();
    for task in 0..8 {
        let db = db.clone();
        tasks.spawn(async move {
            let mut rows = 0_i64;
            for round in 0..15 {
                if task % 2 == 0 {
                    // Alike in the key that is named, and in no other.
                    let record = NewUser {
                        nick: format!("{task}"),
                        ..user("ann", round)
                    };
                    let outcome = record.upsert_on(User::EMAIL).outcome(&db).await;
                    let outcome = outcome.expect("an upsert");
                    rows += i64::from(matches!(outcome, Written::Inserted(_)));
                } else {
                    rows -= i64::try_from(delete(&db).await).expect("few rows");
                }
            }
            rows
        });
    }
    let rows: i64 = tasks.join_all().await.into_iter().sum();
    assert_eq!(
        rows,
        i64::try_from(users(&db).await.len()).expect("few rows")
    );
}

pub(crate) async fn one_of_many_writers_has_inserted(site: Site) {
    let db = database(&site).await;
    for round in 0..5 {
        let mut tasks = JoinSet::new();
        for version in 0..16 {
            let db = db.clone();
            tasks.spawn(async move {
                let record = NewUser {
                    nick: format!("{round} {version}"),
                    ..user(&format!("user {round}"), version)
                };
                let upsert = record.upsert().on_conflict(User::EMAIL).update_all();
                let upsert = upsert.keep_newest(User::VERSION);
                what(&upsert.outcome(&db).await.expect("an upsert")).0
            });
        }
        let outcomes = tasks.join_all().await;
        let inserted = outcomes.iter().filter(|outcome| **outcome == "inserted");
        assert_eq!(inserted.count(), 1, "{outcomes:?}");
        let name = format!("user {round}");
        let row = User::find(User::EMAIL, &name).fetch_one(&db).await;
        assert_eq!(row.expect("a row").version, 15);
    }
}

/// Where the statement cannot tell, three do.
#[derive(Table, Debug, Clone)]
#[table(partitioned)]
struct Lot {
    #[column(primary_key)]
    id: i64,
    version: i64,
}

pub(crate) async fn one_of_many_writers_has_inserted_into_a_partition(site: Site) {
    let db = database(&site).await;
    let made = "CREATE TABLE lots (id bigint PRIMARY KEY, version bigint NOT NULL) PARTITION BY RANGE (id);
                CREATE TABLE lots_low PARTITION OF lots FOR VALUES FROM (0) TO (100)";
    sqlx::raw_sql(made)
        .execute(&pool(&db))
        .await
        .expect("the tables");
    let mut tasks = JoinSet::new();
    for version in 0..16 {
        let db = db.clone();
        tasks.spawn(async move {
            let record = Lot { id: 1, version };
            let outcome = record
                .upsert()
                .on_primary_key()
                .update_all()
                .outcome(&db)
                .await;
            matches!(outcome.expect("an upsert"), Written::Inserted(_))
        });
    }
    let inserted = tasks.join_all().await.into_iter().filter(|each| *each);
    assert_eq!(inserted.count(), 1);
}

/// Parents 1 and 2 with their children, and a connection that does not wait long for locks.
async fn family(site: &Site) -> Db {
    let options: sqlx::postgres::PgConnectOptions = site.url().parse().expect("an address");
    let options = options.options([("lock_timeout", "500ms")]);
    let pool = orm::pool_options().connect_with(options).await;
    let pool = pool.expect("a pool");
    let made = "CREATE TABLE parents (id bigint PRIMARY KEY, name text NOT NULL UNIQUE, version bigint NOT NULL);
                CREATE TABLE children (parent bigint NOT NULL REFERENCES parents);
                INSERT INTO parents VALUES (1, 'one', 1), (2, 'two', 1)";
    sqlx::raw_sql(made)
        .execute(&pool)
        .await
        .expect("the tables");
    Db::from(pool)
}

#[derive(Table, Debug, Clone)]
#[table(name = "parents")]
struct Parent {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    name: String,
    version: i64,
}

const PARENT: [(i64, &str); 2] = [(1, "one"), (2, "two")];

async fn upsert_parent(connection: &mut PgConnection, which: usize) -> orm::Result<u64> {
    let (id, name) = PARENT[which];
    let record = Parent {
        id,
        name: name.to_owned(),
        version: 2,
    };
    record.upsert_on(Parent::NAME).execute(connection).await
}

async fn insert_child(connection: &mut PgConnection, which: usize) {
    sqlx::query("INSERT INTO children VALUES ($1)")
        .bind(PARENT[which].0)
        .execute(connection)
        .await
        .expect("a child");
}

pub(crate) async fn a_parent_does_not_wait_for_its_children(site: Site) {
    let db = family(&site).await;
    let mut child = begin(&db).await;
    insert_child(&mut child, 0).await;
    let mut other = pool(&db).acquire().await.expect("a connection");
    let written = upsert_parent(&mut other, 0).await;
    assert_eq!(written.expect("nobody is in the way"), 1);

    // A statement that sets the key to what it is does wait.
    let by_hand = "INSERT INTO parents VALUES (1, 'one', 3) ON CONFLICT (name)
                   DO UPDATE SET id = excluded.id, version = excluded.version";
    let error = sqlx::query(by_hand).execute(&mut *other).await;
    let error = error.expect_err("it waits for the child");
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    assert_eq!(code.as_deref(), Some("55P03"));
}

pub(crate) async fn parents_upserted_crosswise_do_not_deadlock(site: Site) {
    let db = family(&site).await;
    let (mut left, mut right) = (begin(&db).await, begin(&db).await);
    insert_child(&mut left, 0).await;
    insert_child(&mut right, 1).await;
    let (one, two) = tokio::join!(upsert_parent(&mut left, 1), upsert_parent(&mut right, 0));
    assert_eq!(
        (one.expect("no deadlock"), two.expect("no deadlock")),
        (1, 1)
    );
    left.commit().await.expect("a commit");
    right.commit().await.expect("a commit");
}

/// What one terminal says of a key that was written after the transaction's snapshot was taken.
async fn after_the_snapshot(site: &Site, isolation: &str, which: usize) -> orm::Error {
    let place = site.another().await;
    let db = database(&place).await;
    let mut tx = begin(&db).await;
    let set = format!("SET TRANSACTION ISOLATION LEVEL {isolation}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(set))
        .execute(&mut *tx)
        .await
        .expect("a level");
    let before = User::find(User::EMAIL, "ann")
        .fetch_optional(&mut *tx)
        .await;
    assert_eq!(before.expect("a look-up"), None);
    user("ann", 1).insert().execute(&db).await.expect("a row");

    let record = user("ann", 2);
    let upsert = record.upsert().on_conflict(User::EMAIL);
    let said = match which {
        0 => upsert.update_all().execute(&mut *tx).await.map(drop),
        1 => upsert.update_all().outcome(&mut *tx).await.map(drop),
        2 => upsert.do_nothing().execute(&mut *tx).await.map(drop),
        3 => upsert.get_or_insert().fetch_one(&mut *tx).await.map(drop),
        _ => [record]
            .upsert_on(User::EMAIL)
            .report(&mut *tx)
            .await
            .map(drop),
    };
    said.expect_err("the row is not in the snapshot")
}

pub(crate) async fn a_row_behind_the_snapshot_is_a_serialization_failure(site: Site) {
    for isolation in ["REPEATABLE READ", "SERIALIZABLE"] {
        for which in 0..5 {
            let error = after_the_snapshot(&site, isolation, which).await;
            let say = format!("{isolation}, {which}: {error:?}");
            assert_eq!(error.kind(), ErrorKind::Serialization, "{say}");
            assert!(error.is_transient() && !error.is_data(), "{say}");
        }
    }
}

pub(crate) async fn a_serializable_transaction_runs_again(site: Site) {
    database(&site).await;
    let options: sqlx::postgres::PgConnectOptions = site.url().parse().expect("an address");
    let options = options.options([("default_transaction_isolation", "serializable")]);
    let pool = orm::pool_options().connect_with(options).await;
    let db = Db::from(pool.expect("a pool"));
    // Each adds one to what it has read.
    let mut tasks = JoinSet::new();
    for _ in 0..4 {
        let db = db.clone();
        tasks.spawn(async move {
            let add = async |tx: orm::Tx| {
                let found = User::find(User::EMAIL, "ann").fetch_optional(&tx).await?;
                let version = found.map_or(0, |row| row.version) + 1;
                let record = NewUser {
                    score: Some(version),
                    ..user("ann", version)
                };
                record.upsert_on(User::EMAIL).execute(&tx).await
            };
            orm::transaction(&db, add).await
        });
    }
    for done in tasks.join_all().await {
        done.expect("it goes through in the end");
    }
    assert_eq!(users(&db).await[0].version, 4);
}

pub(crate) async fn a_second_writer_of_a_file_is_busy(site: Site) {
    assert_eq!(site.backend(), Backend::Sqlite);
    let db = database(&site).await;
    let options: sqlx::sqlite::SqliteConnectOptions = site.url().parse().expect("an address");
    let options = options.busy_timeout(std::time::Duration::from_millis(20));
    let hasty = sqlx::SqlitePool::connect_with(options)
        .await
        .expect("a pool");
    let record = user("ann", 1);
    let upsert = || record.upsert_on(User::EMAIL);

    // While somebody writes.
    orm::transaction(&db, async |tx| {
        user("bob", 1).insert().execute(&tx).await?;
        for error in [
            upsert().execute(&hasty).await.expect_err("it is locked"),
            upsert().outcome(&hasty).await.expect_err("it is locked"),
            [record.clone()]
                .upsert_on(User::EMAIL)
                .report(&hasty)
                .await
                .expect_err("it is locked"),
        ] {
            assert_eq!(error.kind(), ErrorKind::Busy, "{error:?}");
            assert!(error.is_transient() && !error.is_data());
        }
        Ok::<_, orm::Error>(())
    })
    .await
    .expect("a transaction");

    // In a transaction that has read before somebody else wrote, no patience helps.
    let mut deferred = hasty.begin().await.expect("a transaction");
    User::select().count(&mut *deferred).await.expect("a count");
    user("cid", 1).insert().execute(&db).await.expect("a row");
    let error = upsert()
        .outcome(&mut *deferred)
        .await
        .expect_err("it has an old snapshot");
    assert_eq!(
        (error.kind(), error.code().as_deref()),
        (ErrorKind::Serialization, Some("517"))
    );
    // The whole transaction, and not the statement alone.
    assert!(error.is_transient());
    deferred.rollback().await.expect("a rollback");

    // An outcome as the first of it writes before it reads, and keeps others out from then on.
    upsert().execute(&db).await.expect("a row");
    let mut deferred = hasty.begin().await.expect("a transaction");
    let outcome = upsert().outcome(&mut *deferred).await.expect("an upsert");
    assert!(matches!(outcome, Written::Updated(_)));
    let error = upsert().execute(&hasty).await.expect_err("it is locked");
    assert_eq!(error.kind(), ErrorKind::Busy, "{error:?}");
    upsert().outcome(&mut *deferred).await.expect("an upsert");
    deferred.commit().await.expect("a commit");
}
