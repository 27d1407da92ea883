//! Values for columns of every type that has a name.

use orm::Carrier;
use orm::dynamic::{Table, Value, column};
use orm_tests::{Backend, Site};

/// A type, values for it, and the text that each is shown as on PostgreSQL.
type Case = (&'static str, Vec<(Value, Option<&'static str>)>);

fn cases() -> Vec<Case> {
    let text = |value: &'static str| (Value::from(value), Some(value));
    let null = || (Value::Null, None);
    vec![
        (
            "NUMERIC",
            vec![
                text("12345678901234567890.5"),
                (2.into(), Some("2")),
                (1.5.into(), Some("1.5")),
                null(),
            ],
        ),
        (
            "DECIMAL(8, 3)",
            vec![
                (2.into(), Some("2.000")),
                null(),
                (1.5.into(), Some("1.500")),
            ],
        ),
        ("DATE", vec![null(), text("2026-11-30")]),
        ("TIME", vec![text("12:30:00"), null()]),
        ("TIMESTAMP", vec![text("2026-11-30 12:30:00"), null()]),
        (
            "TIMESTAMP WITH TIME ZONE",
            vec![("2026-11-30T12:30:00+00:00".into(), None), null()],
        ),
        ("INTERVAL", vec![text("1 day 02:00:00"), null()]),
        ("INTERVAL DAY TO SECOND", vec![text("1 day 02:00:00")]),
        (
            "JSON",
            vec![text(r#"{"a": [1, 2]}"#), null(), (3.into(), Some("3"))],
        ),
        (
            "JSONB",
            vec![text(r#"{"a": [1, 2]}"#), (true.into(), Some("true"))],
        ),
        (
            "UUID",
            vec![text("6a7f7b0a-0d2c-4a5e-8a51-3d2d6a1b9c77"), null()],
        ),
        ("INET", vec![text("10.0.0.1/32"), null()]),
        ("CIDR", vec![text("10.0.0.0/8")]),
        ("INTEGER[]", vec![text("{1,2}"), null()]),
        ("TEXT[]", vec![text(r#"{a,"b c"}"#)]),
        ("VARCHAR(5)[]", vec![text("{abc}")]),
        ("CHAR(3)", vec![text("abc")]),
        ("BIT(3)", vec![text("101")]),
        ("BIT VARYING(5)", vec![text("101"), null()]),
        ("INT4RANGE", vec![text("[1,5)"), null()]),
        ("mood", vec![text("sad"), null(), text("very \"happy\"")]),
        ("short", vec![text("abc"), null()]),
        ("pair", vec![text("(1,x)"), null()]),
    ]
}

async fn types(site: &Site) {
    let pool = sqlx::PgPool::connect(site.url()).await.expect("a database");
    for sql in [
        "CREATE TYPE mood AS ENUM ('sad', 'very \"happy\"')",
        "CREATE DOMAIN short AS VARCHAR(3)",
        "CREATE TYPE pair AS (a INTEGER, b TEXT)",
    ] {
        sqlx::query(sql).execute(&pool).await.expect("a type");
    }
}

fn table(name: String, sql_type: &str) -> Table {
    Table::new(name)
        .column(column("id", "BIGINT"))
        .column(column("value", sql_type).nullable())
        .primary_key(["id"])
        .build()
        .expect("a description")
}

/// The text that PostgreSQL shows.
fn as_text(value: &Value) -> String {
    match value {
        Value::Text(text)
        | Value::Decimal(text)
        | Value::Json(text)
        | Value::Other { text, .. } => text.clone(),
        Value::Uuid(value) => value.to_string(),
        Value::Date(value) => value.to_string(),
        Value::TimeOfDay(value) => value.to_string(),
        Value::Timestamp(value) => value.to_string(),
        Value::Array(elements) => {
            let elements = elements.iter().map(|element| match element {
                Value::Int(value) => value.to_string(),
                Value::Text(text) if text.contains(' ') => format!("\"{text}\""),
                other => as_text(other),
            });
            format!("{{{}}}", elements.collect::<Vec<_>>().join(","))
        }
        other => panic!("no text: {other:?}"),
    }
}

pub(crate) async fn texts_become_values_of_the_declared_type(site: Site) {
    types(&site).await;
    let db = orm::connect(site.url()).await.expect("a database");
    for (place, (sql_type, values)) in cases().into_iter().enumerate() {
        let table = table(format!("typed{place}"), sql_type);
        table.create(&db).await.expect("a table");
        for (id, (value, shown)) in (1_i64..).zip(&values) {
            let upsert = table.upsert([("id", Value::from(id)), ("value", value.clone())]);
            let row = upsert
                .on_conflict(["id"])
                .update_all()
                .fetch_optional(&db)
                .await;
            let row = row.unwrap_or_else(|error| panic!("{sql_type} {value:?}: {error}"));
            let stored = &row.expect("a row")[1];
            match (stored, shown) {
                (Value::Null, None) => assert_eq!(value, &Value::Null, "{sql_type}"),
                (Value::Time(stored), _) => {
                    assert_eq!(
                        stored.to_rfc3339(),
                        "2026-11-30T12:30:00+00:00",
                        "{sql_type}"
                    );
                }
                (stored, Some(shown)) => assert_eq!(as_text(stored), *shown, "{sql_type}"),
                other => panic!("{sql_type}: {other:?}"),
            }
        }
        for carrier in [
            Carrier::Auto,
            Carrier::Values,
            Carrier::Arrays,
            Carrier::Copy,
        ] {
            let rows: Vec<Vec<Value>> = (1_i64..)
                .zip(&values)
                .map(|(id, (value, _))| vec![id.into(), value.clone()])
                .collect();
            let kinds = |value: &Value| std::mem::discriminant(value);
            let alike = values.iter().filter(|(value, _)| *value != Value::Null);
            let alike = alike
                .map(|(value, _)| kinds(value))
                .collect::<std::collections::HashSet<_>>();
            if alike.len() > 1 {
                continue;
            }
            let upsert = table.upsert_many(["id", "value"], &rows).carrier(carrier);
            let report = upsert.on_conflict(["id"]).update_all().report(&db).await;
            let report = report.unwrap_or_else(|error| panic!("{sql_type} {carrier:?}: {error}"));
            assert_eq!(report.updated, rows.len() as u64, "{sql_type} {carrier:?}");
        }
    }
}

pub(crate) async fn too_long_a_text_is_refused_and_not_cut(site: Site) {
    types(&site).await;
    let db = orm::connect(site.url()).await.expect("a database");
    for (place, sql_type) in [
        "VARCHAR(3)",
        "CHAR(3)",
        "short",
        "VARCHAR(3)[]",
        "short[]",
        "BIT(3)",
        "BIT VARYING(3)",
    ]
    .into_iter()
    .enumerate()
    {
        let table = table(format!("short{place}"), sql_type);
        table.create(&db).await.expect("a table");
        let value = match sql_type {
            "BIT(3)" | "BIT VARYING(3)" => "10101",
            array if array.ends_with("[]") => "{abcdef}",
            _ => "abcdef",
        };
        let upsert = table.upsert([("id", Value::from(1)), ("value", value.into())]);
        let refused = upsert.on_conflict(["id"]).update_all().execute(&db).await;
        let refused = refused.expect_err(sql_type);
        assert_eq!(
            refused.kind(),
            orm::ErrorKind::Data,
            "{sql_type}: {refused}"
        );
        for carrier in [Carrier::Values, Carrier::Arrays, Carrier::Copy] {
            let rows = [vec![Value::from(1), value.into()]];
            let upsert = table.upsert_many(["id", "value"], &rows).carrier(carrier);
            let refused = upsert.on_conflict(["id"]).update_all().execute(&db).await;
            refused.expect_err(sql_type);
        }
    }
}

/// A key whose values are sent as texts is compared as what it is.
pub(crate) async fn a_key_of_any_type_is_found_again(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let days = Table::new("days")
        .column(column("day", "DATE"))
        .column(column("rate", "NUMERIC(6, 2)"))
        .column(column("note", "TEXT").nullable())
        .primary_key(["day", "rate"])
        .build()
        .expect("a description");
    days.create(&db).await.expect("a table");
    let rows = |note: &str| {
        let row = |day: &str, rate: &str| vec![Value::from(day), rate.into(), note.into()];
        [
            row("2026-11-30", "1.5"),
            row("2026-11-30", "2.50"),
            row("2026-12-01", "1.5"),
        ]
    };
    for (round, (inserted, updated)) in [(3, 0), (0, 3)].into_iter().enumerate() {
        let rows = rows(&round.to_string());
        let report = days
            .upsert_many(["day", "rate", "note"], &rows)
            .on_conflict(["day", "rate"])
            .update_all()
            .report(&db)
            .await
            .expect("a batch");
        assert_eq!((report.inserted, report.updated), (inserted, updated));
    }
    if site.backend() != Backend::Sqlite {
        // Two texts of one number are one key to the database.
        let twice = [
            vec![Value::from("2026-11-30"), "1.5".into(), "a".into()],
            vec!["2026-11-30".into(), "1.50".into(), "b".into()],
        ];
        let refused = days
            .upsert_many(["day", "rate", "note"], &twice)
            .on_conflict(["day", "rate"])
            .update_all()
            .execute(&db)
            .await
            .expect_err("one key twice");
        assert_eq!(refused.kind(), orm::ErrorKind::DuplicateKeyInBatch);
        assert_eq!(refused.rows(), [0, 1]);
    }
}

/// Whole numbers and fractions for one column are no rows of two kinds.
pub(crate) async fn numbers_of_both_kinds_share_a_column(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    for (place, sql_type) in ["DOUBLE PRECISION", "REAL", "NUMERIC"]
        .into_iter()
        .enumerate()
    {
        let table = table(format!("numbers{place}"), sql_type);
        table.create(&db).await.expect("a table");
        let rows = [
            vec![Value::from(1), 2.into()],
            vec![Value::from(2), 1.5.into()],
            vec![Value::from(3), Value::Null],
            vec![Value::from(4), 3.into()],
        ];
        for _ in 0..2 {
            let upsert = table.upsert_many(["id", "value"], &rows);
            let written = upsert.on_conflict(["id"]).update_all().execute(&db).await;
            assert_eq!(written.expect("a batch"), 4, "{sql_type}");
        }
    }
}
