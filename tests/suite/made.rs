//! What several declarations together would make wrong, and what one of them would fill wrongly, is refused.

use orm::prelude::*;
use orm::{Error, ErrorKind};
use orm_tests::{Backend, Site};

#[track_caller]
fn says(result: Result<(), Error>, kind: ErrorKind, sentence: &str) {
    let error = result.expect_err(sentence);
    assert!(
        error.to_string().contains(sentence),
        "expected `{sentence}`: {error}"
    );
    assert_eq!(error.kind(), kind, "{error}");
}

#[derive(Table, Debug)]
#[table(
    name = "firsts",
    unique(name = "live", columns(path), filter = "path <> ''")
)]
struct First {
    #[column(primary_key)]
    id: i64,
    path: String,
}

#[derive(Table, Debug)]
#[table(
    name = "seconds",
    unique(name = "live", columns(path), filter = "path <> ''")
)]
struct Second {
    #[column(primary_key)]
    id: i64,
    path: String,
}

#[derive(Table, Debug)]
#[table(name = "thirds", index(path, name = "firsts"))]
struct Third {
    #[column(primary_key)]
    id: i64,
    path: String,
}

pub(crate) async fn an_index_is_not_passed_over_for_its_name(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    says(
        orm::create_tables!(&db, First, Second).await,
        ErrorKind::Unsupported,
        "its index `live` is called as one of `seconds`",
    );
    says(
        orm::create_tables!(&db, First, Third).await,
        ErrorKind::Unsupported,
        "its index `firsts` is called as one of `firsts`, or that table itself",
    );
    orm::create_tables!(&db, First).await.expect("the table");
    orm::create_tables!(&db, First, First)
        .await
        .expect("it is there");
    // One that another call has made is told by `verify!`, with no statement that would be passed over.
    orm::create_tables!(&db, Second).await.expect("the table");
    let error = orm::verify!(&db, Second).await.expect_err("no index");
    assert!(
        error.findings()[0]
            .ends_with("the name `live` is taken by another table; give the key another `name`"),
        "{error}"
    );
}

#[derive(Table, Debug)]
struct Counted {
    #[column(primary_key)]
    id: i64,
    #[column(default = now)]
    at: i64,
}

pub(crate) async fn the_present_is_no_number(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let made = orm::create_tables!(&db, Counted).await;
    if site.backend() == Backend::Sqlite {
        says(
            made,
            ErrorKind::Unsupported,
            "its default is a time, which is a text here",
        );
    } else {
        assert_eq!(made.expect_err("a time").kind(), ErrorKind::Statement);
    }
}
