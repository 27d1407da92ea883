//! Records of one batch with the same key: what the same is, and which one counts.

use orm::prelude::*;
use orm::{ErrorKind, Result};
use orm_tests::Site;
use sqlx::types::Decimal;

use super::{CARRIERS, connect, letters, numbers, run};
use crate::tables::{User, database, user, users};

pub(crate) async fn duplicates_are_an_error_that_names_them(site: Site) {
    let db = database(&site).await;
    let batch: Vec<_> = ["a", "b", "c", "b", "d", "a"]
        .map(|email| user(email, 1))
        .into();
    for carrier in CARRIERS {
        let refused = batch
            .upsert_on(User::EMAIL)
            .carrier(carrier)
            .execute(&db)
            .await;
        let error = refused.expect_err("two pairs of one key");
        assert_eq!(
            error.kind(),
            ErrorKind::DuplicateKeyInBatch,
            "{carrier:?}: {error}"
        );
        assert_eq!(error.rows(), [0, 1, 3, 5], "{carrier:?}: {error}");
        assert_eq!(users(&db).await, [], "{carrier:?}");
    }
    let kept = async |duplicates| -> Result<Report> {
        batch
            .upsert_on(User::EMAIL)
            .on_duplicates(duplicates)
            .report(&db)
            .await
    };
    let report = kept(Duplicates::KeepFirst).await.expect("an upsert");
    assert_eq!((report.inserted, report.deduplicated), (4, 2));
    let report = kept(Duplicates::KeepLast).await.expect("an upsert");
    assert_eq!((report.updated, report.deduplicated), (4, 2));
}

/// Neither of the two would be written, and still they are two of one key.
pub(crate) async fn a_record_that_a_guard_skips_is_a_duplicate_too(site: Site) {
    let db = database(&site).await;
    user("ann", 5)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let batch = [
        user("zoe", 1),
        user("ann", 1),
        user("bob", 1),
        user("ann", 2),
    ];
    for carrier in CARRIERS {
        let upsert = || {
            batch
                .upsert()
                .on_conflict(User::EMAIL)
                .update_all()
                .carrier(carrier)
                .chunk_rows(3)
        };
        let guarded = || {
            upsert()
                .keep_newest(User::VERSION)
                .on_duplicates(Duplicates::Error)
        };
        let nothing = || {
            let upsert = batch.upsert().on_conflict(User::EMAIL).do_nothing();
            upsert
                .on_duplicates(Duplicates::Error)
                .carrier(carrier)
                .chunk_rows(3)
        };
        let errors = [
            guarded().execute(&db).await.map(drop),
            guarded().report(&db).await.map(drop),
            guarded().fetch_all(&db).await.map(drop),
            guarded().outcomes(&db).await.map(drop),
            upsert()
                .where_(|old, new| new.version.gt(old.version))
                .execute(&db)
                .await
                .map(drop),
            nothing().execute(&db).await.map(drop),
            nothing().report(&db).await.map(drop),
            nothing().outcomes(&db).await.map(drop),
        ];
        for (at, error) in errors.into_iter().enumerate() {
            let error = error.expect_err(&format!("{carrier:?} {at}"));
            assert_eq!(
                error.kind(),
                ErrorKind::DuplicateKeyInBatch,
                "{carrier:?} {at}: {error}"
            );
            assert_eq!(error.rows(), [1, 3], "{carrier:?} {at}: {error}");
            assert_eq!(error.table(), Some("users"), "{carrier:?} {at}");
        }
        assert_eq!(users(&db).await.len(), 1, "{carrier:?}");
    }
}

/// One name is taken as long as its row is in use.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewPage, derive(Debug, Clone)))]
#[table(unique(
    name = "pages_in_use",
    columns(path),
    filter = "gone_at IS NULL AND kind = 'page'"
))]
struct Page {
    #[column(primary_key, auto)]
    id: i64,
    path: String,
    title: String,
    #[column(default = "'page'")]
    kind: String,
    gone_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Insert)]
#[insert(table = Page)]
struct Short<'a> {
    path: &'a str,
    title: &'a str,
}

pub(crate) async fn the_predicate_of_a_key_may_read_what_no_record_supplies(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Page).await.expect("the table");
    for carrier in CARRIERS {
        run(&db, "DELETE FROM pages").await;
        let short = |path, title| Short { path, title };
        let batch = [short("b", "1"), short("a", "1"), short("b", "2")];
        let upsert = || {
            batch
                .upsert()
                .on_conflict(Page::PAGES_IN_USE)
                .update_all()
                .carrier(carrier)
                .chunk_rows(2)
        };
        let error = upsert().execute(&db).await.expect_err("two of one key");
        assert_eq!(
            error.kind(),
            ErrorKind::DuplicateKeyInBatch,
            "{carrier:?}: {error}"
        );
        assert_eq!(error.rows(), [0, 2], "{carrier:?}: {error}");
        let last = || upsert().on_duplicates(Duplicates::KeepLast);
        let outcomes = last().outcomes(&db).await.expect("an upsert");
        assert_eq!(letters(&outcomes), ["=2", "i", "i"], "{carrier:?}");
        let report = last().report(&db).await.expect("an upsert");
        assert_eq!(numbers(&report), [3, 0, 2, 0, 1], "{carrier:?}");
        let rows = last().fetch_all(&db).await.expect("an upsert");
        let titles: Vec<_> = rows.iter().map(|row| row.title.as_str()).collect();
        assert_eq!(titles, ["1", "2"], "{carrier:?}");
        assert_eq!(
            last().execute(&db).await.expect("an upsert"),
            2,
            "{carrier:?}"
        );
    }
}

/// Equal is what the column calls equal.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewWord, derive(Debug, Clone)))]
struct Word {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique, collate = "NOCASE")]
    text: String,
    value: i64,
}

/// The same in a collation of PostgreSQL's that knows no case.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewPhrase, derive(Debug, Clone)))]
struct Phrase {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique, collate = "no case")]
    text: String,
    value: i64,
}

/// What is cut to its declared precision, or is of a type of its own.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewStamp, derive(Debug, Clone)))]
struct Stamp {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique, type = "timestamptz(0)")]
    at: chrono::DateTime<chrono::Utc>,
    value: i64,
}

/// A number that can be written in several ways.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewRate, derive(Debug, Clone)))]
struct Rate {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    of: Decimal,
    value: i64,
}

/// `NULL` is a key like others.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewSeat, derive(Debug, Clone)))]
struct Seat {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique(nulls_not_distinct))]
    number: Option<i32>,
    value: i64,
}

/// Two of one key at the ends of a large batch, in every carrier and terminal.
macro_rules! one_key {
    ($on:expr, $db:expr, $table:ident, $key:ident, $new:expr, $two:expr, $other:expr) => {{
        let db = $on;
        for carrier in CARRIERS {
            let say = format!("{} by {carrier:?}", stringify!($table));
            let new = $new;
            let [one, other] = $two;
            let mut batch = vec![new(one, 1)];
            batch.extend((0..60).map(|each| new($other(each), 2)));
            batch.push(new(other, 3));
            let upsert = || {
                batch
                    .upsert()
                    .on_conflict($table::$key)
                    .update_all()
                    .carrier(carrier)
                    .chunk_rows(20)
            };
            let error = upsert().execute(db).await.expect_err(&say);
            assert_eq!(
                error.kind(),
                ErrorKind::DuplicateKeyInBatch,
                "{say}: {error}"
            );
            assert_eq!(error.rows(), [0, 61], "{say}: {error}");
            let last = upsert()
                .on_duplicates(Duplicates::KeepLast)
                .report(db)
                .await;
            assert_eq!(numbers(&last.expect(&say)), [62, 61, 0, 0, 1], "{say}");
            let first = upsert()
                .on_duplicates(Duplicates::KeepFirst)
                .outcomes(db)
                .await;
            let first = letters(&first.expect(&say));
            assert_eq!(
                (first[0].as_str(), first[61].as_str()),
                ("u", "=0"),
                "{say}"
            );
            let rows = upsert()
                .on_duplicates(Duplicates::KeepLast)
                .fetch_all(db)
                .await
                .expect(&say);
            assert_eq!((rows.len(), rows[60].value), (61, 3), "{say}");
            run(
                $db,
                format!("DELETE FROM {}s", stringify!($table).to_lowercase()),
            )
            .await;
        }
    }};
}

pub(crate) async fn equal_is_what_nocase_calls_equal(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Word).await.expect("the table");
    let new = |text: String, value| NewWord { text, value };
    let two = || ["Straw".to_owned(), "sTRAW".to_owned()];
    one_key!(&db, &db, Word, TEXT, new, two(), |each| format!("w{each}"));
}

pub(crate) async fn equal_is_what_a_collation_calls_equal(site: Site) {
    let db = connect(&site).await;
    let pool = db.postgres().expect("PostgreSQL");
    let made = r#"CREATE COLLATION "no case" (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"#;
    if let Err(error) = sqlx::raw_sql(made).execute(pool).await {
        // Not every server is built with ICU.
        eprintln!("no collation without case: {error}");
        return;
    }
    orm::create_tables!(&db, Phrase).await.expect("the table");
    let new = |text: String, value| NewPhrase { text, value };
    let two = || ["Straw".to_owned(), "sTRAW".to_owned()];
    one_key!(&db, &db, Phrase, TEXT, new, two(), |each| format!(
        "w{each}"
    ));
}

pub(crate) async fn equal_is_what_is_stored_as_the_same(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Stamp).await.expect("the table");
    let at =
        |seconds: i64, nanos| chrono::DateTime::from_timestamp(seconds, nanos).expect("a time");
    let new = |at, value| NewStamp { at, value };
    let two = || [at(5_000, 100_000_000), at(5_000, 200_000_000)];
    one_key!(&db, &db, Stamp, AT, new, two(), |each| at(each, 0));
}

pub(crate) async fn equal_is_what_is_the_same_number(site: Site) {
    let db = connect(&site).await;
    let pool = db.postgres().expect("PostgreSQL");
    orm::create_tables!(pool, Rate).await.expect("the table");
    let new = |of, value| NewRate { of, value };
    let two = || [Decimal::new(10, 1), Decimal::new(100, 2)];
    one_key!(pool, &db, Rate, OF, new, two(), |each| Decimal::from(
        each + 2
    ));
}

pub(crate) async fn null_is_a_key_where_it_is_declared_so(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Seat).await.expect("the table");
    let new = |number, value| NewSeat { number, value };
    one_key!(&db, &db, Seat, NUMBER, new, [None, None], Some);
}
