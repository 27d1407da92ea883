//! What a batch holds above its records: as much as its carrier sends at once, however many there are.

use orm::prelude::*;
use orm_tests::{Backend, Site, available};
use sqlx::postgres::PgPoolOptions;
use tokio::runtime::Builder;

use crate::allocations::peak;

#[derive(Table)]
struct Narrow {
    #[column(primary_key)]
    id: i64,
    value: i64,
}

/// The most that is held above records of so many, in bytes.
fn held(site: &Site, carrier: Carrier, many: i64) -> u64 {
    // PostgreSQL is spoken to on this thread alone, so that all is counted.
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let pool = runtime.block_on(async {
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .connect(site.url())
            .await
            .expect("a pool");
        orm::create_tables!(&pool, Narrow).await.expect("the table");
        pool
    });
    let records: Vec<_> = (0..many).map(|id| Narrow { id, value: 1 }).collect();
    peak(|| {
        let upsert = records
            .upsert()
            .on_primary_key()
            .update_all()
            .carrier(carrier);
        let written = runtime.block_on(upsert.execute(&pool)).expect("an upsert");
        assert_eq!(written, records.len() as u64);
    })
}

#[test]
fn what_a_batch_holds_does_not_grow_with_its_records() {
    let newest = available()
        .ok()
        .and_then(|found| found.keys().max().copied());
    let Some(major) = newest else {
        eprintln!("no PostgreSQL server found: what a batch holds is not measured");
        return;
    };
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let site = runtime.block_on(Site::new(Backend::Postgres(major)));
    for carrier in [Carrier::Arrays, Carrier::Copy] {
        let (few, many) = (held(&site, carrier, 200_000), held(&site, carrier, 400_000));
        assert!(few > 0, "nothing was counted");
        // Both are more than one statement takes; 200,000 records more are 4,800,000 bytes more.
        assert!(
            many < few + few / 10,
            "{carrier:?}: {few} bytes for 200,000, {many} for 400,000"
        );
    }
}
