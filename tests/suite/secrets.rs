//! What a database says of an error is shown where it is about names, and never where a value can be in it.

use orm::prelude::*;
use orm::{Db, Error, ErrorKind};
use orm_tests::{Backend, Site};
use sqlx::AssertSqlSafe;

use crate::canary::{CANARY, assert_nothing_heard, assert_unseen, listen};

#[derive(Table, Debug)]
struct Vault {
    #[column(primary_key)]
    id: i64,
    note: String,
}

async fn run(db: &Db, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    let done = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::raw_sql(sql).execute(pool).await.map(drop),
        (None, Some(pool)) => sqlx::raw_sql(sql).execute(pool).await.map(drop),
        (None, None) => unreachable!("a database is one of the two"),
    };
    done.expect("SQL that the database takes");
}

fn vault() -> Vault {
    Vault {
        id: 1,
        note: CANARY.to_owned(),
    }
}

async fn vaults(site: &Site) -> Db {
    listen();
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Vault).await.expect("a table");
    db
}

/// Writes the record in each way there is; what is said of it.
async fn written(db: &Db) -> Vec<Error> {
    let record = vault();
    let one = record.upsert().on_primary_key().update_all();
    let many: Vec<Vault> = (1..40)
        .map(|id| Vault {
            id,
            note: format!("{CANARY} {id}"),
        })
        .collect();
    let said = [
        one.execute(db).await.map(drop),
        record.insert().execute(db).await.map(drop),
        many.upsert()
            .on_primary_key()
            .update_all()
            .execute(db)
            .await
            .map(drop),
        Vault::update()
            .set(Vault::NOTE, CANARY)
            .all_rows()
            .execute(db)
            .await
            .map(drop),
    ];
    said.into_iter().filter_map(Result::err).collect()
}

/// What is said of each of these statements, which have the value as an argument.
macro_rules! refused {
    ($db:expr, $($sql:expr),* $(,)?) => {
        vec![$({
            let asked: Result<Vec<Option<String>>, Error> = $sql.fetch_all($db).await;
            (stringify!($sql), asked.map(drop))
        }),*]
    };
}

async fn asked_of_postgres(db: &Db) -> Vec<(&'static str, Result<(), Error>)> {
    let secret = &CANARY.to_owned();
    refused!(
        db,
        orm::sql!("SELECT CAST(CAST({secret} AS text) AS regclass)::text"),
        orm::sql!("SELECT CAST(CAST({secret} AS text)::cstring AS regtype)::text"),
        orm::sql!("SELECT to_tsquery(CAST({secret} AS text) || ' &&& |')::text"),
        orm::sql!("SELECT set_config(CAST({secret} AS text), 'x', true)"),
        orm::sql!("SELECT nextval(CAST({secret} AS text)::regclass)::text"),
        orm::sql!("SELECT CAST(CAST({secret} AS text)::cstring AS jsonpath)::text"),
        orm::sql!("SELECT has_table_privilege(CAST({secret} AS text), 'SELECT')::text"),
        orm::sql!("SELECT has_schema_privilege(CAST({secret} AS text), 'USAGE')::text"),
        orm::sql!("SELECT has_function_privilege(CAST({secret} AS text), 'EXECUTE')::text"),
        orm::sql!("SELECT pg_get_serial_sequence(CAST({secret} AS text), 'id')"),
        orm::sql!("SELECT query_to_xml('SELECT \"' || {secret} || '\"', true, false, '')::text"),
        orm::sql!("SELECT query_to_xml('SELECT ' || {secret} || ' FROM', true, false, '')::text"),
        orm::sql!("SELECT CAST(CAST({secret} AS text) AS integer)::text"),
        orm::sql!("SELECT pg_read_file(CAST({secret} AS text))"),
        orm::sql!("SELECT convert_to('x', CAST({secret} AS text))::text"),
        orm::sql!("SELECT to_char(now() AT TIME ZONE CAST({secret} AS text), 'YYYY')"),
        orm::sql!("SELECT to_tsvector(CAST({secret} AS text)::regconfig, 'x')::text"),
    )
}

async fn asked_of_sqlite(db: &Db) -> Vec<(&'static str, Result<(), Error>)> {
    let secret = &CANARY.to_owned();
    let word = &"canaryword".to_owned();
    refused!(
        db,
        orm::sql!("SELECT json_extract('{{}}', {secret})"),
        orm::sql!("SELECT json_extract('{{}}', '$' || {secret})"),
        orm::sql!("SELECT json_set('{{}}', '$.' || {secret} || '[', 1)"),
        orm::sql!("SELECT note FROM papers WHERE papers MATCH '\"' || {secret}"),
        orm::sql!("SELECT note FROM papers WHERE papers MATCH {secret} || ')'"),
        orm::sql!("SELECT note FROM papers WHERE papers MATCH {word} || ' : x'"),
        orm::sql!(
            "SELECT note FROM papers WHERE papers MATCH 'a' AND rank MATCH {word} || '()' ORDER BY rank"
        ),
        orm::sql!("SELECT name FROM pragma_table_info('vaults', {word})"),
        orm::sql!("SELECT integrity_check FROM pragma_integrity_check({word})"),
        orm::sql!("SELECT note FROM notes WHERE notes MATCH '(' || {secret}"),
        orm::sql!("SELECT load_extension({secret})"),
    )
}

fn assert_withheld(say: &str, error: &Error) {
    assert_unseen(say, error);
    let forms = format!("{error} {error:?}");
    assert!(!forms.contains("canaryword"), "{say}: {forms}");
}

/// The ways in which code of a trigger can raise an error, with a class that the database keeps for itself.
const RAISED: &[&str] = &[
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '42501'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '42704'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '42P01'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '42P10'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '55000'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '0A000'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '3D000'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '3F000'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '25006'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '28P01'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '08P01'",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '23505', CONSTRAINT = NEW.note",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '23502', COLUMN = NEW.note",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = '23514', CONSTRAINT = NEW.note, TABLE = NEW.note",
    "RAISE EXCEPTION 'no %', NEW.note USING ERRCODE = 'P0001', DETAIL = NEW.note, HINT = NEW.note",
    "EXECUTE 'SELECT \"' || NEW.note || '\"'",
    "EXECUTE 'SELECT * FROM \"' || NEW.note || '\"'",
    "EXECUTE 'SELECT ' || NEW.note || ' FROM'",
    "EXECUTE 'SELECT CAST(1 AS \"' || NEW.note || '\")'",
    "EXECUTE 'CREATE TABLE \"' || NEW.note || '\" (id nothing)'",
    "EXECUTE 'DROP TABLE \"' || NEW.note || '\"'",
    "EXECUTE format('SET %I = 1', NEW.note)",
    "EXECUTE format('SET ROLE %I', NEW.note)",
    "ASSERT false, NEW.note",
    "PERFORM NEW.note::regclass",
    "PERFORM NEW.note::int",
    "PERFORM currval(NEW.note)",
];

pub(crate) async fn messages_that_quote_values_are_withheld(site: Site) {
    let db = vaults(&site).await;
    if site.backend() == Backend::Sqlite {
        run(
            &db,
            "CREATE VIRTUAL TABLE papers USING fts5(note); INSERT INTO papers VALUES ('a')",
        )
        .await;
        run(&db, "CREATE VIRTUAL TABLE notes USING fts4(note)").await;
        for (say, asked) in asked_of_sqlite(&db).await {
            assert_withheld(say, &asked.expect_err(say));
        }
        assert_nothing_heard();
        return;
    }
    for (say, asked) in asked_of_postgres(&db).await {
        assert_withheld(say, &asked.expect_err(say));
    }
    for (at, raise) in RAISED.iter().enumerate() {
        let made = format!(
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN {raise}; RETURN NEW; END $$"
        );
        run(&db, &made).await;
        if at == 0 {
            let trigger = "CREATE TRIGGER refuse BEFORE INSERT ON vaults
                 FOR EACH ROW EXECUTE FUNCTION refuse()";
            run(&db, trigger).await;
        }
        let said = written(&db).await;
        assert_eq!(said.len(), 3, "{raise}: {said:?}");
        for error in said {
            assert_withheld(raise, &error);
        }
    }
    assert_nothing_heard();
}

pub(crate) async fn names_are_still_told(site: Site) {
    #[derive(Table, Debug)]
    #[table(name = "vaults")]
    struct Wider {
        #[column(primary_key)]
        id: i64,
        colour: String,
    }

    #[derive(Table, Debug)]
    struct Nowhere {
        #[column(primary_key)]
        id: i64,
    }

    let db = vaults(&site).await;
    let wider = Wider {
        id: 1,
        colour: CANARY.to_owned(),
    };
    let nowhere = Nowhere { id: 1 };
    let secret = &CANARY.to_owned();
    let cases = [
        ("colour", wider.insert().execute(&db).await.map(drop)),
        ("colour", [wider].insert().execute(&db).await.map(drop)),
        ("nowheres", nowhere.insert().execute(&db).await.map(drop)),
        ("nowheres", [nowhere].insert().execute(&db).await.map(drop)),
        ("nowheres", Nowhere::select().count(&db).await.map(drop)),
        (
            "nothing_such",
            orm::sql!("SELECT nothing_such({secret})")
                .execute(&db)
                .await
                .map(drop),
        ),
        (
            "elsewhere",
            orm::sql!("SELECT elsewhere.id FROM {Vault}")
                .execute(&db)
                .await
                .map(drop),
        ),
        ("SELEKT", orm::sql!("SELEKT 1").execute(&db).await.map(drop)),
    ];
    for (name, said) in cases {
        let error = said.expect_err(name);
        assert_eq!(error.kind(), ErrorKind::Statement, "{error:?}");
        assert!(error.to_string().contains(name), "{name}: {error}");
        assert_unseen(name, &error);
    }
}
