//! A table whose name and columns are known only as text.

use orm::dynamic::{Table, Value, column};
use orm::{ErrorKind, Result};
use orm_tests::Site;

/// As a pipeline would build it, from names that came from elsewhere.
fn described(name: &str, columns: &[(&str, &str)]) -> Result<Table> {
    let mut table = Table::new(name);
    for (name, sql_type) in columns {
        table = table.column(column(*name, *sql_type).nullable());
    }
    table
        .primary_key(["key"])
        .unique(["first", "second"])
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
            "does not supply `key`",
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
