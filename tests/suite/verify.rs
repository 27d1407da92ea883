//! Whether a live database is what its declarations say.

use chrono::{DateTime, Utc};
use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::{Backend, Site};

#[derive(Table, Debug)]
#[table(name = "owners")]
struct Owner {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    name: String,
}

#[expect(clippy::duplicated_attributes, reason = "two keys are on one column")]
#[derive(Table, Debug)]
#[table(name = "things")]
#[table(unique(kind, place))]
#[table(unique(name = "open_code", columns(code), filter = "closed_at IS NULL"))]
#[table(unique(name = "code_ci", columns(code), expr = "lower(code)"))]
#[table(check(positive = "place >= 0"))]
struct Thing {
    #[column(primary_key, auto)]
    id: i64,
    kind: i32,
    place: i32,
    #[column(type = "VARCHAR(20)")]
    code: String,
    note: Option<String>,
    #[column(references = Owner::ID)]
    owner: Option<i64>,
    #[column(default = now, insert_only)]
    created_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    #[column(generated = "place * 2")]
    #[expect(dead_code, reason = "only the database computes with it")]
    doubled: i32,
}

async fn open(site: &Site) -> Db {
    orm::connect(site.url()).await.expect("a database")
}

/// A database with both tables, in which this was done to them.
async fn after(site: &Site, script: &str) -> Db {
    let db = open(site).await;
    orm::create_tables!(&db, Thing, Owner)
        .await
        .expect("the tables");
    run(&db, script).await;
    db
}

async fn run(db: &Db, script: &str) {
    let script = sqlx::AssertSqlSafe(script);
    let done = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::raw_sql(script).execute(pool).await.map(drop),
        (_, Some(pool)) => sqlx::raw_sql(script).execute(pool).await.map(drop),
        _ => unreachable!("a database is one of the two"),
    };
    done.expect("a script without mistakes");
}

async fn findings(db: &Db) -> Vec<String> {
    match orm::verify!(db, Thing, Owner).await {
        Ok(()) => Vec::new(),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Drift, "{error}");
            assert!(
                error
                    .findings()
                    .iter()
                    .all(|line| error.to_string().contains(line))
            );
            error.findings().to_vec()
        }
    }
}

pub(crate) async fn what_was_made_is_what_was_declared(site: Site) {
    let db = after(&site, "").await;
    assert_eq!(findings(&db).await, [""; 0]);
    // Nothing is left behind, and it can be asked again in a transaction, which goes on.
    orm::transaction(&db, async |tx| {
        orm::verify!(&tx, Thing, Owner).await?;
        Owner {
            id: 1,
            name: "Ann".to_owned(),
        }
        .insert()
        .execute(&tx)
        .await
    })
    .await
    .expect("a transaction");
    assert_eq!(Owner::select().count(&db).await.expect("a count"), 1);
}

pub(crate) async fn everything_that_differs_is_told_at_once(site: Site) {
    let db = open(&site).await;
    assert_eq!(
        findings(&db).await,
        [
            "`things`: there is no such table; `orm::create_tables!` makes it",
            "`owners`: there is no such table; `orm::create_tables!` makes it",
        ]
    );
}

pub(crate) async fn a_missing_key_comes_with_its_nearest_and_its_cure(site: Site) {
    let db = after(
        &site,
        "DROP INDEX open_code; CREATE INDEX open_code ON things (code)",
    )
    .await;
    assert_eq!(
        findings(&db).await,
        [
            "`things`: key `open_code` on (code) where (closed_at IS NULL): there is no unique index for \
             it (`open_code` is not unique and holds all rows); DROP INDEX \"open_code\"; CREATE UNIQUE INDEX IF NOT EXISTS \
             \"open_code\" ON \"things\" (\"code\") WHERE closed_at IS NULL"
        ]
    );
    let record = Owner {
        id: 1,
        name: "Ann".to_owned(),
    };
    run(&db, "DROP INDEX code_ci").await;
    assert_eq!(findings(&db).await.len(), 2);
    assert_eq!(record.insert().execute(&db).await.expect("an insert"), 1);
}

pub(crate) async fn another_predicate_is_no_key(site: Site) {
    let script = "DROP INDEX open_code;
                  CREATE UNIQUE INDEX open_code ON things (code) WHERE place > 5";
    let db = after(&site, script).await;
    let findings = findings(&db).await;
    assert_eq!(findings.len(), 1, "{findings:?}");
    let said = &findings[0];
    assert!(
        said.contains("(`open_code` holds only the rows where"),
        "{said}"
    );
}

pub(crate) async fn a_column_nobody_declared_may_be_in_the_way(site: Site) {
    let script = "DROP TABLE things; DROP TABLE owners; CREATE TABLE owners (
                  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, \"extra\" TEXT NOT NULL)";
    let db = after(&site, script).await;
    let found = match orm::verify!(&db, Owner).await {
        Ok(()) => Vec::new(),
        Err(error) => error.findings().to_vec(),
    };
    let extra = "`owners`: column `extra`: it is not declared, never NULL and has no default, so that \
                 every insert would fail; declare it, or give it a default";
    if site.backend() == Backend::Sqlite {
        assert_eq!(found, [extra]);
    } else {
        assert_eq!(
            found,
            [
                "`owners`: column `id`: it is declared as bigint and is integer; ALTER TABLE \"owners\" \
                 ALTER COLUMN \"id\" TYPE bigint",
                "`owners`: column `id`: it is declared `auto` and the database does not number it; ALTER \
                 TABLE \"owners\" ALTER COLUMN \"id\" ADD GENERATED BY DEFAULT AS IDENTITY",
                extra,
            ]
        );
    }
}

pub(crate) async fn each_drift_is_one_finding(site: Site) {
    let cases = [
        (
            "ALTER TABLE things ALTER kind TYPE bigint",
            "column `kind`: it is declared as integer and is bigint; ALTER TABLE \"things\" ALTER COLUMN \
             \"kind\" TYPE integer",
        ),
        (
            "ALTER TABLE things ALTER kind DROP NOT NULL",
            "column `kind`: it is declared without `Option` and may be NULL; ALTER TABLE \"things\" ALTER \
             COLUMN \"kind\" SET NOT NULL",
        ),
        (
            "ALTER TABLE things ALTER note SET NOT NULL",
            "column `note`: it is declared as an `Option` and is never NULL; ALTER TABLE \"things\" ALTER \
             COLUMN \"note\" DROP NOT NULL",
        ),
        (
            "ALTER TABLE things DROP note",
            "column `note`: it is missing; ALTER TABLE \"things\" ADD COLUMN \"note\" TEXT",
        ),
        (
            "ALTER TABLE things ALTER id DROP IDENTITY",
            "column `id`: it is declared `auto` and the database does not number it; ALTER TABLE \"things\" \
             ALTER COLUMN \"id\" ADD GENERATED BY DEFAULT AS IDENTITY",
        ),
        (
            "ALTER TABLE things ALTER doubled DROP EXPRESSION",
            "column `doubled`: it is declared `generated` and the database does not compute it",
        ),
        (
            "ALTER TABLE things DROP CONSTRAINT positive",
            "check `positive`: it is missing",
        ),
        (
            "ALTER TABLE things DROP CONSTRAINT things_owner_fkey",
            "column `owner`: its foreign key to `owners.id` is missing",
        ),
        (
            "ALTER TABLE things DROP CONSTRAINT things_kind_place_key;
             ALTER TABLE things ADD CONSTRAINT things_kind_place_key UNIQUE (kind, place) DEFERRABLE",
            "key `things_kind_place_key` on (kind, place): `things_kind_place_key` is deferrable, and no \
             conflict target then; make it anew without DEFERRABLE",
        ),
        (
            "ALTER TABLE things DROP CONSTRAINT things_kind_place_key;
             CREATE INDEX on_kind ON things (place, kind)",
            "key `things_kind_place_key` on (kind, place): there is no unique index for it (`on_kind` is not \
             unique); CREATE UNIQUE INDEX IF NOT EXISTS \"things_kind_place_key\" ON \"things\" (\"kind\", \
             \"place\")",
        ),
    ];
    let server_14_or_later = site.backend() != Backend::Postgres(13);
    for (script, finding) in cases {
        if script.contains("DROP EXPRESSION") && !server_14_or_later {
            continue;
        }
        let another = site.another().await;
        let db = after(&another, script).await;
        assert_eq!(
            findings(&db).await,
            [format!("`things`: {finding}")],
            "{script}"
        );
    }
}

pub(crate) async fn an_index_that_is_not_valid_is_no_key(site: Site) {
    let db = after(&site, "DROP INDEX code_ci; DROP INDEX open_code").await;
    run(
        &db,
        "INSERT INTO things (kind, place, code) VALUES (1, 1, 'a'), (1, 2, 'a')",
    )
    .await;
    let pool = db.postgres().expect("a pool");
    sqlx::query("CREATE UNIQUE INDEX CONCURRENTLY code_ci ON things (lower(code))")
        .execute(pool)
        .await
        .expect_err("two rows of one code");
    let findings = findings(&db).await;
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(
        findings[1].contains("`code_ci` is not valid"),
        "{}",
        findings[1]
    );
}

pub(crate) async fn a_reader_can_verify_in_a_read_only_transaction(site: Site) {
    let db = after(&site, "").await;
    let pool = db.postgres().expect("a pool");
    let mut tx = pool.begin().await.expect("a transaction");
    sqlx::query("SET TRANSACTION READ ONLY")
        .execute(&mut *tx)
        .await
        .expect("a setting");
    orm::verify!(&mut *tx, Thing, Owner)
        .await
        .expect("nothing differs");
}

pub(crate) async fn a_described_table_is_verified_too(site: Site) {
    use orm::dynamic::{Table, column};
    let db = open(&site).await;
    let table = |name: &str| {
        Table::new("described")
            .column(column("key", "TEXT"))
            .column(column(name, "BIGINT").nullable())
            .primary_key(["key"])
            .build()
            .expect("a description without mistakes")
    };
    table("amount").create(&db).await.expect("a table");
    table("amount").verify(&db).await.expect("nothing differs");
    let error = table("sum").verify(&db).await.expect_err("another column");
    assert_eq!(
        error.findings(),
        [
            "`described`: column `sum`: it is missing; ALTER TABLE \"described\" ADD COLUMN \"sum\" BIGINT"
        ]
    );
}
