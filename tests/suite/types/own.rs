//! Types of one's own, and those that everybody uses.

use chrono::{DateTime, NaiveDate, Utc};
use orm::prelude::*;
use orm_tests::Site;
use sqlx::types::{Json, Uuid};

use super::family::family;

/// Stored as text, on either database.
#[derive(sqlx::Type, Debug, Clone, Copy, PartialEq)]
#[sqlx(type_name = "TEXT", rename_all = "lowercase")]
enum Status {
    Pending,
    Ready,
}

/// Stored as the number in it.
#[derive(sqlx::Type, Debug, Clone, Copy, PartialEq)]
#[sqlx(transparent)]
struct Cents(i64);

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewJob, derive(Clone)))]
struct Job {
    #[column(primary_key)]
    id: Uuid,
    #[column(default = "'pending'")]
    status: Status,
    price: Cents,
    paid: bool,
    weight: Option<f64>,
    due: NaiveDate,
    seen: Option<DateTime<Utc>>,
    tags: Json<Vec<String>>,
    note: Option<String>,
    data: Vec<u8>,
}

fn job(id: u128) -> NewJob {
    NewJob {
        id: Uuid::from_u128(id),
        price: Cents(-5),
        paid: true,
        weight: Some(1.5),
        due: NaiveDate::from_ymd_opt(2024, 2, 29).expect("a date"),
        seen: DateTime::from_timestamp_micros(1_700_000_000_123_456),
        tags: Json(vec!["a".to_owned(), "ü\"'".to_owned()]),
        note: None,
        data: vec![0, 255],
    }
}

pub(crate) async fn what_is_written_is_read_again(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Job).await.expect("the table");
    let NewJob {
        id,
        price,
        paid,
        weight,
        due,
        seen,
        tags,
        note,
        data,
    } = job(1);
    let expected = Job {
        id,
        status: Status::Pending,
        price,
        paid,
        weight,
        due,
        seen,
        tags,
        note,
        data,
    };
    let written = job(1).insert().fetch_one(&db).await.expect("an insert");
    assert_eq!(written, expected);
    assert_eq!(
        Job::get(id).fetch_one(&db).await.expect("a look-up"),
        expected
    );
    let found = Job::select()
        .filter(Job::STATUS.eq(Status::Pending).and(Job::PRICE.lt(Cents(0))))
        .filter(
            Job::SEEN
                .eq(expected.seen.expect("a time"))
                .and(Job::DUE.eq(due)),
        );
    assert!(found.exists(&db).await.expect("an answer"));
}

pub(crate) async fn a_type_of_ones_own_is_set_and_guarded(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Job).await.expect("the table");
    job(1).insert().execute(&db).await.expect("an insert");
    let claim = async || {
        let record = job(1);
        let upsert = record
            .upsert()
            .on_primary_key()
            .set(Job::STATUS, Status::Ready);
        let upsert = upsert
            .set(Job::NOTE, "claimed")
            .where_(|old, _| old.status.eq(Status::Pending));
        upsert
            .returning((Job::STATUS, Job::NOTE))
            .fetch_optional(&db)
            .await
            .expect("an upsert")
    };
    assert_eq!(
        claim().await,
        Some((Status::Ready, Some("claimed".to_owned())))
    );
    assert_eq!(claim().await, None);
}

/// Stored as its number.
#[derive(sqlx::Type, Debug, Clone, Copy, PartialEq)]
#[repr(i32)]
enum Level {
    Low = -1,
    High = i32::MAX,
}

/// A type of the database where there are such types, else text.
#[derive(sqlx::Type, orm::Enum, Debug, Clone, Copy, PartialEq)]
#[sqlx(type_name = "\"Kind of mood\"", rename_all = "kebab-case")]
enum Mood {
    #[sqlx(rename = "so 'sad'")]
    Sad,
    VeryHappy,
}

#[derive(sqlx::Type, Debug, Clone, PartialEq)]
#[sqlx(transparent)]
struct Name(String);

family! {
    types_of_ones_own_come_back on Db;
    with Mood;
    keys {
        status: Status = [Status::Pending, Status::Ready];
        level: Level = [Level::Low, Level::High];
        mood: Mood = [Mood::Sad, Mood::VeryHappy];
        cents: Cents = [Cents(i64::MIN), Cents(0)];
        name: Name = [Name(String::new()), Name("ä".into())];
    }
    compared {}
    carried {}
}

/// A domain over a number: the server says of its values that they are numbers.
#[derive(sqlx::Type, Debug, Clone, PartialEq)]
#[sqlx(transparent)]
struct Positive(i64);

/// The same in an array, of which the server says that it is one of the domain.
#[derive(sqlx::Type, Debug, Clone, PartialEq)]
#[sqlx(type_name = "positive")]
struct Element(i64);

/// A domain over a text.
#[derive(sqlx::Type, Debug, Clone, PartialEq)]
#[sqlx(transparent)]
struct Code(String);

#[derive(sqlx::Type, Debug, Clone, Copy, PartialEq)]
#[sqlx(type_name = "colour", rename_all = "lowercase")]
enum Colour {
    Red,
    Green,
}

/// Fields of types that the database knows by number, and of some that it knows by name only.
#[derive(sqlx::Type, Debug, Clone, PartialEq)]
#[sqlx(type_name = "address")]
struct Address {
    street: String,
    number: Option<i32>,
    colour: Colour,
}

/// One in another.
#[derive(sqlx::Type, Debug, Clone, PartialEq)]
#[sqlx(type_name = "person")]
struct Person {
    home: Address,
    others: Vec<Address>,
}

const MADE: [&str; 5] = [
    "CREATE DOMAIN positive AS int8 CHECK (VALUE > 0)",
    "CREATE DOMAIN code AS text COLLATE \"C\"",
    "CREATE TYPE colour AS ENUM ('red', 'green')",
    "CREATE TYPE address AS (street text, number int4, colour colour)",
    "CREATE TYPE person AS (home address, others address[])",
];

fn address(street: &str, number: Option<i32>) -> Address {
    Address {
        street: street.to_owned(),
        number,
        colour: Colour::Green,
    }
}

family! {
    domains_and_composites_come_back_on_postgres on PgPool;
    before MADE;
    keys {
        #[column(type = "positive")] positive: Positive = [Positive(1), Positive(i64::MAX)];
        #[column(type = "code")] code: Code = [Code(String::new()), Code("ä,(\"".into())];
        colour: Colour = [Colour::Red, Colour::Green];
        address: Address = [address("", None), address("a, \"b\" (c)", Some(i32::MIN))];
        person: Person = [
            Person { home: address("a", None), others: vec![] },
            Person { home: address("b", Some(1)), others: vec![address("c", None), address("", Some(2))] },
        ];
    }
    compared {}
    carried {}
}

family! {
    arrays_of_types_of_ones_own_come_back_on_postgres on PgPool;
    before MADE;
    keys {
        positives: Vec<Element> = [vec![], vec![Element(1), Element(2)]];
        colours: Vec<Colour> = [vec![], vec![Colour::Red, Colour::Green]];
        perhaps: Vec<Option<Colour>> = [vec![], vec![None, Some(Colour::Red)]];
        addresses: Vec<Address> = [vec![], vec![address("", None), address("a", Some(1))]];
        cents: Vec<Cents> = [vec![], vec![Cents(1)]];
        levels: Vec<Level> = [vec![], vec![Level::Low]];
    }
    compared {}
    carried {}
}
