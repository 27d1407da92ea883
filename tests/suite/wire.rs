//! The proxy shows what is sent, and loses what it is told to lose.

use orm_tests::{Frontend, Site, Wire};
use sqlx::{Connection, PgConnection, query};

pub(crate) async fn one_prepared_statement_is_one_round_trip(site: Site) {
    let wire = Wire::before(&site).await;
    let mut connection = connect(&wire).await;
    query("SELECT $1::int4")
        .bind(1)
        .execute(&mut connection)
        .await
        .expect("an answer");
    let first = wire.take();
    assert!(first.contains(&Frontend::Startup));
    assert!(first.contains(&Frontend::Parse {
        sql: "SELECT $1::int4".to_owned()
    }));

    query("SELECT $1::int4")
        .bind(2)
        .execute(&mut connection)
        .await
        .expect("an answer");
    assert_eq!(wire.round_trips(), 1);
    assert_eq!(wire.statements(), ["SELECT $1::int4"]);
    let sql = "SELECT $1::int4".to_owned();
    assert_eq!(
        wire.take(),
        [
            Frontend::Bind,
            Frontend::Execute { sql },
            Frontend::Close,
            Frontend::Sync
        ]
    );
}

pub(crate) async fn a_cut_line_is_an_error_and_can_be_replaced(site: Site) {
    let wire = Wire::before(&site).await;
    let mut connection = connect(&wire).await;
    wire.cut();
    let error = query("SELECT 1")
        .execute(&mut connection)
        .await
        .expect_err("the line is cut");
    assert!(matches!(error, sqlx::Error::Io(_)), "{error:?}");
    connect(&wire)
        .await
        .ping()
        .await
        .expect("a new connection works");
}

pub(crate) async fn a_lost_answer_leaves_the_work_done(site: Site) {
    let wire = Wire::before(&site).await;
    let mut connection = connect(&wire).await;
    query("CREATE TABLE thing (id int4)")
        .execute(&mut connection)
        .await
        .expect("a table");
    wire.lose_answer_to("INSERT INTO thing");
    let insert = query("INSERT INTO thing VALUES (1)");
    insert
        .execute(&mut connection)
        .await
        .expect_err("nobody told that it was done");

    let mut connection = connect(&wire).await;
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM thing")
        .fetch_one(&mut connection)
        .await
        .expect("an answer");
    assert_eq!(count, 1);
}

async fn connect(wire: &Wire) -> PgConnection {
    PgConnection::connect(wire.url())
        .await
        .expect("a connection through the proxy")
}
