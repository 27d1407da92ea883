//! Upserts of many records, theme by theme.

pub(crate) mod carriers;
pub(crate) mod duplicates;
pub(crate) mod faults;
pub(crate) mod limits;
pub(crate) mod model;
pub(crate) mod nothing_left;
pub(crate) mod order;
pub(crate) mod results;
pub(crate) mod staging;
pub(crate) mod told;
pub(crate) mod triggers;

use orm::prelude::*;
use orm_tests::Site;

use crate::tables::{NewUser, user};

/// The ways that records can take.
const CARRIERS: [Carrier; 4] = [
    Carrier::Auto,
    Carrier::Values,
    Carrier::Arrays,
    Carrier::Copy,
];

/// Records `0..many`, in an order that is not that of their keys.
fn records(many: i64, version: i64) -> Vec<NewUser> {
    let mut records: Vec<_> = (0..many)
        .map(|each| user(&format!("u{each}"), version))
        .collect();
    records.reverse();
    records
}

/// Runs SQL that the library does not write.
async fn run(db: &orm::Db, sql: impl Into<String>) {
    let sql = sqlx::AssertSqlSafe(sql.into());
    let done = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::raw_sql(sql).execute(pool).await.map(drop),
        (None, Some(pool)) => sqlx::raw_sql(sql).execute(pool).await.map(drop),
        (None, None) => unreachable!("a database is one of the two"),
    };
    done.expect("the statement runs");
}

async fn clear(db: &orm::Db) {
    run(db, "DELETE FROM users").await;
}

/// What became of each record, without its row: `i`nserted, `u`pdated, `s`kipped, or `=` and the position
/// of the one that counts.
fn letters<T>(outcomes: &[BatchOutcome<T>]) -> Vec<String> {
    let letter = |outcome: &BatchOutcome<T>| match outcome {
        BatchOutcome::Inserted(_) => "i".to_owned(),
        BatchOutcome::Updated(_) => "u".to_owned(),
        BatchOutcome::Skipped => "s".to_owned(),
        BatchOutcome::Duplicate { of } => format!("={of}"),
        _ => "?".to_owned(),
    };
    outcomes.iter().map(letter).collect()
}

/// A connection to a database of its own for each site.
async fn connect(site: &Site) -> orm::Db {
    orm::connect(site.url())
        .await
        .expect("the site can be reached")
}

/// Total, inserted, updated, skipped, left out.
fn numbers(report: &Report) -> [u64; 5] {
    let Report {
        total,
        inserted,
        updated,
        skipped,
        deduplicated,
        ..
    } = *report;
    assert_eq!(
        total,
        inserted + updated + skipped + deduplicated + report.failed,
        "{report:?}"
    );
    [total, inserted, updated, skipped, deduplicated]
}
