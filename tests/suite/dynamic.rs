//! A table whose name and columns are known only as text.

use orm::dynamic::{Table, Value, column, key};
use orm::{Carrier, ErrorKind, Result};
use orm_tests::{Backend, Site};

mod alike;
mod described;
mod names;
mod queries;
mod refused;
mod round_trips;
mod values;

pub(crate) use alike::*;
pub(crate) use described::*;
pub(crate) use names::*;
pub(crate) use queries::*;
pub(crate) use refused::*;
pub(crate) use round_trips::*;
pub(crate) use values::*;

/// As a pipeline would build it, from names that came from elsewhere.
fn described(name: &str, columns: &[(&str, &str)]) -> Result<Table> {
    let mut table = Table::new(name);
    for (name, sql_type) in columns {
        let column = column(*name, *sql_type);
        let is_key = *name == "key";
        table = table.column(if is_key { column } else { column.nullable() });
    }
    table
        .primary_key(["key"])
        .unique_key(key(["first", "second"]).nulls_distinct())
        .build()
}

fn things() -> Table {
    described(
        "Things \"of\" note",
        &[
            ("key", "TEXT"),
            ("first", "INTEGER"),
            ("second", "TEXT"),
            ("version", "BIGINT"),
        ],
    )
    .expect("a description without mistakes")
}

fn row(key: &str, first: i64, version: i64) -> [(String, Value); 4] {
    [
        ("key".to_owned(), key.into()),
        ("first".to_owned(), first.into()),
        ("second".to_owned(), Value::Null),
        ("version".to_owned(), version.into()),
    ]
}

pub(crate) async fn a_row_of_values_is_upserted(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = things();
    table.create(&db).await.expect("the table can be made");
    table
        .create(&db)
        .await
        .expect("a second time changes nothing");

    let stored = table
        .upsert(row("a", 1, 1))
        .on_conflict(["key"])
        .update_all();
    let stored = stored
        .fetch_optional(&db)
        .await
        .expect("an upsert")
        .expect("a row");
    assert_eq!(stored, [Value::from("a"), 1.into(), Value::Null, 1.into()]);

    let newer = table
        .upsert(row("a", 2, 2))
        .on_conflict(["key"])
        .update(["first"]);
    assert_eq!(
        newer
            .keep_newest("version")
            .execute(&db)
            .await
            .expect("an upsert"),
        1
    );
    let older = table
        .upsert(row("a", 3, 1))
        .on_conflict(["key"])
        .update(["first"]);
    assert_eq!(
        older
            .keep_newest("version")
            .execute(&db)
            .await
            .expect("an upsert"),
        0
    );
    let kept = table
        .upsert(row("a", 9, 9))
        .on_conflict(["key"])
        .do_nothing();
    assert_eq!(kept.fetch_optional(&db).await.expect("an upsert"), None);

    let last = table
        .upsert(row("a", 4, 4))
        .on_conflict(["key"])
        .update(["version"]);
    let last = last
        .fetch_optional(&db)
        .await
        .expect("an upsert")
        .expect("a row");
    assert_eq!(last, [Value::from("a"), 2.into(), Value::Null, 4.into()]);
}

pub(crate) async fn it_runs_in_a_transaction(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = things();
    table.create(&db).await.expect("the table can be made");
    let written = orm::transaction(&db, async |tx| {
        table
            .upsert(row("a", 1, 1))
            .on_conflict(["second", "first"])
            .update(["version"])
            .execute(&tx)
            .await
    });
    assert_eq!(written.await.expect("a transaction"), 1);
}

pub(crate) async fn mistakes_are_told_before_anything_is_sent(site: Site) {
    // There is no such table: an error that spoke of it would have been sent.
    let db = orm::connect(site.url()).await.expect("a database");
    let table = things();
    let upsert = || table.upsert(row("a", 1, 1));
    let short = || table.upsert([("key", Value::from("a"))]);
    for (mistaken, sentence) in [
        (
            upsert().on_conflict(["first"]).update_all(),
            "not a unique key",
        ),
        (
            upsert().on_conflict(["key", "first"]).update_all(),
            "not a unique key",
        ),
        (
            upsert().on_conflict(["kye"]).update_all(),
            "no column `kye`",
        ),
        (
            upsert().on_conflict(["key"]).update(["nothing"]),
            "no column `nothing`",
        ),
        (
            upsert().on_conflict(["key"]).update(["key"]),
            "cannot update the column `key`",
        ),
        (
            upsert().on_conflict(["key"]).update(["first", "first"]),
            "assigned twice",
        ),
        (
            upsert().on_conflict(["first", "second"]).update(["first"]),
            "cannot update",
        ),
        (
            short().on_conflict(["key"]).update(["first"]),
            "does not supply `first`",
        ),
        (short().on_conflict(["key"]).update_all(), "update nothing"),
        (upsert().update_all(), "no conflict target"),
        (upsert().on_conflict(["key"]), "no action"),
        (
            table
                .upsert([("first", Value::from(1))])
                .on_conflict(["key"]),
            "leaves out `key`",
        ),
        (
            short().on_conflict(["first", "second"]),
            "does not supply `first`",
        ),
    ] {
        let error = mistaken.execute(&db).await.expect_err(sentence);
        assert_eq!(error.kind(), ErrorKind::Statement, "{error}");
        assert!(
            error.to_string().contains(sentence),
            "expected `{sentence}`: {error}"
        );
    }
}

pub(crate) async fn wrong_descriptions_are_refused(_: Site) {
    let long = "x".repeat(64);
    for (name, columns, sentence) in [
        ("", &[("key", "TEXT")][..], "empty"),
        ("a\0b", &[("key", "TEXT")], "NUL"),
        (&long, &[("key", "TEXT")], "63 bytes"),
        ("pg_things", &[("key", "TEXT")], "reserved"),
        ("things", &[("key", "TEXT"), ("key", "TEXT")], "two columns"),
        ("things", &[("first", "TEXT")], "which is no column"),
    ] {
        let error = described(name, columns).expect_err(sentence);
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(
            error.to_string().contains(sentence),
            "expected `{sentence}`: {error}"
        );
    }
    let without = Table::new("things").column(column("key", "TEXT")).build();
    assert!(
        without
            .expect_err("no key")
            .to_string()
            .contains("no primary key")
    );
}

pub(crate) async fn many_rows_of_values_are_upserted(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = things();
    table.create(&db).await.expect("the table can be made");
    let columns = ["key", "first", "second", "version"];
    let rows = |many: i64, version: i64| -> Vec<Vec<Value>> {
        let row = |each: i64| {
            // The first row has no value where later ones have one.
            let second = (each > 0).then(|| format!("s{each}"));
            vec![
                format!("k{each}").into(),
                each.into(),
                second.into(),
                version.into(),
            ]
        };
        (0..many).map(row).collect()
    };
    for carrier in [
        Carrier::Auto,
        Carrier::Values,
        Carrier::Arrays,
        Carrier::Copy,
    ] {
        for many in [1, 40, 250] {
            let rows = rows(many, many);
            let upsert = || {
                table
                    .upsert_many(columns, &rows)
                    .on_conflict(["key"])
                    .update_all()
                    .keep_newest("version")
                    .carrier(carrier)
                    .chunk_rows(100)
            };
            let report = upsert().report(&db).await.expect("an upsert");
            let total = many.unsigned_abs();
            assert_eq!(
                (report.total, report.written()),
                (total, total),
                "{carrier:?}"
            );
            assert_eq!(upsert().execute(&db).await.expect("an upsert"), total);
        }
        let older = rows(250, 1);
        let report = table
            .upsert_many(columns, &older)
            .on_conflict(["key"])
            .update_all();
        let report = report
            .keep_newest("version")
            .carrier(carrier)
            .report(&db)
            .await;
        assert_eq!(report.expect("an upsert").skipped, 250);
        clear(&db, &table).await;
    }
}

async fn clear(db: &orm::Db, table: &Table) {
    let name = table.def().name.replace('"', "\"\"");
    let sql = sqlx::AssertSqlSafe(format!("DELETE FROM \"{name}\""));
    match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => drop(sqlx::query(sql).execute(pool).await.expect("a delete")),
        (_, Some(pool)) => drop(sqlx::query(sql).execute(pool).await.expect("a delete")),
        _ => unreachable!("a database is one of the two"),
    }
}

pub(crate) async fn rows_that_are_not_alike_are_refused(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = things();
    let columns = ["key", "first", "second", "version"];
    let good = vec![Value::from("a"), 1.into(), Value::Null, 1.into()];
    let refused = async |bad: Vec<Value>| {
        let rows = [good.clone(), bad];
        let upsert = table
            .upsert_many(columns, &rows)
            .on_conflict(["key"])
            .update_all();
        let error = upsert
            .execute(&db)
            .await
            .expect_err("a row unlike the other");
        assert_eq!(
            (error.kind(), error.rows()),
            (ErrorKind::Statement, &[1][..])
        );
        error.to_string()
    };
    let said = refused(vec!["b".into(), "one".into(), Value::Null, 1.into()]).await;
    assert!(
        said.contains("the row has a text for `first`, where those before it have a whole number"),
        "{said}"
    );
    let said = refused(vec!["b".into()]).await;
    assert!(
        said.contains("the row has 1 values for 4 columns"),
        "{said}"
    );
}

/// So that there is no room beside them, in a staging table either.
pub(crate) async fn as_many_columns_as_a_table_has_are_carried(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let columns = match site.backend() {
        Backend::Sqlite => 2_000,
        Backend::Postgres(_) => 1_600,
    };
    let names: Vec<String> = (0..columns).map(|each| format!("c{each}")).collect();
    let mut table = Table::new("wide");
    for name in &names {
        let column = column(name, "SMALLINT");
        table = table.column(if name == "c0" {
            column
        } else {
            column.nullable()
        });
    }
    let table = table.primary_key(["c0"]).build().expect("a table");
    table.create(&db).await.expect("the table can be made");
    // A row of PostgreSQL has eight kilobytes.
    let row = |key: i64| {
        let value = |at: usize| {
            if at.is_multiple_of(2) {
                Value::from(key)
            } else {
                Value::Null
            }
        };
        (0..names.len()).map(value).collect::<Vec<_>>()
    };
    let rows: Vec<_> = (0..60).map(row).collect();
    for carrier in [
        Carrier::Auto,
        Carrier::Values,
        Carrier::Arrays,
        Carrier::Copy,
    ] {
        let upsert = table
            .upsert_many(&names, &rows)
            .on_conflict(["c0"])
            .update_all();
        let report = upsert.carrier(carrier).report(&db).await;
        assert_eq!(report.expect("an upsert").written(), 60, "{carrier:?}");
    }
}
