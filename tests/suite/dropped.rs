//! Futures that are dropped half way: nothing that was acknowledged is lost, and nothing half stays, whatever
//! they ran on.

use std::task::Poll;

use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::{Backend, Site};
use sqlx::{Connection as _, Executor as _, PgConnection, SqliteConnection};

#[derive(Table, Debug, Clone, PartialEq)]
pub(crate) struct Item {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) name: String,
}

/// Has no system columns, so that an outcome takes several statements before PostgreSQL 18.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(partitioned)]
pub(crate) struct Part {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) name: String,
}

#[derive(Table, Debug)]
pub(crate) struct Extra {
    #[column(primary_key)]
    pub(crate) id: i64,
}

/// What is dropped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Call {
    Batch,
    Outcome,
    Create,
    Verify,
}

pub(crate) const CALLS: [Call; 4] = [Call::Batch, Call::Outcome, Call::Create, Call::Verify];

/// How many rows a batch has, all of them staged.
pub(crate) const MANY: i64 = 24;

pub(crate) fn item(id: i64) -> Item {
    Item {
        id,
        name: format!("name {id}"),
    }
}

pub(crate) fn part(id: i64) -> Part {
    Part {
        id,
        name: format!("name {id}"),
    }
}

/// Runs a call on anything that statements run on; the rows of it are numbered from `$first`.
macro_rules! run {
    ($call:expr, $first:expr, $on:expr) => {
        match $call {
            Call::Batch => {
                let batch: Vec<_> = ($first..$first + MANY).map(item).collect();
                let upsert = batch.upsert_on(Item::ID).chunk_rows(7);
                upsert.outcomes($on).await.map(drop)
            }
            Call::Outcome => {
                let one = part($first);
                let upsert = one.upsert().on_primary_key().update_all();
                upsert.outcome($on).await.map(drop)
            }
            Call::Create => orm::create_tables!($on, Extra, Item).await,
            Call::Verify => orm::verify!($on, Item).await,
        }
    };
}

pub(crate) use run;

/// Polls a future so often, and then drops it. Whether it was done before.
pub(crate) async fn polled<F: Future>(future: F, times: usize) -> bool {
    let mut future = Box::pin(future);
    let mut left = times;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(true),
            Poll::Pending if left == 0 => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// A database with the tables, to look at it from outside.
pub(crate) async fn place(site: &Site) -> Db {
    let db = orm::connect(site.url()).await.expect("the site");
    let parts = match site.backend() {
        Backend::Sqlite => "",
        Backend::Postgres(_) => "PARTITION BY RANGE (id)",
    };
    let made = format!(
        "CREATE TABLE items (id bigint PRIMARY KEY, name text NOT NULL);
         CREATE TABLE parts (id bigint PRIMARY KEY, name text NOT NULL) {parts};"
    );
    let made = match site.backend() {
        Backend::Sqlite => made,
        Backend::Postgres(_) => made + "CREATE TABLE parts_all PARTITION OF parts DEFAULT;",
    };
    raw(&db, &made).await;
    db
}

pub(crate) async fn raw(db: &Db, sql: &str) {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => pool.execute(sqlx::raw_sql(sql)).await.map(drop),
        (_, Some(pool)) => pool.execute(sqlx::raw_sql(sql)).await.map(drop),
        _ => Ok(()),
    }
    .expect("it runs");
}

pub(crate) async fn has(place: &Db, id: i64) -> bool {
    let found = Item::get(id).fetch_optional(place).await;
    found.expect("a look-up").is_some()
}

/// All of what the call was to write is there, or none of it.
pub(crate) async fn is_whole(place: &Db, call: Call, first: i64, say: &str) -> bool {
    match call {
        Call::Batch => {
            let of_it = Item::ID.ge(first).and(Item::ID.lt(first + MANY));
            let there = Item::select().filter(of_it).count(place).await;
            let there = there.expect("a count");
            assert!(
                there == 0 || there == MANY.unsigned_abs(),
                "{say}: half of it"
            );
            there > 0
        }
        Call::Outcome => {
            let found = Part::get(first).fetch_optional(place).await;
            found.expect("a look-up").is_some()
        }
        Call::Create | Call::Verify => true,
    }
}

/// Each call, dropped after each number of polls until it is done, and some rounds more than once, since it
/// depends on the machine how far the other side has come.
pub(crate) struct Rounds {
    pub(crate) polls: usize,
    round: usize,
    next: i64,
}

const ROUNDS: usize = 6;

impl Rounds {
    pub(crate) fn new() -> Self {
        Self {
            polls: 0,
            round: 0,
            next: 1_000,
        }
    }

    pub(crate) fn first(&mut self) -> i64 {
        self.next += 1_000;
        self.next
    }

    /// Whether there is another one.
    pub(crate) fn go_on(&mut self, done: bool) -> bool {
        if !done {
            self.polls += 1;
            assert!(self.polls < 2_000, "it never ends");
            return true;
        }
        self.polls = 0;
        self.round += 1;
        self.round < ROUNDS
    }
}

/// A pool of sqlx without any rails, of one connection.
macro_rules! on_a_pool {
    ($site:expr, $options:ty) => {
        let place = place(&$site).await;
        for call in CALLS {
            let pool = <$options>::new().max_connections(1);
            let pool = pool.connect($site.url()).await.expect("a pool");
            let mut rounds = Rounds::new();
            loop {
                let first = rounds.first();
                let done = polled(async { run!(call, first, &pool) }, rounds.polls).await;
                let say = format!("{call:?}, {} polls", rounds.polls);
                let after = item(first + 900).insert().execute(&pool).await;
                assert_eq!(after.expect(&say), 1, "{say}");
                assert!(
                    has(&place, first + 900).await,
                    "{say}: acknowledged and lost"
                );
                let there = is_whole(&place, call, first, &say).await;
                assert!(there || !done, "{say}: done and lost");
                if !rounds.go_on(done) {
                    break;
                }
            }
            pool.close().await;
            raw(
                &place,
                "DROP TABLE IF EXISTS extras; DELETE FROM items; DELETE FROM parts",
            )
            .await;
        }
    };
}

/// A connection of the caller's, in no transaction: where it cannot be used any more, it says so.
macro_rules! on_a_connection {
    ($site:expr, $connection:ident, $may_refuse:literal) => {
        let place = place(&$site).await;
        let connect = async || {
            $connection::connect($site.url())
                .await
                .expect("a connection")
        };
        for call in CALLS {
            let mut connection = connect().await;
            let mut rounds = Rounds::new();
            loop {
                let first = rounds.first();
                let call_it = async { run!(call, first, &mut connection) };
                let done = polled(call_it, rounds.polls).await;
                let say = format!("{call:?}, {} polls", rounds.polls);
                let ours = item(first + 900).insert().execute(&mut connection).await;
                let theirs = sqlx::query("INSERT INTO items VALUES ($1, 'theirs')")
                    .bind(first + 901)
                    .execute(&mut connection)
                    .await;
                let refused = ours.is_err() || theirs.is_err();
                assert!($may_refuse || !refused, "{say}: {ours:?}, {theirs:?}");
                for (at, acknowledged) in [(900, ours.is_ok()), (901, theirs.is_ok())] {
                    let there = has(&place, first + at).await;
                    assert_eq!(there, acknowledged, "{say}: acknowledged and lost, or not");
                }
                if refused {
                    // A rollback, or the next transaction of sqlx, makes it whole.
                    let again = async { connection.begin().await?.rollback().await };
                    if again.await.is_err() {
                        connection = connect().await;
                    }
                }
                let there = is_whole(&place, call, first, &say).await;
                assert!(there || !done, "{say}: done and lost");
                if !rounds.go_on(done) {
                    break;
                }
            }
            drop(connection);
            raw(
                &place,
                "DROP TABLE IF EXISTS extras; DELETE FROM items; DELETE FROM parts",
            )
            .await;
        }
    };
}

/// Writes in a transaction before a call that is dropped in it and after: whether it was done, and what became
/// of the rest.
macro_rules! within {
    ($tx:ident, $call:expr, $first:expr, $polls:expr) => {{
        let before = item($first + 900).insert().execute(&mut *$tx).await;
        before.expect("an insert");
        let done = polled(async { run!($call, $first, &mut *$tx) }, $polls).await;
        let after = item($first + 901).insert().execute(&mut *$tx).await;
        let theirs = sqlx::query("INSERT INTO items VALUES ($1, 'theirs')")
            .bind($first + 902)
            .execute(&mut *$tx)
            .await;
        (done, after, theirs)
    }};
}

/// A transaction of sqlx, and one within another.
macro_rules! on_a_transaction {
    ($site:expr, $connection:ident) => {
        let place = place(&$site).await;
        for call in CALLS {
            for nested in [false, true] {
                let mut connection = $connection::connect($site.url())
                    .await
                    .expect("a connection");
                let mut rounds = Rounds::new();
                loop {
                    let first = rounds.first();
                    let say = format!("{call:?}, nested {nested}, {} polls", rounds.polls);
                    let mut outer = connection.begin().await.expect(&say);
                    let outermost = item(first + 800).insert().execute(&mut *outer).await;
                    outermost.expect(&say);
                    let (committed, (done, after, theirs)) = if nested {
                        let mut inner = outer.begin().await.expect(&say);
                        let said = within!(inner, call, first, rounds.polls);
                        let committed = inner.commit().await.is_ok();
                        (outer.commit().await.is_ok() && committed, said)
                    } else {
                        let said = within!(outer, call, first, rounds.polls);
                        (outer.commit().await.is_ok(), said)
                    };
                    let there = is_whole(&place, call, first, &say).await;
                    let acknowledged = [
                        (800, true),
                        (900, true),
                        (901, after.is_ok()),
                        (902, theirs.is_ok()),
                    ];
                    for (at, acknowledged) in acknowledged {
                        let there = has(&place, first + at).await;
                        assert_eq!(
                            there,
                            committed && acknowledged,
                            "{say}: {at}, committed {committed}, {after:?}"
                        );
                    }
                    assert!(committed && after.is_ok(), "{say}: {after:?}");
                    assert!(there || !done, "{say}: done and lost");
                    if !rounds.go_on(done) {
                        break;
                    }
                }
                drop(connection);
                let tidy = "DROP TABLE IF EXISTS extras; DELETE FROM items; DELETE FROM parts";
                raw(&place, tidy).await;
            }
        }
    };
}

pub(crate) async fn a_pool_of_sqlite_loses_nothing(site: Site) {
    on_a_pool!(site, sqlx::sqlite::SqlitePoolOptions);
}

pub(crate) async fn a_pool_of_postgres_loses_nothing(site: Site) {
    on_a_pool!(site, sqlx::postgres::PgPoolOptions);
}

pub(crate) async fn a_connection_of_sqlite_loses_nothing(site: Site) {
    on_a_connection!(site, SqliteConnection, false);
}

pub(crate) async fn a_connection_of_postgres_loses_nothing(site: Site) {
    on_a_connection!(site, PgConnection, true);
}

pub(crate) async fn a_transaction_of_sqlite_loses_nothing(site: Site) {
    on_a_transaction!(site, SqliteConnection);
}

pub(crate) async fn a_transaction_of_postgres_loses_nothing(site: Site) {
    on_a_transaction!(site, PgConnection);
}

pub(crate) async fn our_transaction_loses_nothing(site: Site) {
    let place = place(&site).await;
    let db = orm::connect(site.url()).await.expect("a pool");
    for call in CALLS {
        let mut rounds = Rounds::new();
        loop {
            let first = rounds.first();
            let polls = rounds.polls;
            let say = format!("{call:?}, {polls} polls");
            let ended = orm::transaction(&db, async |tx| {
                item(first + 900).insert().execute(&tx).await?;
                let done = polled(async { run!(call, first, &tx) }, polls).await;
                let after = item(first + 901).insert().execute(&tx).await;
                Ok::<_, orm::Error>((done, after.is_ok()))
            });
            let ended = ended.await;
            let there = is_whole(&place, call, first, &say).await;
            let done = match &ended {
                Ok((done, after)) => {
                    assert!(has(&place, first + 900).await, "{say}: committed and lost");
                    assert_eq!(has(&place, first + 901).await, *after, "{say}");
                    assert!(there || !done, "{say}: done and lost");
                    *done
                }
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Transaction, "{say}: {error}");
                    assert!(!has(&place, first + 900).await, "{say}: half of it");
                    assert!(!has(&place, first + 901).await, "{say}: half of it");
                    false
                }
            };
            let record = item(first + 902);
            record
                .insert()
                .execute(&db)
                .await
                .expect("the pool is clean");
            assert!(
                has(&place, first + 902).await,
                "{say}: acknowledged and lost"
            );
            if !rounds.go_on(done) {
                break;
            }
        }
        let tidy = "DROP TABLE IF EXISTS extras; DELETE FROM items; DELETE FROM parts";
        raw(&place, tidy).await;
    }
}
