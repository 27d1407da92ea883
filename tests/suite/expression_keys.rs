//! Keys on expressions: what the expression reads may be updated, and may be a version.

use orm::ErrorKind;
use orm::dynamic::{self, Value, column, key};
use orm::prelude::*;
use orm_tests::Site;

const DAY: i64 = 86_400;

/// One of each sensor and day.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "readings", insert(NewReading, derive(Debug, Clone)))]
#[table(unique(
    name = "per_day",
    columns(sensor, at),
    expr = "sensor || ' ' || CAST(at / 86400 AS TEXT)"
))]
struct Reading {
    #[column(primary_key, auto)]
    id: i64,
    sensor: String,
    at: i64,
    value: i64,
}

fn reading(sensor: &str, at: i64, value: i64) -> NewReading {
    let sensor = sensor.to_owned();
    NewReading { sensor, at, value }
}

/// Sensor, time and value of each, in the order of the first two.
async fn stored(db: &orm::Db) -> Vec<(String, i64, i64)> {
    Reading::select()
        .columns((Reading::SENSOR, Reading::AT, Reading::VALUE))
        .order_by((Reading::SENSOR, Reading::AT))
        .fetch_all(db)
        .await
        .expect("the readings")
}

fn row(sensor: &str, at: i64, value: i64) -> (String, i64, i64) {
    (sensor.to_owned(), at, value)
}

async fn readings(site: &Site) -> orm::Db {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Reading).await.expect("the table");
    db
}

pub(crate) async fn one_of_each_day_and_the_last_wins(site: Site) {
    let db = readings(&site).await;
    let mut told = Vec::new();
    for (at, value) in [(10, 1), (30, 3), (20, 2), (30, 4), (DAY + 5, 9)] {
        let reading = reading("a", at, value);
        let newest = reading.upsert().on_conflict(Reading::PER_DAY).update_all();
        let newest = newest.keep_newest(Reading::AT);
        let outcome = newest.outcome(&db).await.expect("an upsert");
        told.push(match outcome {
            Outcome::Inserted(row) => format!("i{}", row.value),
            Outcome::Updated(row) => format!("u{}", row.value),
            Outcome::Skipped => "s".to_owned(),
        });
    }
    assert_eq!(told, ["i1", "u3", "s", "u4", "i9"]);
    assert_eq!(stored(&db).await, [row("a", 30, 4), row("a", DAY + 5, 9)]);

    let older = reading("a", 12, 5);
    let all = || older.upsert().on_conflict(Reading::PER_DAY);
    let newer = all().update(Reading::VALUE).keep_newer(Reading::AT);
    assert_eq!(newer.execute(&db).await.expect("an upsert"), 0);
    let some = all().update((Reading::AT, Reading::VALUE));
    let some = some.fetch_one(&db).await.expect("an upsert");
    assert_eq!((some.at, some.value), (12, 5));
    let computed = all().set_with(Reading::AT, |old, new| old.at + new.at);
    assert_eq!(computed.fetch_one(&db).await.expect("an upsert").at, 24);
    let set = all().set(Reading::AT, 13);
    assert_eq!(set.fetch_one(&db).await.expect("an upsert").at, 13);
    let except = all().update_except((Reading::VALUE, Reading::SENSOR));
    assert_eq!(except.fetch_one(&db).await.expect("an upsert").at, 12);
    let unchanged = all().update_all().skip_unchanged();
    assert_eq!(unchanged.execute(&db).await.expect("an upsert"), 0);
    let coalesced = reading("a", 14, 6);
    let coalesced = coalesced
        .upsert()
        .on_conflict(Reading::PER_DAY)
        .coalesce_all();
    assert_eq!(coalesced.fetch_one(&db).await.expect("an upsert").at, 14);
    assert_eq!(stored(&db).await, [row("a", 14, 6), row("a", DAY + 5, 9)]);
}

pub(crate) async fn many_of_each_day_and_the_last_wins(site: Site) {
    let db = readings(&site).await;
    let batch = [
        reading("a", 30, 3),
        reading("b", 7, 1),
        reading("a", 10, 1),
        reading("a", DAY + 1, 5),
        reading("a", 40, 4),
        reading("b", 7, 2),
        reading("a", 20, 2),
    ];
    let newest_of_each = [row("a", 40, 4), row("a", DAY + 1, 5), row("b", 7, 2)];
    for carrier in [
        Carrier::Auto,
        Carrier::Values,
        Carrier::Arrays,
        Carrier::Copy,
    ] {
        for chunk in [2, 1_000] {
            let say = format!("{carrier:?} {chunk}");
            let upsert = |batch| {
                let upsert = <[NewReading]>::upsert(batch).on_conflict(Reading::PER_DAY);
                upsert.update_all().carrier(carrier).chunk_rows(chunk)
            };
            let empty = async || {
                Reading::delete()
                    .all_rows()
                    .execute(&db)
                    .await
                    .expect("emptied");
            };
            empty().await;
            let newest = || upsert(&batch).keep_newest(Reading::AT);
            let report = newest().report(&db).await.expect(&say);
            assert_eq!((report.inserted, report.deduplicated), (3, 4), "{say}");
            assert_eq!(stored(&db).await, newest_of_each, "{say}");
            let outcomes = newest().outcomes(&db).await.expect(&say);
            let updated = outcomes
                .iter()
                .filter(|each| matches!(each, BatchOutcome::Updated(_)));
            assert_eq!(updated.count(), 3, "{say}: {outcomes:?}");
            assert!(
                matches!(outcomes[0], BatchOutcome::Duplicate { of: 4 }),
                "{say}"
            );
            let later = [
                reading("a", 50, 6),
                reading("a", DAY, 7),
                reading("b", 8, 8),
            ];
            let rows = upsert(&later)
                .keep_newest(Reading::AT)
                .fetch_all(&db)
                .await
                .expect(&say);
            let at: Vec<_> = rows.iter().map(|row| row.at).collect();
            assert_eq!(at, [50, 8], "{say}");
            empty().await;
            let last = upsert(&batch).on_duplicates(Duplicates::KeepLast);
            assert_eq!(last.execute(&db).await.expect(&say), 3, "{say}");
            let last_of_each = [row("a", 20, 2), row("a", DAY + 1, 5), row("b", 7, 2)];
            assert_eq!(stored(&db).await, last_of_each, "{say}");
            let error = upsert(&batch).execute(&db).await.expect_err(&say);
            assert_eq!(
                error.kind(),
                ErrorKind::DuplicateKeyInBatch,
                "{say}: {error}"
            );
            assert_eq!(error.rows(), [0, 1, 2, 4, 5, 6], "{say}: {error}");
        }
    }
}

pub(crate) async fn what_the_expression_reads_is_updated(site: Site) {
    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "accounts", insert(NewAccount, derive(Debug, Clone)))]
    #[table(unique(name = "lower_id", expr = "lower(external_id)"))]
    struct Account {
        #[column(primary_key, auto)]
        id: i64,
        external_id: String,
        name: String,
    }

    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Account).await.expect("the table");
    let account = |external_id: &str, name: &str| NewAccount {
        external_id: external_id.to_owned(),
        name: name.to_owned(),
    };
    let ids = async || {
        let ids = Account::select()
            .columns(Account::EXTERNAL_ID)
            .order_by(Account::EXTERNAL_ID);
        ids.fetch_all(&db).await.expect("the accounts")
    };
    for external_id in ["abc", "ABC"] {
        let account = account(external_id, "n");
        let upsert = account.upsert().on_conflict(Account::LOWER_ID).update_all();
        let row = upsert.fetch_one(&db).await.expect("an upsert");
        assert_eq!(row.external_id, external_id);
    }
    let only = account("aBc", "m");
    let only = only
        .upsert()
        .on_conflict(Account::LOWER_ID)
        .update(Account::EXTERNAL_ID);
    let only = only.fetch_one(&db).await.expect("an upsert");
    assert_eq!(
        (only.external_id.as_str(), only.name.as_str()),
        ("aBc", "n")
    );
    let batch = [account("abC", "o"), account("x", "p"), account("Abc", "q")];
    let last = batch.upsert().on_conflict(Account::LOWER_ID).update_all();
    let last = last
        .on_duplicates(Duplicates::KeepLast)
        .fetch_all(&db)
        .await;
    assert_eq!(last.expect("an upsert").len(), 2);
    assert_eq!(ids().await, ["Abc", "x"]);
}

/// The table of [`Reading`], described at run time; `number` is a plain key of some rows.
fn described() -> dynamic::Table {
    dynamic::Table::new("readings")
        .column(column("id", "BIGINT").auto())
        .column(column("sensor", "TEXT"))
        .column(column("at", "BIGINT"))
        .column(column("value", "BIGINT"))
        .primary_key(["id"])
        .unique_key(
            key(["sensor", "at"])
                .named("per_day")
                .expression("sensor || ' ' || CAST(at / 86400 AS TEXT)"),
        )
        .unique_key(key(["value"]).named("known").filter("value > 1000"))
        .build()
        .expect("a table")
}

pub(crate) async fn a_described_table_does_the_same(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = described();
    table.create(&db).await.expect("the table");
    let names = ["sensor", "at", "value"];
    let values = |at: i64, value: i64| {
        vec![
            Value::from("a".to_owned()),
            Value::from(at),
            Value::from(value),
        ]
    };
    let upsert = |at, value| {
        let row = names.into_iter().zip(values(at, value));
        table.upsert(row).on_conflict_key("per_day")
    };
    for (at, value, written) in [(10, 1, 1), (30, 3, 1), (20, 2, 0)] {
        let newest = upsert(at, value).update_all().keep_newest("at");
        assert_eq!(
            newest.execute(&db).await.expect("an upsert"),
            written,
            "{at}"
        );
    }
    assert_eq!(stored(&db).await, [row("a", 30, 3)]);
    let only = upsert(25, 9).update(["at"]).execute(&db).await;
    assert_eq!(only.expect("an upsert"), 1);
    assert_eq!(stored(&db).await, [row("a", 25, 3)]);
    for carrier in [
        Carrier::Auto,
        Carrier::Values,
        Carrier::Arrays,
        Carrier::Copy,
    ] {
        let rows = [values(41, 4), values(DAY, 5), values(42, 6), values(40, 7)];
        let many = || {
            let many = table.upsert_many(names, &rows).on_conflict_key("per_day");
            many.update_all().carrier(carrier).chunk_rows(3)
        };
        let report = many()
            .keep_newest("at")
            .report(&db)
            .await
            .expect("an upsert");
        assert_eq!(
            (report.written(), report.deduplicated),
            (2, 2),
            "{carrier:?}"
        );
        assert_eq!(
            stored(&db).await,
            [row("a", 42, 6), row("a", DAY, 5)],
            "{carrier:?}"
        );
    }
    // A key of columns fixes them, also where it is one of some rows only and is named last.
    let fixed = table.upsert(names.into_iter().zip(values(1, 2_000)));
    let fixed = fixed.update(["value"]).on_conflict_key("known");
    let error = fixed.execute(&db).await.expect_err("part of the key");
    assert_eq!(error.kind(), ErrorKind::Statement, "{error}");
    assert!(
        error
            .to_string()
            .contains("cannot update the column `value`"),
        "{error}"
    );
}
