//! Records of one batch with the same key: what the same is, and which one counts.

use orm::prelude::*;
use orm::{ErrorKind, Result};
use orm_tests::Site;

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
