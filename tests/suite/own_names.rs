//! Names of users that are the words of the library's own SQL change nothing.
//!
//! Every table is put through the same statements, and has to answer like one of ordinary names.

mod described;
mod script;

pub(crate) use described::{
    a_name_that_sqlite_does_not_keep_is_refused, a_table_is_not_called_as_a_function_of_sqlite,
    any_word_of_the_renderer_can_be_a_name,
};

use std::fmt::Debug;

use orm::prelude::*;
use orm_tests::Site;

use self::script::named;

/// What a statement answered. An error counts by its kind, since its text has the names in it.
fn tell<T: Debug>(said: &mut Vec<String>, what: &str, answer: orm::Result<T>) {
    said.push(match answer {
        Ok(answer) => format!("{what}: {answer:?}"),
        Err(error) => format!("{what}: {:?} {:?}", error.kind(), error.rows()),
    });
}

/// Rows that come in no order, in one.
fn sorted<T: Ord>(answer: orm::Result<Vec<T>>) -> orm::Result<Vec<T>> {
    answer.map(|mut rows| {
        rows.sort();
        rows
    })
}

/// A table of these names, put through all statements.
macro_rules! tables {
    ($($module:ident $table:literal $(in $schema:literal)?:
       $id:literal $code:literal $version:literal $amount:literal $note:literal,
       $filter:literal, $expr:literal, $key:literal $KEY:ident $other:literal $OTHER:ident;)*) => {
        $(
            mod $module {
                use super::*;

                named!($table $($schema)?: $id $code $version $amount $note, $filter, $expr,
                    $key $KEY $other $OTHER);
            }
        )*
    };
}

tables! {
    ordinary "items": "id" "code" "version" "amount" "note",
        "\"amount\" IS NOT NULL", "lower(\"code\")", "priced" PRICED "folded" FOLDED;
    excluded "excluded": "excluded" "old" "new" "v1" "v2",
        "\"v1\" IS NOT NULL", "lower(\"old\")", "written" WRITTEN "n" N;
    old "old": "new" "old" "excluded" "stored" "incoming",
        "\"stored\" IS NOT NULL", "lower(\"old\")", "k0" K0 "k1" K1;
    new "new": "k" "n" "h" "told" "ordinality",
        "\"told\" IS NOT NULL", "lower(\"n\")", "paired" PAIRED "locked" LOCKED;
    incoming "incoming": "of" "incoming" "place" "row" "value",
        "\"row\" IS NOT NULL", "lower(\"incoming\")", "counted" COUNTED "numbered" NUMBERED;
    stored "stored": "stored" "lower" "count" "sum" "text",
        "\"sum\" IS NOT NULL", "lower(\"lower\")", "several" SEVERAL "asked" ASKED;
    told "told": "inserted" "free" "coalesce" "case" "int8",
        "\"case\" IS NOT NULL", "lower(\"free\")", "named" NAMED "m" M;
}

/// What PostgreSQL has in every table, and SQLite in none.
mod system {
    use super::*;

    named!("Excluded": "rowid" "xmax" "ctid" "oid" "_rowid_",
        "\"oid\" IS NOT NULL", "lower(\"xmax\")", "tableoid" TABLEOID "xmin" XMIN);
}

tables! {
    in_excluded "excluded" in "excluded": "excluded" "n" "k" "v" "t",
        "\"v\" IS NOT NULL", "lower(\"n\")", "a1" A1 "a2" A2;
    in_old "items" in "old": "id" "code" "version" "amount" "note",
        "\"amount\" IS NOT NULL", "lower(\"code\")", "a3" A3 "a4" A4;
    in_incoming "incoming" in "incoming": "id" "code" "version" "amount" "note",
        "\"amount\" IS NOT NULL", "lower(\"code\")", "a5" A5 "a6" A6;
}

#[track_caller]
fn alike(table: &str, said: &[String], expected: &[String]) {
    for (said, expected) in said.iter().zip(expected) {
        assert_eq!(said, expected, "of the table `{table}`");
    }
    assert_eq!(said.len(), expected.len());
}

pub(crate) async fn tables_and_columns_may_be_called_as_the_statement_calls_its_own(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let expected = ordinary::answers(&db).await;
    let failed: Vec<_> = expected
        .iter()
        .filter(|said| said.contains(": Statement"))
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
    alike("excluded", &excluded::answers(&db).await, &expected);
    alike("old", &old::answers(&db).await, &expected);
    alike("new", &new::answers(&db).await, &expected);
    alike("incoming", &incoming::answers(&db).await, &expected);
    alike("stored", &stored::answers(&db).await, &expected);
    alike("told", &told::answers(&db).await, &expected);
    if db.sqlite().is_some() {
        // SQLite does not see the case of letters, and so the first of them goes.
        orm::sql!("DROP TABLE \"excluded\"")
            .execute(&db)
            .await
            .expect("dropped");
        alike("Excluded", &system::answers(&db).await, &expected);
    }
}

pub(crate) async fn schemas_may_be_called_so_too(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let pool = db.postgres().expect("PostgreSQL");
    let drop = "DROP SCHEMA IF EXISTS \"excluded\", \"old\", \"incoming\" CASCADE";
    sqlx::raw_sql(drop).execute(pool).await.expect("dropped");
    let expected = ordinary::answers(&db).await;
    alike(
        "excluded.excluded",
        &in_excluded::answers(&db).await,
        &expected,
    );
    alike("old.items", &in_old::answers(&db).await, &expected);
    alike(
        "incoming.incoming",
        &in_incoming::answers(&db).await,
        &expected,
    );
    sqlx::raw_sql(drop).execute(pool).await.expect("dropped");
}
