//! Many rows, of which one is not like the first.

use orm::{Error, ErrorKind};
use orm_tests::Site;

use crate::tables::database;

fn assert_told(error: &Error, said: &str) {
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains(said), "{error}");
}

pub(crate) async fn a_null_behind_a_value_is_told(site: Site) {
    let db = database(&site).await;
    let sent = || orm::sql!("SELECT 1 UNION ALL SELECT NULL");
    let some: Vec<Option<i32>> = sent().fetch_all(&db).await.expect("rows");
    assert_eq!(some, [Some(1), None]);
    let all = sent().fetch_all::<i32, _, _>(&db).await;
    assert_told(&all.expect_err("one is NULL"), "unexpected null");
}

pub(crate) async fn a_value_behind_a_null_is_told(site: Site) {
    let db = database(&site).await;
    // A NULL can be read as any type, and the value behind it cannot.
    let sent = orm::sql!("SELECT CAST(NULL AS text) UNION ALL SELECT 'eleven 1'");
    let all = sent.fetch_all::<Option<i64>, _, _>(&db).await;
    assert_told(&all.expect_err("one is a text"), "mismatched types");
}

pub(crate) async fn a_text_behind_a_number_is_told(site: Site) {
    let db = database(&site).await;
    let sent = orm::sql!("SELECT 1 UNION ALL SELECT 'one'");
    let all = sent.fetch_all::<i64, _, _>(&db).await;
    assert_told(&all.expect_err("one is a text"), "mismatched types");
}
