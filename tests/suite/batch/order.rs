//! Writers that send the same keys in opposite orders do not wait for each other in a circle.

use std::sync::Arc;

use orm::ErrorKind;
use orm::prelude::*;
use orm_tests::Site;
use tokio::sync::Barrier;

use super::records;
use crate::tables::{NewUser, User, database};

const ROUNDS: i64 = 200;
const WAYS: [Carrier; 3] = [Carrier::Values, Carrier::Arrays, Carrier::Copy];

/// Two orders of the same records.
fn orders(many: i64, version: i64) -> [Vec<NewUser>; 2] {
    let one = records(many, version);
    let mut other = one.clone();
    other.reverse();
    // Alike in the key that is named, and in no other: two inserts of one row at once may meet on another
    // key first, which is an error on PostgreSQL.
    for record in &mut other {
        record.team = 2;
    }
    [one, other]
}

/// Whether it was a deadlock. There are no other errors.
fn is_deadlock(done: &orm::Result<()>) -> bool {
    let kind = done.as_ref().err().map(orm::Error::kind);
    assert!(matches!(kind, None | Some(ErrorKind::Deadlock)), "{done:?}");
    kind.is_some()
}

/// Both writers at once, round after round; how many of them met a deadlock.
async fn deadlocks<W, F>(rounds: i64, write: W) -> usize
where
    W: Fn(usize, i64) -> F + Clone + Send + 'static,
    F: Future<Output = bool> + Send,
{
    let start = Arc::new(Barrier::new(2));
    let writers = [0, 1].map(|writer| {
        let (write, start) = (write.clone(), Arc::clone(&start));
        tokio::spawn(async move {
            let mut deadlocks = 0;
            for round in 0..rounds {
                start.wait().await;
                deadlocks += usize::from(write(writer, round).await);
            }
            deadlocks
        })
    });
    let mut all = 0;
    for writer in writers {
        all += writer.await.expect("the writer ends");
    }
    all
}

/// On PostgreSQL they would deadlock, on SQLite they wait; every carrier and terminal in turn, in chunks.
pub(crate) async fn writers_in_opposite_orders_never_deadlock(site: Site) {
    let db = database(&site).await;
    let found = deadlocks(ROUNDS, move |writer, round| {
        let db = db.clone();
        async move {
            let batch = &orders(60, round)[writer];
            let turn = usize::try_from(round).unwrap_or(0);
            let carrier = WAYS[turn % WAYS.len()];
            let upsert = || batch.upsert_on(User::EMAIL).carrier(carrier).chunk_rows(17);
            is_deadlock(&match round % 5 {
                0 => upsert().report(&db).await.map(drop),
                1 => upsert().outcomes(&db).await.map(drop),
                2 => {
                    let newest = upsert().keep_newest(User::VERSION);
                    newest.execute(&db).await.map(drop)
                }
                _ => upsert().execute(&db).await.map(drop),
            })
        }
    })
    .await;
    assert_eq!(found, 0);
}

/// Where nothing joins rows to records, they are written one by one.
pub(crate) async fn writers_of_new_keys_on_any_conflict_never_deadlock(site: Site) {
    let db = database(&site).await;
    let found = deadlocks(40, move |writer, round| {
        let db = db.clone();
        async move {
            let mut batch = orders(30, 1)[writer].clone();
            for record in &mut batch {
                record.email = format!("{} {round}", record.email);
                record.nick.clone_from(&record.email);
            }
            let upsert = batch.upsert().on_any_conflict().do_nothing();
            is_deadlock(&upsert.outcomes(&db).await.map(drop))
        }
    })
    .await;
    assert_eq!(found, 0);
}

/// The control: the same rows by hand, in the order in which they come.
pub(crate) async fn without_the_order_they_do_deadlock(site: Site) {
    let db = database(&site).await;
    let pool = db.postgres().expect("PostgreSQL").clone();
    let mut found = 0;
    // More than one try, since nothing makes them meet.
    for _ in 0..20 {
        let pool = pool.clone();
        found += deadlocks(20, move |writer, round| {
            let pool = pool.clone();
            async move {
                let batch = &orders(300, round)[writer];
                let emails: Vec<_> = batch.iter().map(|record| record.email.clone()).collect();
                let by_hand = "INSERT INTO users (email, team, nick, version)
                     SELECT email, $3, email, $2 FROM unnest($1) AS incoming(email)
                     ON CONFLICT (email) DO UPDATE SET version = excluded.version";
                let done = sqlx::query(by_hand)
                    .bind(emails)
                    .bind(round)
                    .bind(batch[0].team)
                    .execute(&pool)
                    .await;
                let code = done
                    .as_ref()
                    .err()
                    .and_then(|error| error.as_database_error()?.code());
                assert!(matches!(code.as_deref(), None | Some("40P01")), "{done:?}");
                done.is_err()
            }
        })
        .await;
        if found > 0 {
            break;
        }
    }
    assert!(found > 0, "the writers never met");
}
