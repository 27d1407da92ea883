//! Records that borrow what they supply.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use orm::prelude::*;
use orm_tests::Site;
use sqlx::PgPool;
use sqlx::types::Json;

use super::family::{Place, WAYS};

#[derive(Table, Debug, Clone, PartialEq, Default)]
#[table(name = "notes")]
struct Note {
    #[column(primary_key)]
    id: i64,
    title: String,
    body: Option<String>,
    data: Vec<u8>,
    extra: Option<Vec<u8>>,
    seen: Option<DateTime<Utc>>,
    tags: Json<Vec<String>>,
}

#[derive(Insert)]
#[insert(table = Note)]
struct Borrowed<'a> {
    id: &'a i64,
    title: &'a str,
    body: Option<&'a str>,
    data: &'a [u8],
    extra: Option<&'a [u8]>,
    seen: &'a Option<DateTime<Utc>>,
    tags: &'a Json<Vec<String>>,
}

#[derive(Insert)]
#[insert(table = Note)]
struct PerhapsBorrowed<'a> {
    id: i64,
    title: Cow<'a, str>,
    body: Option<Cow<'a, str>>,
    data: Cow<'a, [u8]>,
    extra: Option<Cow<'a, [u8]>>,
    seen: Option<&'a DateTime<Utc>>,
    tags: &'a Json<Vec<String>>,
}

/// What may be `NULL`, and is not.
#[derive(Insert)]
#[insert(table = Note)]
struct Full<'a> {
    id: i64,
    title: &'a String,
    body: &'a str,
    data: &'a Vec<u8>,
    extra: &'a [u8],
    seen: &'a DateTime<Utc>,
    tags: Json<Vec<String>>,
}

/// Writes a record by each way, alone and among others; what was stored before is something else.
macro_rules! written {
    ($db:ident, $record:expr, $expected:ident) => {{
        let records = [$record];
        let nothing = Note {
            id: 1,
            ..Note::default()
        };
        let upsert = || records.upsert().on_primary_key().update_all();
        $db.run("DELETE FROM notes").await;
        let stored = records[0].insert().fetch_one($db).await;
        assert_eq!(&stored.expect("an insert"), $expected);
        for (carrier, chunk) in WAYS {
            nothing
                .upsert_on(Note::ID)
                .execute($db)
                .await
                .expect("an upsert");
            let stored = upsert()
                .carrier(carrier)
                .chunk_rows(chunk)
                .fetch_all($db)
                .await;
            assert_eq!(
                stored.expect("an upsert"),
                std::slice::from_ref($expected),
                "{carrier:?}"
            );
        }
        nothing
            .upsert_on(Note::ID)
            .execute($db)
            .await
            .expect("an upsert");
        let stored = records[0]
            .upsert()
            .on_conflict(Note::ID)
            .update_all()
            .fetch_one($db)
            .await;
        assert_eq!(&stored.expect("an upsert"), $expected);
    }};
}

pub(crate) async fn what_a_record_borrows_is_stored(site: Site) {
    let db = &orm::Db::open(&site).await;
    orm::create_tables!(db, Note).await.expect("a table");
    let note = Note {
        id: 1,
        title: "ä".to_owned(),
        body: Some(String::new()),
        data: vec![0, 255],
        extra: Some(vec![]),
        seen: DateTime::from_timestamp_micros(1),
        tags: Json(vec!["a".to_owned()]),
    };
    let without = Note {
        body: None,
        extra: None,
        seen: None,
        ..note.clone()
    };
    for note in [&note, &without] {
        let borrowed = Borrowed {
            id: &note.id,
            title: &note.title,
            body: note.body.as_deref(),
            data: &note.data,
            extra: note.extra.as_deref(),
            seen: &note.seen,
            tags: &note.tags,
        };
        written!(db, borrowed, note);
        let perhaps = PerhapsBorrowed {
            id: note.id,
            title: Cow::Borrowed(&note.title),
            body: note.body.clone().map(Cow::Owned),
            data: Cow::Owned(note.data.clone()),
            extra: note.extra.as_deref().map(Cow::Borrowed),
            seen: note.seen.as_ref(),
            tags: &note.tags,
        };
        written!(db, perhaps, note);
    }
    let note = &note;
    let full = Full {
        id: note.id,
        title: &note.title,
        body: note.body.as_deref().expect("a body"),
        data: &note.data,
        extra: note.extra.as_deref().expect("bytes"),
        seen: note.seen.as_ref().expect("a time"),
        tags: note.tags.clone(),
    };
    written!(db, full, note);
}

#[derive(Table, Debug, PartialEq)]
struct Track {
    #[column(primary_key)]
    id: i64,
    numbers: Vec<i32>,
    perhaps: Option<Vec<Option<String>>>,
}

#[derive(Insert)]
#[insert(table = Track)]
struct Slices<'a> {
    id: i64,
    numbers: &'a [i32],
    perhaps: Option<&'a [Option<String>]>,
}

pub(crate) async fn slices_are_stored_as_arrays(site: Site) {
    let on = &PgPool::open(&site).await;
    orm::create_tables!(on, Track).await.expect("a table");
    for (carrier, chunk) in WAYS {
        let texts = [None, Some("a".to_owned())];
        let records = [
            Slices {
                id: 1,
                numbers: &[],
                perhaps: Some(&texts),
            },
            Slices {
                id: 2,
                numbers: &[i32::MIN, 7],
                perhaps: None,
            },
            Slices {
                id: 3,
                numbers: &[1],
                perhaps: Some(&[]),
            },
        ];
        let upsert = records.upsert().on_primary_key().update_all();
        let stored = upsert
            .carrier(carrier)
            .chunk_rows(chunk)
            .fetch_all(on)
            .await;
        let expected = records.map(|record| Track {
            id: record.id,
            numbers: record.numbers.to_vec(),
            perhaps: record.perhaps.map(<[_]>::to_vec),
        });
        assert_eq!(stored.expect("an upsert"), expected, "{carrier:?}");
    }
}
