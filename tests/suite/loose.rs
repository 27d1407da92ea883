//! Keys that hold different texts for equal: `verify!` tells those that are not declared so, and what is
//! declared is looked up and written as the table compares.

use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::{Backend, Site};

async fn run(db: &Db, script: &str) {
    let safe = sqlx::AssertSqlSafe(script);
    let done = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::raw_sql(safe).execute(pool).await.map(drop),
        (_, Some(pool)) => sqlx::raw_sql(safe).execute(pool).await.map(drop),
        _ => unreachable!("a database is one of the two"),
    };
    done.expect(script);
}

macro_rules! members {
    ($($table:ident $new:ident $module:ident: ($($setting:tt)*);)+) => { $(
        #[derive(Table, Debug, Clone, PartialEq)]
        #[table(name = "members", insert($new, derive(Debug, Clone)))]
        struct $table {
            #[column(primary_key, auto)]
            id: i64,
            #[column(unique, $($setting)*)]
            email: String,
            #[column($($setting)*)]
            name: String,
            value: i64,
        }

        mod $module {
            use super::*;

            /// Whatever way leads to the row, another case of its key is the same.
            pub(super) async fn every_way_leads_to_the_row(db: &Db) {
                let record = |email: &str, value| $new {
                    email: email.to_owned(),
                    name: email.to_owned(),
                    value,
                };
                record("Ann", 1).insert().execute(db).await.expect("an insert");
                let found = $table::find($table::EMAIL, "ANN").fetch_optional(db).await;
                assert_eq!(found.expect("a row").map(|row| row.value), Some(1));
                let among = $table::select().filter($table::EMAIL.in_(["aNN".to_owned(), "Bob".to_owned()]));
                assert_eq!(among.count(db).await.expect("a count"), 1);
                let equal = $table::select().filter($table::NAME.eq("ann"));
                assert_eq!(equal.count(db).await.expect("a count"), 1);
                let updated = record("ann", 2).upsert_on($table::EMAIL).fetch_one(db).await;
                assert_eq!(updated.expect("an upsert").id, 1);
                let other = record("aNn", 9);
                let stored = other.upsert().on_conflict($table::EMAIL).get_or_insert();
                assert_eq!(stored.fetch_one(db).await.expect("the row").value, 2);
                let batch = [record("ANN", 3), record("Bob", 4), record("ann", 5)];
                let upsert = || batch.upsert().on_conflict($table::EMAIL).update_all();
                let error = upsert().report(db).await.expect_err("two of one key");
                assert_eq!((error.kind(), error.rows()), (ErrorKind::DuplicateKeyInBatch, &[0, 2][..]));
                let report = upsert().on_duplicates(Duplicates::KeepLast).report(db).await.expect("a batch");
                assert_eq!((report.inserted, report.updated, report.deduplicated), (1, 1, 1));
                let rows = $table::select().order_by($table::ID.asc()).fetch_all(db).await.expect("rows");
                let values: Vec<i64> = rows.iter().map(|row| row.value).collect();
                assert_eq!(values, [5, 4]);
            }
        }
    )+ };
}

members! {
    Citext NewCitext citext: (type = "citext");
    Collated NewCollated collated: (collate = "no case");
    Nocase NewNocase nocase: (collate = "NOCASE");
}

/// The same table, declared as if it told cases apart.
#[derive(Table, Debug)]
#[table(name = "members")]
struct Plain {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    email: String,
    name: String,
    value: i64,
}

async fn told(db: &Db) -> Vec<String> {
    let error = orm::verify!(db, Plain)
        .await
        .expect_err("it is not declared");
    assert_eq!(error.kind(), ErrorKind::Drift);
    error.findings().to_vec()
}

pub(crate) async fn what_knows_no_case_is_told_and_declared(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    if site.backend() == Backend::Sqlite {
        orm::create_tables!(&db, Nocase).await.expect("the table");
        orm::verify!(&db, Nocase).await.expect("nothing differs");
        let cure = "its collation `NOCASE` holds different texts for equal, and is not declared; declare \
                    `#[column(collate = \"NOCASE\")]`";
        let told = told(&db).await;
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].contains("column `email`") && told[0].contains(cure),
            "{told:?}"
        );
        nocase::every_way_leads_to_the_row(&db).await;
        let other = "DROP TABLE members; CREATE TABLE members (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, \
                     name TEXT NOT NULL COLLATE \"nocase\", value INTEGER NOT NULL)";
        run(&db, other).await;
        let error = orm::verify!(&db, Nocase).await.expect_err("one is another");
        assert_eq!(
            error.findings(),
            [
                "`members`: column `email`: it is declared with the collation `NOCASE` and has `none`"
            ]
        );
        return;
    }
    let script = "CREATE EXTENSION IF NOT EXISTS citext; CREATE COLLATION \"no case\" (provider = icu, \
                  locale = 'und-u-ks-level2', deterministic = false)";
    run(&db, script).await;
    orm::create_tables!(&db, Citext).await.expect("the table");
    orm::verify!(&db, Citext).await.expect("nothing differs");
    let told_of_type = told(&db).await;
    assert_eq!(told_of_type.len(), 2, "{told_of_type:?}");
    let cure = "column `email`: it is declared as text and is citext; declare `#[column(type = \"citext\")]`";
    assert!(told_of_type[0].contains(cure), "{told_of_type:?}");
    citext::every_way_leads_to_the_row(&db).await;
    run(&db, "DROP TABLE members").await;

    orm::create_tables!(&db, Collated).await.expect("the table");
    orm::verify!(&db, Collated).await.expect("nothing differs");
    let told_of_collation = told(&db).await;
    assert_eq!(told_of_collation.len(), 2, "{told_of_collation:?}");
    let cure = "its collation `no case` holds different texts for equal, and is not declared; declare \
                `#[column(collate = \"no case\")]`";
    assert!(told_of_collation[0].contains(cure), "{told_of_collation:?}");
    collated::every_way_leads_to_the_row(&db).await;
}
