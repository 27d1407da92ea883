//! What goes over the wire for one call: what hand-written sqlx would send, and not a byte more.

use orm::prelude::*;
use orm_tests::{Frontend, Site, Wire};
use sqlx::{Connection, PgConnection};

use crate::tables::{User, database, user};

const BY_HAND: &str = r#"INSERT INTO "users" ("email", "team", "nick", "score", "version") VALUES ($1, $2, $3, $4, $5) ON CONFLICT ("email") DO UPDATE SET "team" = excluded."team", "nick" = excluded."nick", "score" = excluded."score", "version" = excluded."version" RETURNING "id", "email", "team", "nick", "score", "version", "created_at""#;

async fn connected(site: &Site) -> (Wire, PgConnection) {
    database(site).await;
    let wire = Wire::before(site).await;
    let connection = PgConnection::connect(wire.url())
        .await
        .expect("a connection");
    wire.take();
    (wire, connection)
}

async fn by_hand(connection: &mut PgConnection) -> User {
    let record = user("ann", 1);
    sqlx::query_as(BY_HAND)
        .bind(&record.email)
        .bind(record.team)
        .bind(&record.nick)
        .bind(record.score)
        .bind(record.version)
        .fetch_one(connection)
        .await
        .expect("an upsert")
}

async fn typed(connection: &mut PgConnection) -> User {
    let record = user("ann", 1);
    let upsert = record.upsert().on_conflict(User::EMAIL).update_all();
    upsert.fetch_one(connection).await.expect("an upsert")
}

pub(crate) async fn an_upsert_sends_what_hand_written_sqlx_sends(site: Site) {
    let (wire, mut connection) = connected(&site).await;
    by_hand(&mut connection).await;
    let first_by_hand = wire.take();
    // On a connection that has not seen the statement yet.
    connection
        .clear_cached_statements()
        .await
        .expect("a fresh start");
    wire.take();
    typed(&mut connection).await;
    assert_eq!(without_close(wire.take()), without_close(first_by_hand));

    by_hand(&mut connection).await;
    let again_by_hand = wire.take();
    typed(&mut connection).await;
    assert_eq!(wire.round_trips(), 1);
    assert_eq!(wire.statements(), [BY_HAND]);
    assert_eq!(wire.take(), again_by_hand);
}

/// Clearing the cache has closed statements, which is not what is compared.
fn without_close(messages: Vec<Frontend>) -> Vec<Frontend> {
    messages
        .into_iter()
        .filter(|message| *message != Frontend::Close)
        .collect()
}

pub(crate) async fn an_outcome_is_one_round_trip(site: Site) {
    let (wire, mut connection) = connected(&site).await;
    for version in 1..=3 {
        let record = user("ann", version);
        let upsert = record.upsert().on_conflict(User::EMAIL).update_all();
        wire.take();
        upsert
            .keep_newest(User::VERSION)
            .outcome(&mut connection)
            .await
            .expect("an upsert");
        if version > 1 {
            assert_eq!(wire.round_trips(), 1);
        }
    }
}

pub(crate) async fn a_look_up_and_an_insert_are_one_round_trip(site: Site) {
    let (wire, mut connection) = connected(&site).await;
    user("ann", 1)
        .insert()
        .execute(&mut connection)
        .await
        .expect("an insert");
    User::find(User::EMAIL, "ann")
        .fetch_one(&mut connection)
        .await
        .expect("a look-up");
    wire.take();
    user("bob", 1)
        .insert()
        .execute(&mut connection)
        .await
        .expect("an insert");
    assert_eq!(wire.round_trips(), 1);
    User::find(User::EMAIL, "bob")
        .fetch_one(&mut connection)
        .await
        .expect("a look-up");
    assert_eq!(wire.round_trips(), 2);
}

/// Outside of a transaction, on a connection of the caller's: nothing is sent around the statement.
pub(crate) async fn a_batch_is_one_round_trip(site: Site) {
    let (wire, mut connection) = connected(&site).await;
    let batch: Vec<_> = (0..40).map(|each| user(&format!("{each}"), 1)).collect();
    for _ in 0..2 {
        wire.take();
        let upsert = batch.upsert().on_conflict(User::EMAIL).update_all();
        let written = upsert.execute(&mut connection).await.expect("an upsert");
        assert_eq!(written, 40);
    }
    assert_eq!(wire.statements().len(), 1);
    assert_eq!(wire.round_trips(), 1);
}

pub(crate) async fn a_mistake_sends_nothing(site: Site) {
    use orm::dynamic::{Table, Value, column};

    let (wire, mut connection) = connected(&site).await;
    let table = Table::new("users")
        .column(column("id", "BIGINT"))
        .primary_key(["id"]);
    let table = table.build().expect("a description");
    let mistaken = table
        .upsert([("nobody", Value::from(1))])
        .on_conflict(["id"])
        .do_nothing();
    mistaken
        .execute(&mut connection)
        .await
        .expect_err("there is no such column");
    assert_eq!(wire.take(), []);
}

pub(crate) async fn verifying_asks_as_often_for_fifty_tables_as_for_one(site: Site) {
    use orm::dynamic::{Table, column, key};
    let (wire, mut connection) = connected(&site).await;
    let described = |at: usize| {
        Table::new(format!("table {at}"))
            .column(column("id", "BIGINT"))
            .column(column("name", "TEXT"))
            .primary_key(["id"])
            .unique_key(key(["name"]).named(format!("names of {at}")))
            .build()
            .expect("a description without mistakes")
    };
    let tables: Vec<_> = (0..50).map(described).collect();
    for table in &tables {
        table.create(&mut connection).await.expect("a table");
    }
    let mut statements = Vec::new();
    for many in [1, 50] {
        // What was rolled back before is told to the server with the next statement.
        connection.ping().await.expect("an answer");
        wire.take();
        let verified = orm::dynamic::verify(&mut connection, &tables[..many]).await;
        verified.expect("what was made is what was described");
        let mut sent = wire.statements();
        for sql in &mut sent {
            sql.truncate(30);
        }
        statements.push(sent);
    }
    assert_eq!(statements[0], statements[1]);
}
