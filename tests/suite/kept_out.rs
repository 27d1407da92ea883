//! Rows that the database keeps from being written: whoever was promised one is told so.

use std::sync::atomic::{AtomicU32, Ordering};

use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::Site;
use sqlx::AssertSqlSafe;

use crate::tables::{User, database, user, users};

async fn run(db: &Db, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    let done = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::raw_sql(sql).execute(pool).await.map(drop),
        (None, Some(pool)) => sqlx::raw_sql(sql).execute(pool).await.map(drop),
        (None, None) => unreachable!("a database is one of the two"),
    };
    done.expect("the statement runs");
}

/// No row is inserted any more.
async fn swallow(db: &Db) {
    let sql = if db.postgres().is_some() {
        "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RETURN NULL; END $$;
         CREATE TRIGGER swallow BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION swallow()"
    } else {
        "CREATE TRIGGER swallow BEFORE INSERT ON users BEGIN SELECT RAISE(IGNORE); END"
    };
    run(db, sql).await;
}

fn is_told(error: &orm::Error) {
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    assert!(!error.is_transient() && !error.is_data(), "{error}");
    assert_eq!(error.table(), Some("users"));
    assert!(error.to_string().contains("may have kept it"), "{error}");
}

pub(crate) async fn get_or_insert_says_that_the_row_was_kept_out(site: Site) {
    let db = database(&site).await;
    let stored = user("bob", 1).insert().fetch_one(&db).await.expect("a row");
    swallow(&db).await;
    let record = user("ann", 1);
    let get = || record.upsert().on_conflict(User::EMAIL).get_or_insert();
    is_told(&get().fetch_one(&db).await.expect_err("no row"));
    is_told(&get().outcome(&db).await.expect_err("no row"));
    let one = get().returning(User::ID).fetch_one(&db).await;
    is_told(&one.expect_err("no row"));

    // It is no conflict, so that a transaction is not run again.
    let runs = AtomicU32::new(0);
    let error = orm::transaction(&db, async |tx| {
        runs.fetch_add(1, Ordering::SeqCst);
        get().fetch_one(&tx).await
    })
    .await;
    is_told(&error.expect_err("no row"));
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    // Nor does it end one.
    orm::transaction(&db, async |tx| {
        is_told(&get().fetch_one(&tx).await.expect_err("no row"));
        User::update()
            .set(User::VERSION, 7)
            .all_rows()
            .execute(&tx)
            .await
    })
    .await
    .expect("it goes on");
    assert_eq!(users(&db).await[0].version, 7);

    // One that is there is found all the same.
    let record = user("bob", 1);
    let found = record.upsert().on_conflict(User::EMAIL).get_or_insert();
    assert_eq!(found.fetch_one(&db).await.expect("a row").id, stored.id);
}

pub(crate) async fn a_trigger_that_changes_the_key_keeps_the_row_out_of_sight(site: Site) {
    let db = database(&site).await;
    let sql = "CREATE FUNCTION lower() RETURNS trigger LANGUAGE plpgsql AS
                   $$ BEGIN NEW.email := pg_catalog.lower(NEW.email); RETURN NEW; END $$;
               CREATE TRIGGER lower BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION lower()";
    run(&db, sql).await;
    let record = user("ANN", 1);
    let get = || record.upsert().on_conflict(User::EMAIL).get_or_insert();
    let first = get().fetch_one(&db).await.expect("it is inserted");
    assert_eq!(first.email, "ann");
    // The key of the record is taken and no row has it.
    is_told(&get().fetch_one(&db).await.expect_err("no row"));
}

pub(crate) async fn a_policy_that_hides_the_row_keeps_it_too(site: Site) {
    let db = database(&site).await;
    user("ann", 1).insert().execute(&db).await.expect("a row");
    let role = format!("{}_reader", site.schema());
    // Who may not update, and for whom some rows are not there.
    let sql = format!(
        "CREATE ROLE \"{role}\"; GRANT USAGE ON SCHEMA \"{schema}\" TO \"{role}\";
         GRANT SELECT, INSERT ON users TO \"{role}\"; ALTER TABLE users ENABLE ROW LEVEL SECURITY;
         CREATE POLICY all_in ON users FOR INSERT WITH CHECK (true);
         CREATE POLICY newer ON users FOR SELECT USING (version > 1)",
        schema = site.schema()
    );
    run(&db, &sql).await;
    for grant in ["SELECT", "UPDATE"] {
        run(&db, &format!("GRANT {grant} ON users TO \"{role}\"")).await;
        let mut own = db
            .postgres()
            .expect("PostgreSQL")
            .acquire()
            .await
            .expect("a connection");
        let set = AssertSqlSafe(format!("SET ROLE \"{role}\""));
        sqlx::raw_sql(set).execute(&mut *own).await.expect("a role");
        let record = user("ann", 2);
        let get = record.upsert().on_conflict(User::EMAIL).get_or_insert();
        is_told(&get.fetch_one(&mut *own).await.expect_err("no row"));
        own.close().await.expect("it closes");
    }
    let gone = format!(
        "DROP POLICY all_in ON users; DROP POLICY newer ON users; DROP OWNED BY \"{role}\"; DROP ROLE \"{role}\""
    );
    run(&db, &gone).await;
}

pub(crate) async fn fetch_one_says_so_too(site: Site) {
    let db = database(&site).await;
    swallow(&db).await;
    let record = user("ann", 1);
    is_told(&record.insert().fetch_one(&db).await.expect_err("no row"));
    let upsert = record.upsert_on(User::EMAIL);
    is_told(&upsert.fetch_one(&db).await.expect_err("no row"));
    let upsert = record.upsert_on(User::EMAIL);
    is_told(&upsert.outcome(&db).await.expect_err("no row"));
    let written = record.upsert_on(User::EMAIL).execute(&db).await;
    assert_eq!(written.expect("an upsert"), 0);
    let records = [record.clone()];
    let report = records.upsert_on(User::EMAIL).report(&db).await;
    assert_eq!(report.expect("an upsert").skipped, 1);
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewCard, derive(Debug, Clone)))]
struct Card {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    code: String,
    #[column(unique(nulls_distinct))]
    place: Option<String>,
}

fn card(id: i64, code: &str, place: &str) -> NewCard {
    NewCard {
        id,
        code: code.to_owned(),
        place: Some(place.to_owned()),
    }
}

/// Constraints that say themselves what happens when they do not hold, and that only SQLite has.
const IGNORES: [&str; 4] = [
    "CREATE TABLE cards (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE,
         place TEXT UNIQUE ON CONFLICT IGNORE)",
    "CREATE TABLE cards (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, place TEXT,
         UNIQUE (place) on\n  conflict /* so */ ignore)",
    "CREATE TABLE cards (id INTEGER PRIMARY KEY ON CONFLICT IGNORE, code TEXT NOT NULL UNIQUE,
         place TEXT UNIQUE ON CONFLICT IGNORE)",
    "CREATE TABLE \"Cards\" (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE,
         place TEXT UNIQUE ON CONFLICT IGNORE)",
];

pub(crate) async fn what_a_constraint_ignores_is_not_counted(site: Site) {
    for made in IGNORES {
        let place = site.another().await;
        let db = orm::connect(place.url()).await.expect("a database");
        run(&db, made).await;
        card(1, "a", "x")
            .insert()
            .execute(&db)
            .await
            .expect("a row");
        // The second is ignored for its place.
        run(&db, "INSERT INTO cards VALUES (2, 'b', 'y')").await;
        let batch = [
            card(1, "a", "z"),
            card(3, "c", "z"),
            card(2, "b", "q"),
            card(4, "d", "w"),
        ];
        let upsert = || batch.upsert().on_conflict(Card::CODE).update(Card::PLACE);
        let report = upsert().report(&db).await.expect("an upsert");
        let stored = Card::select().count(&db).await.expect("a count");
        assert_eq!((stored, report.inserted), (3, 1), "{made}: {report:?}");
        assert_eq!(
            (report.updated, report.skipped),
            (2, 1),
            "{made}: {report:?}"
        );

        let outcomes = upsert().outcomes(&db).await.expect("an upsert");
        let written = outcomes
            .iter()
            .filter(|outcome| !matches!(outcome, BatchOutcome::Skipped));
        assert_eq!(written.count(), 3, "{made}: {outcomes:?}");
        assert_eq!(upsert().execute(&db).await.expect("an upsert"), 3, "{made}");

        let ignored = card(9, "z", "z");
        let written = ignored.upsert_on(Card::CODE).execute(&db).await;
        assert_eq!(written.expect("an upsert"), 0, "{made}");
        let error = ignored.upsert_on(Card::CODE).fetch_one(&db).await;
        let error = error.expect_err("it is ignored");
        assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
        assert!(error.to_string().contains("ON CONFLICT IGNORE"), "{error}");
        let get = ignored.upsert().on_conflict(Card::CODE).get_or_insert();
        let error = get.fetch_one(&db).await.expect_err("it is ignored");
        assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
        let outcome = ignored.upsert_on(Card::CODE).outcome(&db).await;
        let error = outcome.expect_err("it is ignored");
        assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    }
}
