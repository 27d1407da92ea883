//! What went wrong, and not something else: the kind and the sentence of errors that were told as others.

use orm::prelude::*;
use orm::{Db, Error, ErrorKind};
use orm_tests::{Backend, Site};
use sqlx::AssertSqlSafe;

use crate::canary::assert_unseen;

#[derive(Table, Debug)]
struct Score {
    #[column(primary_key)]
    id: i64,
    points: i64,
    note: String,
}

async fn scores(site: &Site) -> Db {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Score).await.expect("a table");
    let score = Score {
        id: 1,
        points: i64::MAX,
        note: "no JSON".to_owned(),
    };
    score.insert().execute(&db).await.expect("an insert");
    db
}

async fn run(db: &Db, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    let pool = db.postgres().expect("PostgreSQL");
    sqlx::raw_sql(sql).execute(pool).await.expect("SQL");
}

pub(crate) async fn a_value_out_of_range_is_data(site: Site) {
    let db = scores(&site).await;
    let least = &i64::MIN;
    let mut cases = vec![(
        "abs",
        orm::sql!("SELECT abs({least})")
            .execute(&db)
            .await
            .map(drop),
    )];
    match site.backend() {
        Backend::Sqlite => {
            let strict = sqlx::raw_sql("CREATE TABLE strict (n INTEGER) STRICT");
            let pool = db.sqlite().expect("SQLite");
            strict.execute(pool).await.expect("a table");
            let long = &"%_".repeat(40_000);
            let two = &"ab".to_owned();
            cases.extend([
                (
                    "sum",
                    orm::sql!("SELECT sum({Score::POINTS}) FROM (SELECT {Score::POINTS} FROM {Score} UNION ALL SELECT 1)")
                        .execute(&db)
                        .await
                        .map(drop),
                ),
                (
                    "json",
                    orm::sql!("SELECT json_extract({Score::NOTE}, '$.a') FROM {Score}")
                        .execute(&db)
                        .await
                        .map(drop),
                ),
                (
                    "path",
                    orm::sql!("SELECT json_extract('{{}}', {two})").execute(&db).await.map(drop),
                ),
                (
                    "like",
                    orm::sql!("SELECT {Score::NOTE} LIKE {long} FROM {Score}")
                        .execute(&db)
                        .await
                        .map(drop),
                ),
                (
                    "escape",
                    orm::sql!("SELECT {Score::NOTE} LIKE 'a' ESCAPE {two} FROM {Score}")
                        .execute(&db)
                        .await
                        .map(drop),
                ),
                (
                    "strict",
                    orm::sql!("INSERT INTO strict VALUES ({two})")
                        .execute(&db)
                        .await
                        .map(drop),
                ),
                (
                    "big",
                    orm::sql!("SELECT zeroblob(2000000000)").execute(&db).await.map(drop),
                ),
            ]);
        }
        Backend::Postgres(_) => cases.push((
            "json",
            orm::sql!("SELECT CAST({Score::NOTE} AS json) FROM {Score}")
                .execute(&db)
                .await
                .map(drop),
        )),
    }
    for (what, said) in cases {
        let error = said.expect_err(what);
        assert_eq!(error.kind(), ErrorKind::Data, "{what}: {error:?}");
        assert!(
            error.is_data() && !error.is_transient(),
            "{what}: {error:?}"
        );
    }
}

pub(crate) async fn a_table_that_is_missing_says_how_to_make_it(site: Site) {
    #[derive(Table, Debug)]
    struct Supplier {
        #[column(primary_key)]
        id: i64,
    }

    let db = orm::connect(site.url()).await.expect("a database");
    let error = Supplier::select().count(&db).await.expect_err("no table");
    let said = error.to_string();
    assert_eq!(error.kind(), ErrorKind::Statement);
    assert!(
        said.contains("suppliers") && said.contains("create_tables!"),
        "{said}"
    );
}

#[derive(Debug, Clone, PartialEq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
enum Mood {
    Good,
}

#[derive(Table, Debug)]
struct Diary {
    #[column(primary_key)]
    id: i64,
    #[column(type = "text")]
    mood: Mood,
}

pub(crate) async fn a_type_that_is_not_there_is_named(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::sql!("CREATE TABLE {Diary} ({Diary::ID} BIGINT PRIMARY KEY, {Diary::MOOD} TEXT NOT NULL)")
        .execute(&db)
        .await
        .expect("a table");
    let entry = Diary {
        id: 1,
        mood: Mood::Good,
    };
    let said = [
        entry.insert().execute(&db).await.map(drop),
        entry.upsert_on(Diary::ID).execute(&db).await.map(drop),
        Diary::select()
            .filter(Diary::MOOD.eq(Mood::Good))
            .fetch_all(&db)
            .await
            .map(drop),
    ];
    for said in said {
        let error = said.expect_err("there is no such type");
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Statement, "{error:?}");
        for word in ["`Mood`", "search_path", "#[sqlx(type_name", "CREATE TYPE"] {
            assert!(text.contains(word), "{word}: {text}");
        }
    }
}

pub(crate) async fn what_functions_raise_is_no_lost_connection(site: Site) {
    let db = scores(&site).await;
    for (code, kind) in [
        ("08P01", ErrorKind::Database),
        ("08006", ErrorKind::Database),
        ("53100", ErrorKind::Database),
        ("53200", ErrorKind::Database),
        ("53300", ErrorKind::Database),
        ("57P01", ErrorKind::Database),
        ("22012", ErrorKind::Data),
        ("40001", ErrorKind::Serialization),
    ] {
        let made = format!(
            "CREATE OR REPLACE FUNCTION refuse() RETURNS bigint LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'secret' USING ERRCODE = '{code}'; END $$"
        );
        run(&db, &made).await;
        let error = orm::sql!("SELECT refuse()").execute(&db).await;
        let error = error.expect_err(code);
        assert_eq!(error.kind(), kind, "{code}: {error:?}");
        assert_eq!(
            error.is_transient(),
            kind == ErrorKind::Serialization,
            "{code}"
        );
        assert!(error.to_string().contains("function"), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
        assert_unseen(code, &error);
    }
}

pub(crate) async fn a_locked_row_is_not_slow(site: Site) {
    let db = scores(&site).await;
    let other = orm::connect(site.url()).await.expect("a database");
    orm::transaction(&db, async |tx| {
        Score::select().for_update().fetch_all(&tx).await?;
        let waited = orm::transaction(&other, async |tx| {
            Score::select().for_update().nowait().fetch_all(&tx).await
        });
        let error = waited.await.expect_err("it is locked");
        assert!(error.is_transient(), "{error:?}");
        let said = error.to_string();
        assert!(
            said.contains("the row is locked by another transaction"),
            "{said}"
        );
        Ok::<_, Error>(())
    })
    .await
    .expect("a transaction");
}
