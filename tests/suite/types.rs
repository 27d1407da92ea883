//! Types of one's own, and those that everybody uses.

use chrono::{DateTime, NaiveDate, Utc};
use orm::prelude::*;
use orm_tests::Site;
use sqlx::types::{Json, Uuid};

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
