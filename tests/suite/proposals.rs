//! The statements that `verify!` proposes run as they are told, in a table without rows and in one with rows,
//! and what they were proposed for is gone then. Where no statement would do, words say so.

use chrono::{DateTime, Utc};
use orm::Db;
use orm::prelude::*;
use orm_tests::{Backend, Site};

#[expect(clippy::duplicated_attributes, reason = "two keys are on one column")]
#[derive(Table, Debug)]
#[table(name = "parcels", insert(NewParcel, derive(Debug)))]
#[table(unique(kind, place))]
#[table(unique(name = "open_code", columns(code), filter = "closed IS NULL"))]
#[table(unique(name = "code_ci", columns(code), expr = "lower(code)"))]
struct Parcel {
    #[column(primary_key, auto)]
    id: i64,
    kind: i32,
    place: i64,
    code: String,
    note: Option<String>,
    weight: i64,
    #[column(default = "'it''s new'")]
    state: String,
    #[column(default = now)]
    at: DateTime<Utc>,
    #[column(generated = "kind * 2")]
    #[expect(dead_code, reason = "only the database computes with it")]
    doubled: i32,
    closed: Option<i64>,
}

/// What is done to the table, how many findings that leaves which no statement cures where there are no
/// rows, and how many where there are.
struct Case(&'static str, usize, usize);

const ON_SQLITE: &[Case] = &[
    Case("ALTER TABLE parcels DROP COLUMN note", 0, 0),
    Case("ALTER TABLE parcels DROP COLUMN state", 0, 0),
    // What SQLite computes it adds to an empty table alone, and what has no default to none.
    Case("ALTER TABLE parcels DROP COLUMN at", 0, 1),
    Case("ALTER TABLE parcels DROP COLUMN weight", 1, 1),
    Case("ALTER TABLE parcels DROP COLUMN doubled", 1, 1),
    Case("DROP INDEX open_code", 0, 0),
    Case(
        "DROP INDEX open_code; CREATE INDEX open_code ON parcels (code)",
        0,
        0,
    ),
    Case(
        "DROP INDEX open_code; CREATE UNIQUE INDEX open_code ON parcels (code) WHERE kind > 5",
        0,
        0,
    ),
    Case(
        "DROP INDEX code_ci; CREATE TABLE x (y); CREATE INDEX code_ci ON x (y)",
        1,
        1,
    ),
    Case(
        "DROP INDEX code_ci; DROP INDEX open_code; UPDATE parcels SET code = 'A'",
        0,
        2,
    ),
    Case(
        "CREATE TABLE p AS SELECT * FROM parcels; DROP TABLE parcels; CREATE TABLE parcels (id INTEGER NOT NULL, \
         kind INTEGER NOT NULL, place INTEGER NOT NULL, code TEXT NOT NULL, note TEXT, weight INTEGER NOT NULL, \
         state TEXT NOT NULL DEFAULT 'x', at TEXT NOT NULL DEFAULT 'x', \
         doubled INTEGER NOT NULL GENERATED ALWAYS AS (kind * 2), closed INTEGER); \
         INSERT INTO parcels SELECT id, kind, place, code, note, weight, state, at, closed FROM p",
        // The database does not number it.
        1,
        1,
    ),
];

const ON_POSTGRES: &[Case] = &[
    Case("ALTER TABLE parcels DROP note", 0, 0),
    Case("ALTER TABLE parcels DROP state", 0, 0),
    Case("ALTER TABLE parcels DROP at", 0, 0),
    Case("ALTER TABLE parcels DROP weight", 1, 1),
    Case("ALTER TABLE parcels DROP doubled", 0, 0),
    Case("ALTER TABLE parcels DROP id", 0, 0),
    Case(
        "ALTER TABLE parcels DROP id; ALTER TABLE parcels ADD own INT PRIMARY KEY DEFAULT random() * 1000000",
        0,
        0,
    ),
    Case("ALTER TABLE parcels ALTER id DROP IDENTITY", 0, 0),
    Case(
        "ALTER TABLE parcels ALTER id DROP IDENTITY; ALTER TABLE parcels ALTER id SET DEFAULT 7",
        0,
        0,
    ),
    Case(
        "ALTER TABLE parcels DROP CONSTRAINT parcels_pkey; ALTER TABLE parcels ALTER id DROP IDENTITY; \
          ALTER TABLE parcels ALTER id DROP NOT NULL",
        0,
        0,
    ),
    Case("ALTER TABLE parcels ALTER place TYPE integer", 0, 0),
    Case("ALTER TABLE parcels ALTER weight TYPE text", 1, 1),
    Case(
        "ALTER TABLE parcels DROP doubled; ALTER TABLE parcels ALTER kind TYPE bigint",
        0,
        0,
    ),
    // A column that is computed from it is in the way of another type, and a value that is too large.
    Case(
        "ALTER TABLE parcels DROP doubled; ALTER TABLE parcels ALTER kind TYPE bigint; \
          ALTER TABLE parcels ADD doubled INT NOT NULL GENERATED ALWAYS AS (kind * 2) STORED",
        1,
        1,
    ),
    Case(
        "ALTER TABLE parcels DROP doubled; ALTER TABLE parcels ALTER kind TYPE bigint; \
          UPDATE parcels SET kind = kind + 3000000000",
        0,
        2,
    ),
    Case("ALTER TABLE parcels ALTER weight DROP NOT NULL", 0, 0),
    Case(
        "ALTER TABLE parcels ALTER weight DROP NOT NULL; UPDATE parcels SET weight = NULL",
        0,
        1,
    ),
    Case(
        "ALTER TABLE parcels ALTER note SET DEFAULT 'x'; UPDATE parcels SET note = 'x'; \
          ALTER TABLE parcels ALTER note SET NOT NULL",
        0,
        0,
    ),
    Case(
        "UPDATE parcels SET closed = id; ALTER TABLE parcels DROP CONSTRAINT parcels_pkey; \
          ALTER TABLE parcels ADD PRIMARY KEY (closed)",
        1,
        1,
    ),
    Case("ALTER TABLE parcels ALTER state DROP DEFAULT", 0, 0),
    Case("ALTER TABLE parcels ALTER at DROP DEFAULT", 0, 0),
    Case("ALTER TABLE parcels DROP CONSTRAINT parcels_pkey", 0, 0),
    Case(
        "ALTER TABLE parcels DROP CONSTRAINT parcels_pkey; UPDATE parcels SET id = 1",
        0,
        1,
    ),
    Case(
        "ALTER TABLE parcels DROP CONSTRAINT parcels_kind_place_key",
        0,
        0,
    ),
    Case(
        "ALTER TABLE parcels DROP CONSTRAINT parcels_kind_place_key; \
          ALTER TABLE parcels ADD CONSTRAINT parcels_kind_place_key UNIQUE (kind, code)",
        1,
        1,
    ),
    Case(
        "DROP INDEX open_code; CREATE INDEX open_code ON parcels (code)",
        0,
        0,
    ),
    Case(
        "DROP INDEX code_ci; CREATE TABLE x (y INT); CREATE INDEX code_ci ON x (y)",
        1,
        1,
    ),
    Case(
        "DROP INDEX code_ci; DROP INDEX open_code; UPDATE parcels SET code = 'A'",
        0,
        2,
    ),
];

pub(crate) async fn what_is_proposed_runs_and_cures(site: Site) {
    let is_sqlite = site.backend() == Backend::Sqlite;
    let cases = if is_sqlite { ON_SQLITE } else { ON_POSTGRES };
    for Case(script, empty, filled) in cases {
        for (rows, left) in [(0, empty), (2, filled)] {
            let site = site.another().await;
            let db = orm::connect(site.url()).await.expect("a database");
            orm::create_tables!(&db, Parcel).await.expect("the table");
            fill(&db, rows).await;
            run(&db, script).await.expect(script);
            let mut findings = differences(&db).await;
            assert!(!findings.is_empty(), "{script}: nothing is found");
            // What stood behind another finding may come to light.
            for _ in 0..3 {
                for statements in findings.iter().filter_map(|found| proposed(found)) {
                    let ran = run(&db, statements).await;
                    assert!(
                        ran.is_ok(),
                        "{script} with {rows} rows: {statements}: {ran:?}"
                    );
                }
                let now = differences(&db).await;
                let stays = now
                    .iter()
                    .find(|now| proposed(now).is_some() && findings.contains(now));
                assert_eq!(stays, None, "{script} with {rows} rows");
                findings = now;
            }
            assert_eq!(
                findings.len(),
                *left,
                "{script} with {rows} rows: {findings:?}"
            );
            if findings.is_empty() {
                let record = parcel(7);
                let inserted = record.insert().execute(&db).await;
                assert!(inserted.is_ok(), "{script} with {rows} rows: {inserted:?}");
            }
        }
    }
}

async fn fill(db: &Db, rows: i64) {
    for at in 0..rows {
        parcel(at).insert().execute(db).await.expect("an insert");
    }
}

fn parcel(at: i64) -> NewParcel {
    NewParcel {
        kind: 1,
        place: at,
        code: format!("code {at}"),
        note: None,
        weight: 5,
        closed: None,
    }
}

async fn differences(db: &Db) -> Vec<String> {
    match orm::verify!(db, Parcel).await {
        Ok(()) => Vec::new(),
        Err(error) => {
            assert_eq!(error.kind(), orm::ErrorKind::Drift, "{error}");
            error.findings().to_vec()
        }
    }
}

/// The statements at the end of a finding.
fn proposed(finding: &str) -> Option<&str> {
    let begins = |rest: &str| {
        ["ALTER ", "CREATE ", "DROP ", "SELECT ", "UPDATE "]
            .iter()
            .any(|word| rest.starts_with(word))
    };
    let mut ends = finding
        .match_indices("; ")
        .map(|(at, mark)| finding.split_at(at + mark.len()).1);
    ends.find(|rest| begins(rest))
}

async fn run(db: &Db, script: &str) -> Result<(), sqlx::Error> {
    let script = sqlx::AssertSqlSafe(script);
    match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::raw_sql(script).execute(pool).await.map(drop),
        (_, Some(pool)) => sqlx::raw_sql(script).execute(pool).await.map(drop),
        _ => unreachable!("a database is one of the two"),
    }
}

#[derive(Table, Debug)]
#[table(name = "parents")]
struct Parent {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    name: String,
}

#[derive(Table, Debug)]
#[table(name = "children")]
struct Child {
    #[column(primary_key)]
    id: i64,
    #[column(references = Parent::NAME)]
    parent: String,
}

pub(crate) async fn a_foreign_key_to_no_key_is_told_and_cured(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let script = "CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
                  CREATE TABLE children (id INTEGER PRIMARY KEY, parent TEXT NOT NULL REFERENCES parents (name));
                  CREATE TABLE others (a, b, c, FOREIGN KEY (a, b) REFERENCES parents (id, name),
                                       FOREIGN KEY (c) REFERENCES parents)";
    run(&db, script).await.expect("the tables");
    let error = orm::verify!(&db, Child, Parent).await.expect_err("no key");
    let key = "`children`: its foreign key on (parent) points to `parents` (name), which is no primary key and \
               has no unique index, so that statements about both tables fail; CREATE UNIQUE INDEX \
               \"parents_name_key\" ON \"parents\" (\"name\")";
    let two = "`parents`: the foreign key of `others` on (a, b) points to `parents` (id, name), which is no \
               primary key and has no unique index, so that statements about both tables fail; make the foreign \
               key point to a key, or make that key";
    let declared = "`parents`: unique key on (name)";
    let found = error.findings();
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!((found[0].as_str(), found[1].as_str()), (key, two));
    assert!(
        found[2].contains("key `parents_name_key` on (name): there is no unique index"),
        "{found:?} {declared}"
    );
    // The table pointed to is broken too, and that is told of it alone.
    let error = orm::verify!(&db, Parent).await.expect_err("no key");
    assert!(
        error
            .to_string()
            .contains("the foreign key of `children` on (parent)"),
        "{error}"
    );

    run(&db, "DROP TABLE others").await.expect("a drop");
    run(&db, proposed(key).expect("a statement"))
        .await
        .expect("it runs");
    orm::verify!(&db, Child, Parent)
        .await
        .expect("nothing differs");
    let parent = Parent {
        id: 1,
        name: "Ann".to_owned(),
    };
    parent.insert().execute(&db).await.expect("a parent");
    let child = Child {
        id: 1,
        parent: "Ann".to_owned(),
    };
    child.insert().execute(&db).await.expect("a child");
    let deleted = Parent::delete().filter(Parent::ID.eq(2)).execute(&db).await;
    assert_eq!(deleted.expect("a delete"), 0);
}
