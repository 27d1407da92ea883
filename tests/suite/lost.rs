//! The connection is lost: before the commit, after it, and in the middle of a statement.

use orm::prelude::*;
use orm::{Db, Error, ErrorKind};
use orm_tests::{Site, Wire};

use crate::tables::{User, database, user, users};

fn assert_lost(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
    assert!(error.is_transient() && !error.is_data(), "{error:?}");
    let said = error.to_string();
    let cause =
        std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<std::io::Error>());
    let kind = cause.expect("what became of the line").kind().to_string();
    assert!(
        said.contains("the connection was lost") && said.contains(&kind),
        "{said}"
    );
}

async fn behind(wire: &Wire) -> Db {
    orm::connect(wire.url()).await.expect("a database")
}

pub(crate) async fn before_the_commit_nothing_is_there(site: Site) {
    let direct = database(&site).await;
    let wire = Wire::before(&site).await;
    let db = behind(&wire).await;
    let lost = orm::transaction(&db, async |tx| {
        user("ann", 1).upsert_on(User::EMAIL).execute(&tx).await?;
        wire.cut();
        user("bob", 1).upsert_on(User::EMAIL).execute(&tx).await
    });
    let error = lost.await.expect_err("the line is cut");
    assert_lost(&error);
    assert_eq!(error.table(), Some("users"));
    assert_eq!(users(&direct).await, []);
    let record = user("ann", 1);
    let again = record.upsert_on(User::EMAIL).execute(&db).await;
    assert_eq!(again.expect("the pool has a new connection"), 1);
}

pub(crate) async fn after_the_commit_all_is_there(site: Site) {
    let direct = database(&site).await;
    let wire = Wire::before(&site).await;
    let db = behind(&wire).await;
    wire.lose_answer_to("COMMIT");
    let lost = orm::transaction(&db, async |tx| {
        user("ann", 1).upsert_on(User::EMAIL).execute(&tx).await
    });
    // The error is the same, and nobody can tell from it.
    assert_lost(&lost.await.expect_err("nobody told that it was done"));
    assert_eq!(users(&direct).await.len(), 1);
}

pub(crate) async fn in_a_statement_the_upsert_can_be_sent_again(site: Site) {
    let direct = database(&site).await;
    let wire = Wire::before(&site).await;
    let db = behind(&wire).await;
    let record = user("ann", 1);
    wire.lose_answer_to("INSERT INTO");
    let lost = record.upsert_on(User::EMAIL).fetch_one(&db).await;
    let error = lost.expect_err("nobody told that it was done");
    assert_lost(&error);
    assert_eq!(error.table(), Some("users"));
    let again = record.upsert_on(User::EMAIL).outcome(&db).await;
    let again = again.expect("an upsert");
    assert!(matches!(again, Written::Updated(_)), "it had been done");
    assert_eq!(users(&direct).await.len(), 1);
}
