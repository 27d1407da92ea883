//! Calls within a transaction that the caller has begun by hand, which sqlx knows nothing of.

use orm::ErrorKind;
use orm::prelude::*;
use orm_tests::{Backend, Site};
use sqlx::{Connection as _, Executor as _, PgConnection, SqliteConnection};

use crate::dropped::{
    CALLS, Call, Extra, Item, MANY, Rounds, has, is_whole, item, part, place, polled, raw, run,
};

/// Calls that are dropped in a transaction that the caller has begun by hand. What was said before and after
/// is kept with it.
macro_rules! dropped_by_hand {
    ($site:expr, $connection:ident) => {
        let place = place(&$site).await;
        for call in CALLS {
            let mut connection = $connection::connect($site.url())
                .await
                .expect("a connection");
            let mut rounds = Rounds::new();
            loop {
                let first = rounds.first();
                let say = format!("{call:?}, {} polls", rounds.polls);
                connection.execute("BEGIN").await.expect(&say);
                let before = item(first + 900).insert().execute(&mut connection).await;
                before.expect(&say);
                let call_it = async { run!(call, first, &mut connection) };
                let done = polled(call_it, rounds.polls).await;
                let after = item(first + 901).insert().execute(&mut connection).await;
                after.expect(&say);
                assert!(
                    !has(&place, first + 900).await,
                    "{say}: committed too early"
                );
                connection.execute("COMMIT").await.expect(&say);
                let there = is_whole(&place, call, first, &say).await;
                assert!(there || !done, "{say}: done and lost");
                assert!(
                    has(&place, first + 900).await && has(&place, first + 901).await,
                    "{say}"
                );
                if !rounds.go_on(done) {
                    break;
                }
            }
            drop(connection);
            let tidy = "DROP TABLE IF EXISTS extras; DELETE FROM items; DELETE FROM parts";
            raw(&place, tidy).await;
        }
    };
}

pub(crate) async fn what_is_dropped_takes_nothing_else_along(site: Site) {
    match site.backend() {
        Backend::Sqlite => {
            dropped_by_hand!(site, SqliteConnection);
        }
        Backend::Postgres(_) => {
            dropped_by_hand!(site, PgConnection);
        }
    }
}

macro_rules! by_hand {
    ($site:expr, $connection:ident) => {
        let place = place(&$site).await;
        let mut connection = $connection::connect($site.url())
            .await
            .expect("a connection");
        for (round, end) in ["ROLLBACK", "COMMIT"].into_iter().enumerate() {
            for call in CALLS {
                for with_sql in [false, true] {
                    let say = format!("{call:?}, {end}, {with_sql}");
                    let first = 1_000 * (1 + i64::try_from(round).expect("small"));
                    if with_sql {
                        let begun = orm::sql!("BEGIN").execute(&mut connection).await;
                        begun.expect(&say);
                    } else {
                        connection.execute("BEGIN").await.expect(&say);
                    }
                    let before = item(first + 900).insert().execute(&mut connection).await;
                    before.expect(&say);
                    run!(call, first, &mut connection).expect(&say);
                    // One that is refused takes nothing else along.
                    let twice = [item(first + 950), item(first + 950)];
                    let error = twice.upsert_on(Item::ID).outcomes(&mut connection).await;
                    let error = error.expect_err(&say);
                    assert_eq!(error.kind(), ErrorKind::DuplicateKeyInBatch, "{error}");
                    connection.execute(end).await.expect(&say);
                    let kept = end == "COMMIT";
                    let there = is_whole(&place, call, first, &say).await;
                    if matches!(call, Call::Batch | Call::Outcome) {
                        assert_eq!(there, kept, "{say}");
                    }
                    assert_eq!(has(&place, first + 900).await, kept, "{say}");
                    let tidy = "DROP TABLE IF EXISTS extras; DELETE FROM items; DELETE FROM parts";
                    raw(&place, tidy).await;
                }
            }
        }
    };
}

pub(crate) async fn a_call_within_is_part_of_it(site: Site) {
    match site.backend() {
        Backend::Sqlite => {
            by_hand!(site, SqliteConnection);
        }
        Backend::Postgres(_) => {
            by_hand!(site, PgConnection);
        }
    }
}
