//! Declarations that would be made and then fail with the first row are refused when the table is made, and
//! told of a table that is there.

use orm::dynamic::{self, Table as Described, column, key};
use orm::prelude::*;
use orm::{Db, Error, ErrorKind};
use orm_tests::{Backend, Site};

async fn open(site: &Site) -> Db {
    orm::connect(site.url()).await.expect("a database")
}

async fn run(db: &Db, script: &str) {
    let safe = sqlx::AssertSqlSafe(script);
    let done = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::raw_sql(safe).execute(pool).await.map(drop),
        (_, Some(pool)) => sqlx::raw_sql(safe).execute(pool).await.map(drop),
        _ => unreachable!("a database is one of the two"),
    };
    done.expect(script);
}

#[track_caller]
fn says(result: Result<(), Error>, kind: ErrorKind, sentence: &str) {
    let error = result.expect_err(sentence);
    assert!(
        error.to_string().contains(sentence),
        "expected `{sentence}`: {error}"
    );
    assert_eq!(error.kind(), kind, "{error}");
}

fn child(column_of_parent: &str) -> Described {
    Described::new("children")
        .column(column("id", "BIGINT"))
        .column(column("parent", "TEXT").references("parents", column_of_parent))
        .primary_key(["id"])
        .build()
        .expect("a description without mistakes")
}

pub(crate) async fn a_foreign_key_to_no_key_is_refused(site: Site) {
    let db = open(&site).await;
    let parents = Described::new("parents")
        .column(column("id", "BIGINT"))
        .column(column("name", "TEXT"))
        .column(column("code", "TEXT"))
        .column(column("nick", "TEXT"))
        .primary_key(["id"])
        .unique(["code"])
        .unique_key(key(["name"]).named("some").filter("id > 0"))
        .unique_key(key(["name"]).named("lower").expression("lower(name)"))
        .unique(["name", "nick"])
        .build()
        .expect("a description without mistakes");
    for (name, sentence) in [
        (
            "name",
            "it references `parents.name`, which is not a unique key there",
        ),
        (
            "nick",
            "it references `parents.nick`, which is not a unique key there",
        ),
        (
            "nothing",
            "it references `parents.nothing`, which is no column of that table",
        ),
    ] {
        let made = dynamic::create(&db, &[child(name), parents.clone()]).await;
        says(made, ErrorKind::Statement, sentence);
    }
    // Nothing was made; and what is in the database already is looked at too.
    run(
        &db,
        "CREATE TABLE parents (id BIGINT PRIMARY KEY, name TEXT, code TEXT UNIQUE, nick TEXT)",
    )
    .await;
    run(
        &db,
        "CREATE UNIQUE INDEX of_some ON parents (name) WHERE id > 0",
    )
    .await;
    says(
        child("name").create(&db).await,
        ErrorKind::Statement,
        "it references `parents.name`, which is not a unique key there",
    );
    assert!(
        child("code").verify(&db).await.is_err(),
        "nothing is half made"
    );
    child("code").create(&db).await.expect("a key");
    child("code").verify(&db).await.expect("nothing differs");
}

pub(crate) async fn a_foreign_key_to_the_table_itself_needs_a_key(_: Site) {
    let described = Described::new("nodes")
        .column(column("id", "BIGINT"))
        .column(column("name", "TEXT"))
        .column(
            column("parent", "TEXT")
                .nullable()
                .references("nodes", "name"),
        )
        .primary_key(["id"]);
    let error = described.clone().build().expect_err("no key");
    assert!(
        error
            .to_string()
            .contains("`name`, which is not a unique key of `nodes`"),
        "{error}"
    );
    described.unique(["name"]).build().expect("a key");
}

pub(crate) async fn defaults_that_are_no_values_are_refused(_: Site) {
    let with = |sql: &str| {
        Described::new("jobs")
            .column(column("id", "BIGINT"))
            .column(column("state", "TEXT").default_sql(sql))
            .primary_key(["id"])
            .build()
    };
    for (sql, sentence) in [
        ("new", "the default of `state` reads `new`"),
        ("in-progress", "`'in-progress'`"),
        ("\"new\"", "`'new'`"),
        ("end", "reads `end`"),
        ("[]", "is no expression of SQL"),
        ("2020-01-01", "`'2020-01-01'`"),
        ("'new", "does not close it"),
        ("NULL", "is never `NULL`, and its default is"),
    ] {
        let error = with(sql).expect_err(sentence);
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(sentence), "{error}");
    }
    for sql in [
        "CURRENT_TIMESTAMP",
        "now()",
        "'{}'::jsonb",
        "-1.5e3",
        "TRUE",
        "'it''s'",
        "$$x$$",
        "not true",
    ] {
        with(sql).expect(sql);
    }
}

#[derive(Table, Debug)]
#[table(name = "open_defaults", insert = NewOpenDefault)]
struct OpenDefault {
    #[column(primary_key, auto)]
    id: i64,
    #[column(default)]
    state: String,
    #[column(default)]
    note: Option<String>,
}

#[derive(Table, Debug)]
struct OpenExpression {
    #[column(primary_key, auto)]
    id: i64,
    #[column(generated)]
    #[expect(dead_code, reason = "only the database computes with it")]
    doubled: i64,
}

pub(crate) async fn what_a_declaration_leaves_open_is_not_made(site: Site) {
    let db = open(&site).await;
    says(
        orm::create_tables!(&db, OpenDefault).await,
        ErrorKind::Unsupported,
        "`state` is declared `default` without saying which",
    );
    says(
        orm::create_tables!(&db, OpenExpression).await,
        ErrorKind::Unsupported,
        "`doubled` is declared `generated` without its expression",
    );
    let id = if site.backend() == Backend::Sqlite {
        "id INTEGER PRIMARY KEY"
    } else {
        "id BIGINT PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY"
    };
    run(
        &db,
        &format!("CREATE TABLE open_defaults ({id}, state TEXT NOT NULL, note TEXT)"),
    )
    .await;
    says(
        orm::verify!(&db, OpenDefault).await,
        ErrorKind::Drift,
        "column `state`: it is declared with a default, never NULL, and has none",
    );
    run(&db, "DROP TABLE open_defaults").await;
    run(
        &db,
        &format!("CREATE TABLE open_defaults ({id}, state TEXT NOT NULL DEFAULT 'x', note TEXT)"),
    )
    .await;
    orm::create_tables!(&db, OpenDefault)
        .await
        .expect("somebody else has made it");
    orm::verify!(&db, OpenDefault)
        .await
        .expect("nothing differs");
    let new = NewOpenDefault {};
    assert_eq!(
        new.insert().fetch_one(&db).await.expect("an insert").state,
        "x"
    );
}

pub(crate) async fn a_trigger_may_supply_what_has_no_default(site: Site) {
    let db = open(&site).await;
    let script = "CREATE TABLE open_defaults (id BIGINT PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
                      state TEXT NOT NULL, note TEXT);
                  CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
                      $$ BEGIN NEW.state := 'x'; RETURN NEW; END $$;
                  CREATE TRIGGER fill BEFORE INSERT ON open_defaults FOR EACH ROW EXECUTE FUNCTION fill()";
    run(&db, script).await;
    orm::verify!(&db, OpenDefault)
        .await
        .expect("nothing differs");
}

#[derive(Table, Debug)]
#[table(name = "stamped")]
struct Stamped {
    #[column(primary_key)]
    id: i64,
    #[column(default = "now()")]
    at: String,
}

pub(crate) async fn a_default_that_calls_no_function_is_refused(site: Site) {
    let db = open(&site).await;
    says(
        orm::create_tables!(&db, Stamped).await,
        ErrorKind::Statement,
        "no row could be inserted into it: unknown function: now()",
    );
    run(
        &db,
        "CREATE TABLE stamped (id INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT (now()))",
    )
    .await;
    let error = orm::verify!(&db, Stamped).await.expect_err("no function");
    assert_eq!(
        error.findings(),
        ["`stamped`: the database refuses to insert into it: unknown function: now()"]
    );
}

#[derive(sqlx::Type, Debug, Clone, Copy, PartialEq)]
#[sqlx(type_name = "state_of_no_type", rename_all = "lowercase")]
enum State {
    New,
}

#[derive(Table, Debug)]
#[table(name = "texts_of_enums")]
struct TextOfEnum {
    #[column(primary_key)]
    id: i64,
    #[column(type = "text")]
    state: State,
}

pub(crate) async fn a_type_that_is_not_there_is_told(site: Site) {
    let db = open(&site).await;
    let sentence =
        "its values are sent as the type `state_of_no_type`, which this database does not have";
    let made = orm::create_tables!(&db, TextOfEnum).await;
    says(made, ErrorKind::Unsupported, sentence);
    run(
        &db,
        "CREATE TABLE texts_of_enums (id BIGINT PRIMARY KEY, state TEXT NOT NULL)",
    )
    .await;
    let error = orm::verify!(&db, TextOfEnum).await.expect_err("no type");
    assert_eq!(error.findings().len(), 1, "{error}");
    assert!(error.findings()[0].contains(sentence), "{error}");
    let row = TextOfEnum {
        id: 1,
        state: State::New,
    };
    row.insert().execute(&db).await.expect_err("as it was told");
}

/// Names that the derive cannot see through.
type Number = i64;
type Text = String;

macro_rules! misfit {
    ($($table:ident: $column:ty, $sql_type:literal;)+) => { $(
        #[derive(Table, Debug)]
        struct $table {
            #[column(primary_key)]
            id: i64,
            #[column(type = $sql_type)]
            value: $column,
        }
    )+ };
}

misfit! {
    NumberAsText: Number, "TEXT";
    TextAsNumber: Text, "INTEGER";
    ExactAsFloat: f64, "NUMERIC(10, 2)";
    FlagAsNumber: bool, "INTEGER";
    WideAsNarrow: i64, "int";
    TextAsUuid: String, "uuid";
    NumberAsReal: Number, "REAL";
    Short: String, "varchar(20)";
    Same: i64, "int8";
    Json: String, "my_text";
}

pub(crate) async fn a_type_that_gives_no_such_value_back_is_told(site: Site) {
    let db = open(&site).await;
    let is_sqlite = site.backend() == Backend::Sqlite;
    macro_rules! check {
        ($($table:ident on $name:literal: $on_sqlite:literal, $on_postgres:literal;)+) => { $(
            let refused = if is_sqlite { $on_sqlite } else { $on_postgres };
            let made = orm::create_tables!(&db, $table).await;
            if refused {
                says(made, ErrorKind::Unsupported, "`value`: its values are sent as");
                let sql_type = &$table::VALUE.def().sql_type;
                let sql_type = sql_type.as_deref().unwrap_or_default();
                let id = if is_sqlite { "INTEGER" } else { "BIGINT" };
                run(&db, &format!("CREATE TABLE {} (id {id} PRIMARY KEY, value {sql_type} NOT NULL)", $name)).await;
                let verified = orm::verify!(&db, $table).await;
                says(verified, ErrorKind::Drift, "column `value`: its values are sent as");
            } else {
                made.expect(stringify!($table));
                orm::verify!(&db, $table).await.expect(stringify!($table));
            }
        )+ };
    }
    let domain = if is_sqlite {
        "SELECT 1"
    } else {
        "CREATE DOMAIN my_text AS text"
    };
    run(&db, domain).await;
    check! {
        NumberAsText on "number_as_texts": true, true;
        TextAsNumber on "text_as_numbers": true, true;
        // SQLite keeps a whole number as an integer, and gives it back as a float.
        ExactAsFloat on "exact_as_floats": false, true;
        FlagAsNumber on "flag_as_numbers": false, true;
        WideAsNarrow on "wide_as_narrows": false, true;
        TextAsUuid on "text_as_uuids": false, true;
        NumberAsReal on "number_as_reals": true, true;
        Short on "shorts": false, false;
        Same on "sames": false, false;
        Json on "jsons": false, false;
    }
}

/// The clauses of a schema of SQLite.
pub(crate) async fn clauses_of_the_schema_are_told(site: Site) {
    #[derive(Table, Debug)]
    #[table(name = "claused", unique(b, c))]
    struct Claused {
        #[column(primary_key)]
        id: i64,
        #[column(unique)]
        a: String,
        b: String,
        c: String,
    }

    let db = open(&site).await;
    let script = "CREATE TABLE claused (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, -- UNIQUE ON CONFLICT FAIL
                  a TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 'ON CONFLICT IGNORE' UNIQUE ON CONFLICT IGNORE,
                  [b] TEXT NOT NULL CHECK (b <> 'x' AND ('ON CONFLICT FAIL' <> b)), c TEXT NOT NULL,
                  CONSTRAINT \"on conflict\" UNIQUE (b, c) ON CONFLICT ROLLBACK)";
    run(&db, script).await;
    let error = orm::verify!(&db, Claused).await.expect_err("clauses");
    let begins: Vec<&str> = error
        .findings()
        .iter()
        .map(|line| line.split(", which").next().unwrap_or_default())
        .collect();
    assert_eq!(
        begins,
        [
            "`claused`: its PRIMARY KEY on (id) says ON CONFLICT REPLACE",
            "`claused`: its NOT NULL on (a) says ON CONFLICT REPLACE",
            "`claused`: its UNIQUE on (a) says ON CONFLICT IGNORE",
            "`claused`: its UNIQUE on (b, c) says ON CONFLICT ROLLBACK",
        ]
    );
    assert!(error.findings()[2].contains("`do_nothing()`"), "{error}");
}
