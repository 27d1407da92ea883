//! Steps lead from one schema to another, and back.

use orm::migrate::{self, Schema, Step};
use orm::{Db, Postgres, Sqlite};
use orm_tests::{Backend, Site};

use super::random::schema;
use super::{apply, open, run};

fn between(backend: Backend, from: &Schema, to: &Schema) -> Vec<Step> {
    let steps = if backend == Backend::Sqlite {
        migrate::steps::<Sqlite>(from, to)
    } else {
        migrate::steps::<Postgres>(from, to)
    };
    steps.expect("schemas without riddles")
}

async fn found(db: &Db) -> Schema {
    migrate::introspect(db).await.expect("a schema")
}

/// Applied, they make one of the other; those of the way back make the first one again.
pub(crate) async fn any_schema_becomes_any_other_and_comes_back(site: Site) {
    let backend = site.backend();
    let db = open(&site).await;
    let rounds = if backend == Backend::Sqlite { 100 } else { 12 };
    let mut at = Schema::default();
    for seed in 0..rounds {
        let mut random = fastrand::Rng::with_seed(seed);
        let next = schema(&mut random, backend);
        assert_eq!(
            next.to_string().parse::<Schema>().as_ref(),
            Ok(&next),
            "seed {seed}"
        );
        for (from, to) in [(&at, &next), (&next, &at), (&at, &next)] {
            let steps = between(backend, from, to);
            apply(&db, &steps).await;
            let found = found(&db).await;
            assert_eq!(found.to_string(), to.to_string(), "seed {seed}: {steps:#?}");
            assert_eq!(found.diff(to), [], "seed {seed}");
        }
        at = next;
    }
}

/// A table that is made anew keeps its rows, and so do those that point to it.
pub(crate) async fn a_rebuilt_table_keeps_its_rows(site: Site) {
    let db = open(&site).await;
    run(
        &db,
        "CREATE TABLE parents (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b TEXT);
         CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id)
            ON DELETE CASCADE);
         CREATE VIEW seen AS SELECT a FROM parents;
         INSERT INTO parents VALUES (1, 'x', 'y'), (7, 'z', NULL), (9, 'gone', NULL);
         DELETE FROM parents WHERE id = 9;
         INSERT INTO children VALUES (1, 7)",
    )
    .await
    .expect("tables");
    let from = found(&db).await;
    let mut to = from.clone();
    to.tables[1].columns[1].nullable = false;
    let steps = between(site.backend(), &from, &to);
    assert!(steps[0].statements.len() > 1 && steps[0].destroys.is_empty());
    apply(&db, &steps).await;
    assert_eq!(found(&db).await, to);
    let pool = db.sqlite().expect("a pool");
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM parents p JOIN children c ON c.parent = p.id JOIN seen ON seen.a = p.a",
    )
    .fetch_one(pool)
    .await
    .expect("rows");
    assert_eq!(count, 1);
    // A number that a row has had is not given again.
    let next: i64 = sqlx::query_scalar("INSERT INTO parents (a) VALUES ('new') RETURNING id")
        .fetch_one(pool)
        .await
        .expect("a row");
    assert_eq!(next, 10);
}

/// What an `ALTER` keeps, and what it says that it loses.
pub(crate) async fn values_are_kept_and_losses_are_told(site: Site) {
    let db = open(&site).await;
    let is_sqlite = site.backend() == Backend::Sqlite;
    let (int, text) = if is_sqlite {
        ("INTEGER", "TEXT")
    } else {
        ("integer", "text")
    };
    run(
        &db,
        &format!(
            "CREATE TABLE t (id {int} PRIMARY KEY, n {int} DEFAULT (7), gone {text});
             INSERT INTO t (id, gone) VALUES (1, 'x')"
        ),
    )
    .await
    .expect("a table");
    let from = found(&db).await;
    let mut to = from.clone();
    to.tables[0].columns.remove(2);
    to.tables[0].columns[1] = migrate::SchemaColumn::new("n", text).with_default(if is_sqlite {
        "'none'"
    } else {
        "'none'::text"
    });
    let steps = between(site.backend(), &from, &to);
    let lost: Vec<&String> = steps.iter().flat_map(|step| &step.destroys).collect();
    assert_eq!(lost, ["the values of t.gone"]);
    apply(&db, &steps).await;
    assert_eq!(found(&db).await, to);
    run(&db, "INSERT INTO t (id) VALUES (2)")
        .await
        .expect("a row");
    let query = "SELECT count(*) FROM t WHERE (id, n) IN ((1, '7'), (2, 'none'))";
    let count: i64 = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::query_scalar(query).fetch_one(pool).await,
        (_, Some(pool)) => sqlx::query_scalar(query).fetch_one(pool).await,
        _ => unreachable!("a database is one of the two"),
    }
    .expect("rows");
    assert_eq!(count, 2);
}

/// A label that no row has can go, and others move; one that a row has cannot.
pub(crate) async fn an_enum_loses_a_label_that_nobody_has(site: Site) {
    let db = open(&site).await;
    run(
        &db,
        "CREATE TYPE mood AS ENUM ('bad', 'good');
         CREATE TABLE t (id INT PRIMARY KEY, m mood NOT NULL DEFAULT 'good', all_of mood[]);
         INSERT INTO t VALUES (1, 'good', '{good,good}')",
    )
    .await
    .expect("a table");
    let from = found(&db).await;
    let mut to = from.clone();
    to.enums[0].labels = vec!["best".to_owned(), "good".to_owned()];
    apply(&db, &between(site.backend(), &from, &to)).await;
    assert_eq!(found(&db).await, to);
    let mut none = to.clone();
    none.enums[0].labels = vec!["best".to_owned()];
    let steps = between(site.backend(), &to, &none);
    let told = "nothing where no row is good; it fails over one that is";
    assert!(steps.iter().any(|step| step.destroys == [told]));
    let refused = run(&db, &format!("BEGIN; {}", super::script(&steps))).await;
    refused.expect_err("a row of that label");
}
