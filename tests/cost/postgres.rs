//! The same on a pool of PostgreSQL, where the arguments of what gives a row back are held twice.

use orm::prelude::*;
use orm_tests::{Backend, Site, available};
use sqlx::PgPool;
use tokio::runtime::{Builder, Runtime};

use super::allocations::count_allocations;
use super::{NewReading, Reading, compare, record};

/// How many calls are compared; each is a round trip.
const CALLS: usize = 300;

/// A runtime on this thread, and a pool with the table behind it; `None`, said aloud, without a server.
fn connected() -> Option<(Runtime, Site, PgPool)> {
    let found = available().expect("servers that were named answer");
    let Some(newest) = found.keys().next_back() else {
        eprintln!("skipped: no PostgreSQL found");
        return None;
    };
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let (site, pool) = runtime.block_on(async {
        let site = Site::new(Backend::Postgres(*newest)).await;
        let pool = sqlx::postgres::PgPoolOptions::new().max_connections(1);
        let pool = pool.connect(site.url()).await.expect("a pool");
        orm::create_tables!(&pool, Reading)
            .await
            .expect("the table");
        (site, pool)
    });
    Some((runtime, site, pool))
}

fn within_budget(
    more: u64,
    mut by_hand: impl FnMut(&Runtime, &PgPool, NewReading),
    mut ours: impl FnMut(&Runtime, &PgPool, NewReading),
) {
    let Some((runtime, _site, pool)) = connected() else {
        return;
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for _ in 0..CALLS {
        left.push(count_allocations(|| by_hand(&runtime, &pool, record())));
        right.push(count_allocations(|| ours(&runtime, &pool, record())));
    }
    compare(left, right, more);
}

#[test]
fn an_upsert_on_a_pool_allocates_at_most_two_more() {
    const BY_HAND: &str = r#"INSERT INTO "readings" ("sensor", "value", "version") VALUES ($1, $2, $3) ON CONFLICT ("sensor") DO UPDATE SET "value" = excluded."value", "version" = excluded."version" RETURNING "id", "sensor", "value", "version""#;
    within_budget(
        2,
        |runtime, pool, record| {
            let query = sqlx::query_as::<_, Reading>(BY_HAND)
                .bind(&record.sensor)
                .bind(record.value)
                .bind(record.version);
            runtime.block_on(query.fetch_one(pool)).expect("an upsert");
        },
        |runtime, pool, record| {
            let upsert = record.upsert_on(Reading::SENSOR).fetch_one(pool);
            runtime.block_on(upsert).expect("an upsert");
        },
    );
}

#[test]
fn a_look_up_on_a_pool_allocates_at_most_two_more() {
    const BY_HAND: &str =
        r#"SELECT "id", "sensor", "value", "version" FROM "readings" WHERE "sensor" = $1"#;
    within_budget(
        2,
        |runtime, pool, _| {
            let query = sqlx::query_as::<_, Reading>(BY_HAND).bind("roof");
            runtime
                .block_on(query.fetch_optional(pool))
                .expect("a look-up");
        },
        |runtime, pool, _| {
            let find = Reading::find(Reading::SENSOR, "roof").fetch_optional(pool);
            runtime.block_on(find).expect("a look-up");
        },
    );
}
