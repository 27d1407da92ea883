//! A live game and its backfill: older data never overwrites newer data.

use chrono::{DateTime, TimeZone, Utc};
use orm::Db;
use orm::prelude::*;
use orm_tests::Site;
use tokio::task::JoinSet;

#[derive(Table, Debug, Clone, PartialEq)]
struct LiveGame {
    #[column(primary_key)]
    game_pk: i64,
    score: i32,
    captured_at: DateTime<Utc>,
}

fn at(hour: u32, minute: u32, second: u32) -> DateTime<Utc> {
    let time = Utc.with_ymd_and_hms(2024, 10, 25, hour, minute, second);
    time.single().expect("a time")
}

fn game(score: i32, captured_at: DateTime<Utc>) -> LiveGame {
    LiveGame {
        game_pk: 747_175,
        score,
        captured_at,
    }
}

async fn games(site: &Site) -> Db {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, LiveGame).await.expect("the table");
    db
}

async fn stored(db: &Db) -> LiveGame {
    LiveGame::get(747_175).fetch_one(db).await.expect("a game")
}

/// What became of a delivery: inserted, updated, skipped. One record and a batch of one say the same.
async fn deliver(db: &Db, of: &LiveGame, newer_only: bool) -> (u64, u64, u64) {
    let one = of.upsert().on_primary_key().update_all();
    let outcome = if newer_only {
        one.keep_newer(LiveGame::CAPTURED_AT).outcome(db).await
    } else {
        one.keep_newest(LiveGame::CAPTURED_AT).outcome(db).await
    };
    match outcome.expect("an upsert") {
        Outcome::Inserted(_) => (1, 0, 0),
        Outcome::Updated(_) => (0, 1, 0),
        Outcome::Skipped => (0, 0, 1),
    }
}

async fn deliver_as_a_batch(db: &Db, of: &LiveGame, newer_only: bool) -> (u64, u64, u64) {
    let batch = [of.clone()];
    let many = batch.upsert().on_primary_key().update_all();
    let report = if newer_only {
        many.keep_newer(LiveGame::CAPTURED_AT).report(db).await
    } else {
        many.keep_newest(LiveGame::CAPTURED_AT).report(db).await
    };
    let report = report.expect("an upsert");
    (report.inserted, report.updated, report.skipped)
}

const INSERTED: (u64, u64, u64) = (1, 0, 0);
const UPDATED: (u64, u64, u64) = (0, 1, 0);
const SKIPPED: (u64, u64, u64) = (0, 0, 1);

/// Deliveries one after the other, with what becomes of each and what is stored in the end, told alike by
/// both ways to write.
async fn play(
    site: &Site,
    newer_only: bool,
    deliveries: &[(LiveGame, (u64, u64, u64))],
    end: &LiveGame,
) {
    let (place, other) = (site.another().await, site.another().await);
    let (one, many) = (games(&place).await, games(&other).await);
    for (game, expected) in deliveries {
        assert_eq!(deliver(&one, game, newer_only).await, *expected, "{game:?}");
        let said = deliver_as_a_batch(&many, game, newer_only).await;
        assert_eq!(said, *expected, "as a batch: {game:?}");
    }
    assert_eq!(stored(&one).await, *end);
    assert_eq!(stored(&many).await, *end);
}

/// Scenario 1.
pub(crate) async fn a_live_game_is_inserted_and_then_updated(site: Site) {
    let (first, then) = (game(0, at(10, 0, 0)), game(3, at(10, 30, 0)));
    let deliveries = [(first, INSERTED), (then.clone(), UPDATED)];
    play(&site, false, &deliveries, &then).await;
    play(&site, true, &deliveries, &then).await;
}

/// Scenario 2.
pub(crate) async fn a_backfill_does_not_overwrite_live_data(site: Site) {
    let (live, old) = (game(5, at(14, 0, 0)), game(1, at(10, 0, 0)));
    let deliveries = [(live.clone(), INSERTED), (old, SKIPPED)];
    play(&site, false, &deliveries, &live).await;
    play(&site, true, &deliveries, &live).await;
}

/// Scenario 3: `keep_newest` writes the same once more, `keep_newer` does not.
pub(crate) async fn the_same_data_again_changes_nothing(site: Site) {
    let same = game(5, at(14, 0, 0));
    let newest = [(same.clone(), INSERTED), (same.clone(), UPDATED)];
    play(&site, false, &newest, &same).await;
    let newer = [(same.clone(), INSERTED), (same.clone(), SKIPPED)];
    play(&site, true, &newer, &same).await;

    // Other data of the same time: the last one wins, or the first.
    let other = game(6, at(14, 0, 0));
    let newest = [(same.clone(), INSERTED), (other.clone(), UPDATED)];
    play(&site, false, &newest, &other).await;
    let newer = [(same.clone(), INSERTED), (other, SKIPPED)];
    play(&site, true, &newer, &same).await;
}

/// Scenario 4.
pub(crate) async fn the_newest_of_two_workers_wins_in_either_order(site: Site) {
    let (older, newer) = (game(5, at(14, 0, 5)), game(6, at(14, 0, 10)));
    let in_order = [(older.clone(), INSERTED), (newer.clone(), UPDATED)];
    let reversed = [(newer.clone(), INSERTED), (older.clone(), SKIPPED)];
    for newer_only in [false, true] {
        play(&site, newer_only, &in_order, &newer).await;
        play(&site, newer_only, &reversed, &newer).await;
    }

    // And at the same time.
    let db = games(&site).await;
    for round in 0..10 {
        let mut workers = JoinSet::new();
        for each in [&older, &newer] {
            let (db, each) = (
                db.clone(),
                LiveGame {
                    game_pk: round,
                    ..each.clone()
                },
            );
            workers.spawn(async move {
                let upsert = each.upsert().on_primary_key().update_all();
                upsert.keep_newest(LiveGame::CAPTURED_AT).execute(&db).await
            });
        }
        for done in workers.join_all().await {
            done.expect("an upsert");
        }
        let row = LiveGame::get(round).fetch_one(&db).await.expect("a game");
        assert_eq!(row.score, newer.score);
    }
}
