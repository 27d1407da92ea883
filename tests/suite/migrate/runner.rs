//! Migrations are applied once or not at all.

use std::time::Duration;

use orm::migrate::{self, Migration, Migrations, ObjectName, Schema, SchemaColumn, State, Table};
use orm::{ErrorKind, Postgres, Sqlite};
use orm_tests::{Backend, Site};

use super::{open, run};

/// Migrations of these ids, each with its way there and its way back.
fn migrations(all: &[(&str, &str, &str)]) -> Migrations {
    let parsed = all.iter().map(|(id, up, down)| -> Migration {
        let file = format!("-- Migration: {id}\n\n-- UP\n{up}\n\n-- DOWN\n{down}\n");
        file.parse().expect("a file without mistakes")
    });
    Migrations::new(parsed.collect::<Vec<_>>()).expect("migrations that go together")
}

const TWO: &[(&str, &str, &str)] = &[
    (
        "001_a",
        "CREATE TABLE a (id INTEGER PRIMARY KEY);",
        "DROP TABLE a;",
    ),
    (
        "002_b",
        "CREATE TABLE b (id INTEGER PRIMARY KEY); INSERT INTO b VALUES (1);",
        "DROP TABLE b;",
    ),
];

/// The tables that there are, but for that of the migrations.
async fn tables(db: &orm::Db) -> Vec<String> {
    let found = migrate::introspect(db).await.expect("a schema");
    let names = found.tables.into_iter().map(|table| table.name.name);
    names.filter(|name| name != "orm_migrations").collect()
}

async fn states(all: &Migrations, db: &orm::Db) -> Vec<State> {
    let status = all.status(db).await.expect("a status");
    status.into_iter().map(|each| each.state).collect()
}

pub(crate) async fn what_is_pending_is_applied_and_taken_back(site: Site) {
    let db = open(&site).await;
    let all = migrations(TWO);
    assert_eq!(states(&all, &db).await, [State::Pending, State::Pending]);
    assert_eq!(tables(&db).await, [""; 0], "a status writes nothing");
    assert_eq!(
        migrations(&TWO[..1]).apply(&db).await.expect("one"),
        ["001_a"]
    );
    assert_eq!(states(&all, &db).await, [State::Applied, State::Pending]);
    assert_eq!(all.apply(&db).await.expect("the other"), ["002_b"]);
    assert_eq!(all.apply(&db).await.expect("nothing"), [""; 0]);
    assert_eq!(tables(&db).await, ["a", "b"]);
    assert_eq!(all.revert(&db, 1).await.expect("the last"), ["002_b"]);
    assert_eq!(tables(&db).await, ["a"]);
    assert_eq!(all.revert(&db, 7).await.expect("the first"), ["001_a"]);
    assert_eq!(states(&all, &db).await, [State::Pending, State::Pending]);
}

pub(crate) async fn a_statement_that_fails_leaves_nothing_of_its_migration(site: Site) {
    let db = open(&site).await;
    let all = migrations(&[
        TWO[0],
        (
            "002_bad",
            "CREATE TABLE b (id INTEGER); INSERT INTO nowhere VALUES (1);",
            "",
        ),
        ("003_c", "CREATE TABLE c (id INTEGER);", ""),
    ]);
    let error = all.apply(&db).await.expect_err("a table that is not there");
    assert!(error.to_string().contains("migration `002_bad`"), "{error}");
    assert_eq!(error.kind(), ErrorKind::Statement);
    assert_eq!(tables(&db).await, ["a"]);
    assert_eq!(
        states(&all, &db).await,
        [State::Applied, State::Pending, State::Pending]
    );
    // The connection is as good as before.
    run(&db, "INSERT INTO a VALUES (7)")
        .await
        .expect("an insert");
}

pub(crate) async fn what_was_changed_or_is_missing_is_refused(site: Site) {
    let db = open(&site).await;
    migrations(TWO).apply(&db).await.expect("both");
    let changed = migrations(&[("001_a", "CREATE TABLE other (id INTEGER);", ""), TWO[1]]);
    let error = changed.apply(&db).await.expect_err("another checksum");
    assert_eq!(error.kind(), ErrorKind::Drift);
    assert!(
        error.to_string().contains("`001_a` has been changed"),
        "{error}"
    );
    assert_eq!(
        states(&changed, &db).await,
        [State::Changed, State::Applied]
    );
    let missing = migrations(&TWO[1..]);
    let error = missing.apply(&db).await.expect_err("one too few");
    assert!(
        error
            .to_string()
            .contains("`001_a` has been applied, and is not among"),
        "{error}"
    );
    assert_eq!(
        states(&missing, &db).await,
        [State::Missing, State::Applied]
    );
    // A way back may be written later, and line ends may change.
    let reworded = [TWO[0], (TWO[1].0, TWO[1].1, "DROP TABLE b; -- in July")];
    assert_eq!(
        migrations(&reworded).apply(&db).await.expect("nothing"),
        [""; 0]
    );
}

pub(crate) async fn a_way_that_is_not_there_is_refused(site: Site) {
    let db = open(&site).await;
    let all = migrations(&[("001_a", TWO[0].1, "")]);
    all.apply(&db).await.expect("one");
    let error = all.revert(&db, 1).await.expect_err("no way back");
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert_eq!(tables(&db).await, ["a"]);
    let tx = orm::transaction(&db, async |tx| all.apply(&tx).await).await;
    let error = tx.expect_err("a transaction of somebody else's");
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}

/// Whoever comes second finds nothing left: no migration is run twice, and none is left out.
pub(crate) async fn several_runners_apply_each_migration_once(site: Site) {
    let db = open(&site).await;
    let many: Vec<(String, String)> = (0..12)
        .map(|n| {
            (
                format!("{n:03}"),
                format!("CREATE TABLE t{n:02} (id INTEGER);"),
            )
        })
        .collect();
    let many: Vec<_> = many.iter().map(|(id, up)| (&**id, &**up, "")).collect();
    let all = migrations(&many);
    let others = [open(&site).await, open(&site).await, open(&site).await];
    let (a, b, c, d) = tokio::join!(
        all.apply(&db),
        all.apply(&others[0]),
        all.apply(&others[1]),
        all.apply(&others[2]),
    );
    let mut applied: Vec<String> = Vec::new();
    for ran in [a, b, c, d] {
        applied.extend(ran.expect("each waits for the others"));
    }
    applied.sort();
    assert_eq!(applied, many.iter().map(|(id, ..)| *id).collect::<Vec<_>>());
    assert_eq!(tables(&db).await.len(), 12);
}

pub(crate) async fn a_runner_that_is_dropped_leaves_nothing_half_done(site: Site) {
    let db = open(&site).await;
    // SQLite goes on to the end of a statement that nobody waits for.
    let rows = if site.backend() == Backend::Sqlite {
        4_000_000
    } else {
        20_000_000
    };
    let endless = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) \
                   INSERT INTO b SELECT count(*) FROM n;"
    );
    let up = format!("CREATE TABLE b (id BIGINT); {endless}");
    let all = migrations(&[TWO[0], ("002_long", &up, "")]);
    let dropped = tokio::time::timeout(Duration::from_millis(200), all.apply(&db)).await;
    dropped.expect_err("it takes longer than that");
    // The lock is free again, and what was begun is gone.
    let other = open(&site).await;
    assert_eq!(
        migrations(&TWO[..1])
            .apply(&other)
            .await
            .expect("nothing left"),
        [""; 0]
    );
    assert_eq!(states(&all, &other).await, [State::Applied, State::Pending]);
    assert_eq!(tables(&other).await, ["a"]);
}

/// `CONCURRENTLY` waits for all who hold a snapshot; a second runner that waits for its turn holds none.
pub(crate) async fn an_index_is_made_concurrently_while_another_runner_waits(site: Site) {
    let db = open(&site).await;
    let mut off: Migration = "-- Transaction: off\n-- UP\nCREATE INDEX CONCURRENTLY i ON a (id);"
        .parse()
        .expect("a file");
    "002_index".clone_into(&mut off.id);
    let first = migrations(&TWO[..1]);
    first.apply(&db).await.expect("the table");
    let mut both: Vec<Migration> = vec![off];
    both.push(
        format!("-- Migration: 001_a\n-- UP\n{}", TWO[0].1)
            .parse()
            .expect("a file"),
    );
    let all = Migrations::new(both).expect("two");
    let other = open(&site).await;
    let (one, two) = tokio::join!(all.apply(&db), all.apply(&other));
    let ran = [one.expect("it is made"), two.expect("or by the other")].concat();
    assert_eq!(ran, ["002_index"]);
    assert_eq!(states(&all, &db).await, [State::Applied, State::Applied]);
}

pub(crate) async fn what_failed_outside_of_a_transaction_is_marked(site: Site) {
    let db = open(&site).await;
    run(
        &db,
        "CREATE TABLE a (id INTEGER); INSERT INTO a VALUES (1), (1)",
    )
    .await
    .expect("rows");
    let file = "-- Migration: 001\n-- Transaction: off\n-- UP\nCREATE UNIQUE INDEX CONCURRENTLY i ON a (id);";
    let all = Migrations::new([file.parse().expect("a file")]).expect("one");
    let error = all.apply(&db).await.expect_err("two equal rows");
    assert_eq!(error.kind(), ErrorKind::UniqueViolation, "{error}");
    assert_eq!(states(&all, &db).await, [State::Dirty]);
    let error = all.apply(&db).await.expect_err("half done");
    assert!(error.to_string().contains("`resolve`"), "{error}");
    run(&db, "DROP INDEX i")
        .await
        .expect("the index is there and not valid");
    run(&db, "DELETE FROM a").await.expect("no rows");
    all.resolve(&db, "001", false)
        .await
        .expect("it is not applied");
    assert_eq!(all.apply(&db).await.expect("now it goes"), ["001"]);
}

/// What waits for a lock of a table gives up and tries again, until it has been long enough.
pub(crate) async fn a_lock_of_others_is_waited_for(site: Site) {
    let db = open(&site).await;
    migrations(&TWO[..1]).apply(&db).await.expect("the table");
    let all = migrations(&[TWO[0], ("002", "ALTER TABLE a ADD COLUMN b INTEGER;", "")]);
    let impatient = all.clone().waiting_for(Duration::ZERO);
    let pool = db.postgres().expect("a pool");
    let mut reader = pool.begin().await.expect("a transaction");
    sqlx::query("SELECT * FROM a")
        .fetch_all(&mut *reader)
        .await
        .expect("a lock");
    let error = impatient.apply(&db).await.expect_err("somebody reads it");
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    reader.rollback().await.expect("the end");
    assert_eq!(impatient.apply(&db).await.expect("it is free"), ["002"]);
}

pub(crate) async fn what_was_generated_runs_both_ways_and_keeps_children(site: Site) {
    let db = open(&site).await;
    let is_sqlite = site.backend() == Backend::Sqlite;
    run(
        &db,
        "CREATE TABLE parents (id INTEGER PRIMARY KEY, a TEXT);
         CREATE TABLE children (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parents (id) ON DELETE CASCADE);
         INSERT INTO parents VALUES (1, 'x'); INSERT INTO children VALUES (1, 1)",
    )
    .await
    .expect("tables");
    let from = migrate::introspect(&db).await.expect("a schema");
    let mut to = from.clone();
    to.tables[1].columns[1].nullable = false;
    to = Schema::new(
        to.tables.into_iter().chain([{
            let mut table = Table::new(ObjectName::new("zoo"));
            table.columns = vec![SchemaColumn::new(
                "id",
                if is_sqlite { "INTEGER" } else { "integer" },
            )];
            table
        }]),
        [],
    );
    let migration = if is_sqlite {
        Migration::between::<Sqlite>("001", "not null", &from, &to)
    } else {
        Migration::between::<Postgres>("001", "not null", &from, &to)
    };
    let written = migration.expect("a migration").to_string();
    let all = Migrations::new([written.parse().expect("what was written")]).expect("one");
    all.apply(&db).await.expect("there");
    all.revert(&db, 1).await.expect("and back");
    let found = migrate::introspect(&db).await.expect("a schema");
    assert_eq!(found.without(&ObjectName::new("orm_migrations")), from);
    all.apply(&db).await.expect("once more");
    let found = migrate::introspect(&db).await.expect("a schema");
    assert_eq!(found.without(&ObjectName::new("orm_migrations")), to);
    // Deleting them would have deleted it; and foreign keys hold again.
    run(&db, "UPDATE children SET p = 1 WHERE id = 1")
        .await
        .expect("an update");
    run(&db, "INSERT INTO children VALUES (2, 9)")
        .await
        .expect_err("no such parent");
    run(&db, "INSERT INTO children VALUES (1, 1)")
        .await
        .expect_err("the child is still there");
}

/// A table that is made anew loses its triggers, and SQL that leaves rows pointing nowhere is wrong.
pub(crate) async fn sqlite_loses_no_trigger_and_no_parent(site: Site) {
    let db = open(&site).await;
    run(
        &db,
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT); CREATE TABLE c (a INTEGER REFERENCES a (id));
         CREATE TRIGGER seen AFTER INSERT ON a BEGIN DELETE FROM c; END;
         INSERT INTO a VALUES (1, 'x'); INSERT INTO c VALUES (1)",
    )
    .await
    .expect("tables");
    let from = migrate::introspect(&db).await.expect("a schema");
    let mut to = from.clone();
    to.tables[0].columns[1].nullable = false;
    let mut migration = Migration::between::<Sqlite>("001", "", &from, &to).expect("a migration");
    let all = |migration: &Migration| Migrations::new([migration.clone()]).expect("one");
    let error = all(&migration).apply(&db).await.expect_err("a trigger");
    assert!(
        error.to_string().contains("trigger `seen` would be gone"),
        "{error}"
    );
    assert_eq!(
        migrate::introspect(&db)
            .await
            .expect("a schema")
            .without(&ObjectName::new("orm_migrations")),
        from
    );
    migration.up += "\nCREATE TRIGGER seen AFTER INSERT ON a BEGIN DELETE FROM c; END;";
    all(&migration).apply(&db).await.expect("with its trigger");
    let mut orphans = migration.clone();
    "002".clone_into(&mut orphans.id);
    "DELETE FROM a;".clone_into(&mut orphans.up);
    let both = Migrations::new([migration, orphans]).expect("two");
    let error = both
        .apply(&db)
        .await
        .expect_err("a row that points nowhere");
    assert_eq!(error.kind(), ErrorKind::ForeignKeyViolation, "{error}");
}
