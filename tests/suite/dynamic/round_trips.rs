//! Values of every type come back as they were written, whatever carries them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use orm::dynamic::{Row, Table, Value, col, column};
use orm::{Carrier, Db, ErrorKind};
use orm_tests::{Backend, Site};
use sqlx::types::Uuid;

/// A type, and values of it.
type Case = (&'static str, Vec<Value>);

fn decimal(text: &str) -> Value {
    Value::Decimal(text.to_owned())
}

fn json(text: &str) -> Value {
    Value::Json(text.to_owned())
}

fn other(type_name: &str, text: &str) -> Value {
    Value::Other {
        type_name: type_name.to_owned(),
        text: text.to_owned(),
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn time(text: &str) -> NaiveTime {
    text.parse().expect("a time of day")
}

fn timestamp(text: &str) -> NaiveDateTime {
    text.parse().expect("a timestamp")
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a point in time")
}

fn uuid(text: &str) -> Uuid {
    text.parse().expect("a UUID")
}

fn array(values: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(values.into_iter().collect())
}

/// What both databases have.
fn everywhere() -> Vec<Case> {
    vec![
        ("BOOLEAN", vec![true.into(), false.into()]),
        ("BIGINT", vec![i64::MIN.into(), i64::MAX.into(), 0.into()]),
        (
            "DOUBLE PRECISION",
            vec![f64::MIN_POSITIVE.into(), 0.1.into(), (-1.5e300).into()],
        ),
        (
            "TEXT",
            vec![
                "".into(),
                "a\"b\\c'{},é\n".into(),
                "NULL".into(),
                "12".into(),
            ],
        ),
        (
            "BYTEA",
            vec![Value::Bytes(vec![]), vec![0_u8, 255, 39].into()],
        ),
        (
            "NUMERIC(20, 5)",
            vec![decimal("-12.5"), decimal("0.00001"), decimal("7")],
        ),
        (
            "DATE",
            vec![date("2026-12-01").into(), date("0001-01-01").into()],
        ),
        (
            "TIME",
            vec![time("00:00:00").into(), time("23:59:59.123456").into()],
        ),
        (
            "TIMESTAMP",
            vec![timestamp("2026-12-01T12:30:00.000001").into()],
        ),
        (
            "TIMESTAMPTZ",
            vec![
                moment("2026-12-01T12:30:00.000001Z").into(),
                moment("1969-12-31T23:59:59Z").into(),
            ],
        ),
        (
            "UUID",
            vec![uuid("6a7f7b0a-0d2c-4a5e-8a51-3d2d6a1b9c77").into()],
        ),
        (
            "JSON",
            vec![
                json(r#"{"a":  [1, null, "é"]}"#),
                json("3"),
                json("\"text\""),
            ],
        ),
    ]
}

/// Numbers and times that only PostgreSQL has.
fn numbers_and_times() -> Vec<Case> {
    let far = "294276-12-31 23:59:59.999999";
    vec![
        ("SMALLINT", vec![(-32_768).into(), 32_767.into()]),
        ("REAL", vec![1.5.into(), (-0.25).into()]),
        (
            "DOUBLE PRECISION",
            vec![f64::INFINITY.into(), f64::NEG_INFINITY.into()],
        ),
        (
            "NUMERIC",
            vec![
                decimal("123456789012345678901234567890.123456789012345678901234567890"),
                decimal("1.500"),
                decimal("NaN"),
            ],
        ),
        (
            "DATE",
            vec![
                date("2026-12-01").into(),
                date("-0043-03-15").into(),
                NaiveDate::from_ymd_opt(12_026, 1, 1)
                    .expect("a date")
                    .into(),
                other("DATE", "infinity"),
                other("DATE", "5874897-12-31"),
            ],
        ),
        (
            "TIME",
            vec![time("12:30:00").into(), other("TIME", "24:00:00")],
        ),
        ("TIMETZ", vec![other("TIMETZ", "12:30:00.5+02")]),
        (
            "TIMESTAMP",
            vec![
                timestamp("2026-12-01T12:30:00").into(),
                timestamp("-0043-03-15T12:00:00").into(),
                other("TIMESTAMP", "infinity"),
                other("TIMESTAMP", far),
            ],
        ),
        (
            "TIMESTAMP WITH TIME ZONE",
            vec![
                moment("2026-12-01T12:30:00.5Z").into(),
                other("TIMESTAMPTZ", "-infinity"),
            ],
        ),
    ]
}

/// Types whose values are texts.
fn texts() -> Vec<Case> {
    vec![
        (
            "INTERVAL",
            vec![other("INTERVAL", "1 year 2 mons -3 days +04:05:06.789")],
        ),
        ("JSONB", vec![json(r#"{"a": [1, null]}"#), json("null")]),
        (
            "INET",
            vec![other("INET", "10.0.0.1/8"), other("INET", "::1/128")],
        ),
        ("CIDR", vec![other("CIDR", "10.0.0.0/8")]),
        ("MACADDR", vec![other("MACADDR", "08:00:2b:01:02:03")]),
        ("BIT(3)", vec![other("VARBIT", "101")]),
        (
            "INT4RANGE",
            vec![other("INT4RANGE", "[1,5)"), other("INT4RANGE", "empty")],
        ),
        (
            "TSTZRANGE",
            vec![other("TSTZRANGE", "[\"2026-12-01 00:00:00+00\",infinity)")],
        ),
        ("POINT", vec![other("POINT", "(1.5,-2)")]),
        ("MONEY", vec![other("MONEY", "$12.50")]),
        ("XML", vec![other("XML", "<a>b</a>")]),
        ("TSVECTOR", vec![other("TSVECTOR", "'a':1 'b':2")]),
        (
            "mood",
            vec![other("mood", "sad"), other("mood", "very \"happy\"")],
        ),
        ("short", vec![other("short", "abc")]),
        ("pair", vec![other("pair", "(1,\"x, y\")")]),
    ]
}

fn arrays() -> Vec<Case> {
    let elements = || array([1.into(), Value::Null, 3.into()]);
    vec![
        (
            "INTEGER[]",
            vec![
                elements(),
                array([]),
                array([array([1.into(), 2.into()]), array([3.into(), 4.into()])]),
            ],
        ),
        ("INTEGER[]", vec![other("INTEGER[]", "[2:3]={1,2}")]),
        (
            "TEXT[]",
            vec![array([
                "".into(),
                "NULL".into(),
                "a\"b\\c,{}é ".into(),
                Value::Null,
            ])],
        ),
        ("BOOLEAN[]", vec![array([true.into(), false.into()])]),
        (
            "DOUBLE PRECISION[]",
            vec![array([0.1.into(), f64::INFINITY.into()])],
        ),
        (
            "NUMERIC(8, 2)[]",
            vec![array([decimal("1.50"), decimal("-2.00")])],
        ),
        (
            "BYTEA[]",
            vec![array([Value::Bytes(vec![0, 92, 34]), Value::Bytes(vec![])])],
        ),
        (
            "DATE[]",
            vec![array([
                date("2026-12-01").into(),
                other("DATE", "infinity"),
            ])],
        ),
        (
            "TIMESTAMP[]",
            vec![array([timestamp("2026-12-01T12:30:00").into()])],
        ),
        (
            "TIMESTAMPTZ[]",
            vec![array([moment("2026-12-01T12:30:00.25Z").into()])],
        ),
        (
            "UUID[]",
            vec![array([uuid("6a7f7b0a-0d2c-4a5e-8a51-3d2d6a1b9c77").into()])],
        ),
        (
            "JSONB[]",
            vec![array([json(r#"{"a": "b"}"#), json("[1, 2]")])],
        ),
        (
            "mood[]",
            vec![array([
                other("mood", "sad"),
                other("mood", "very \"happy\""),
            ])],
        ),
        ("INET[]", vec![array([other("INET", "10.0.0.1")])]),
    ]
}

async fn types(site: &Site) {
    let pool = sqlx::PgPool::connect(site.url()).await.expect("a database");
    for sql in [
        "CREATE TYPE mood AS ENUM ('sad', 'very \"happy\"')",
        "CREATE DOMAIN short AS VARCHAR(3)",
        "CREATE TYPE pair AS (a INTEGER, b TEXT)",
        "SET lc_monetary TO 'C'",
    ] {
        sqlx::query(sql).execute(&pool).await.expect("a type");
    }
}

fn table(name: &str, sql_type: &str) -> Table {
    Table::new(name)
        .column(column("id", "BIGINT"))
        .column(column("value", sql_type).nullable())
        .primary_key(["id"])
        .build()
        .expect("a description")
}

async fn come_back(db: &Db, name: &str, (sql_type, values): Case) {
    let table = table(name, sql_type);
    table.create(db).await.expect("a table");
    for value in values.iter().chain([&Value::Null]) {
        let says = format!("{sql_type} {value:?}");
        let row = || [("id", Value::from(1)), ("value", value.clone())];
        let upsert = || table.upsert(row()).on_conflict(["id"]).update_all();
        let fetched = upsert().fetch_one(db).await;
        let fetched = fetched.unwrap_or_else(|error| panic!("{says}: {error}"));
        assert_eq!(&fetched[1], value, "{says}: an upsert");
        let outcome = upsert().outcome(db).await.expect(&says).into_row();
        assert_eq!(outcome, Some(fetched), "{says}: an outcome");
        let found = table.get([1]).fetch_one(db).await.expect(&says);
        assert_eq!(&found[1], value, "{says}: a look-up");
        let select = table.select().columns(["value"]).order_by(col("value"));
        // Points, JSON and XML have no order.
        if !["POINT", "JSON", "XML"].contains(&sql_type) {
            let selected = select.fetch_one(db).await.expect(&says);
            assert_eq!(&selected[0], value, "{says}: a query");
        }
        let updated = table.update().set("value", value.clone()).all_rows();
        let updated = updated.fetch_all(db).await.expect(&says);
        assert_eq!(&updated[0][1], value, "{says}: an update");
    }
    let mut rows: Vec<Vec<Value>> = (10_i64..)
        .zip(&values)
        .map(|(id, value)| vec![id.into(), value.clone()])
        .collect();
    rows.push(vec![99.into(), Value::Null]);
    for carrier in [
        Carrier::Auto,
        Carrier::Values,
        Carrier::Arrays,
        Carrier::Copy,
    ] {
        let upsert = || table.upsert_many(["id", "value"], &rows).carrier(carrier);
        let says = format!("{sql_type} {carrier:?}");
        let written = upsert()
            .on_conflict(["id"])
            .update_all()
            .fetch_all(db)
            .await;
        let written = written.unwrap_or_else(|error| panic!("{says}: {error}"));
        let written: Vec<_> = written.into_iter().map(Row::into_values).collect();
        assert_eq!(written, rows, "{says}");
        let chunked = upsert().on_conflict(["id"]).update_all().chunk_rows(1);
        assert_eq!(chunked.execute(db).await.expect(&says), rows.len() as u64);
    }
}

pub(crate) async fn values_of_every_type_come_back(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    for (place, case) in everywhere().into_iter().enumerate() {
        // A scale of its own makes a number another text, though the same number.
        if site.backend() != Backend::Sqlite && case.0.starts_with("NUMERIC") {
            continue;
        }
        come_back(&db, &format!("everywhere{place}"), case).await;
    }
}

pub(crate) async fn values_of_every_type_of_postgres_come_back(site: Site) {
    types(&site).await;
    let db = orm::connect(site.url()).await.expect("a database");
    for (place, case) in [numbers_and_times(), texts(), arrays()]
        .into_iter()
        .flatten()
        .enumerate()
    {
        come_back(&db, &format!("typed{place}"), case).await;
    }
}

/// Values that only go as text share a column with those that do not.
pub(crate) async fn rows_mix_values_of_one_column_that_travel_in_two_ways(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = table("moments", "TIMESTAMPTZ");
    table.create(&db).await.expect("a table");
    let at = Value::from(moment("2026-12-01T12:30:00Z"));
    let never = other("TIMESTAMPTZ", "infinity");
    for order in [[&at, &never, &at], [&never, &at, &at]] {
        let rows: Vec<_> = (1_i64..)
            .zip(order)
            .map(|(id, value)| vec![id.into(), value.clone()])
            .collect();
        let upsert = table.upsert_many(["id", "value"], &rows);
        let written = upsert.on_conflict(["id"]).update_all().fetch_all(&db).await;
        let written: Vec<_> = written
            .expect("rows")
            .into_iter()
            .map(Row::into_values)
            .collect();
        assert_eq!(written, rows);
    }
}

/// What SQLite could only keep changed is refused.
pub(crate) async fn what_sqlite_would_change_is_refused(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    for (name, sql_type, value, sentence) in [
        (
            "digits",
            "NUMERIC",
            decimal("1234567890.1234567"),
            "keeps 15 digits of a number on SQLite unless it is declared as `TEXT`",
        ),
        (
            "arrays",
            "TEXT",
            array([1.into()]),
            "SQLite, which has no arrays",
        ),
        (
            "years",
            "DATE",
            date("-0043-03-15").into(),
            "the years 0 to 9999 are in order",
        ),
    ] {
        let table = table(name, sql_type);
        table.create(&db).await.expect("a table");
        let row = [("id", Value::from(1)), ("value", value)];
        let error = table.insert(row).execute(&db).await.expect_err(sentence);
        let said = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Statement, "{said}");
        assert!(said.contains(sentence), "expected `{sentence}`: {said}");
    }
    // Declared as text it keeps every digit.
    let table = table("all_digits", "TEXT");
    table.create(&db).await.expect("a table");
    let row = [
        ("id", Value::from(1)),
        ("value", decimal("1234567890.1234567")),
    ];
    let row = table.insert(row).fetch_one(&db).await.expect("an insert");
    assert_eq!(row[1], Value::from("1234567890.1234567"));
}
