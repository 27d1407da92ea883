//! No records, one, as many as fit, one more, and a million.

use orm::prelude::*;
use orm_tests::Site;

use super::{CARRIERS, connect, letters, numbers};

/// All of it can be left to the database.
#[derive(Table, Debug, Clone, PartialEq)]
struct Tick {
    #[column(primary_key, auto)]
    id: i64,
    #[column(default = "7")]
    weight: i32,
}

#[derive(Insert)]
#[insert(table = Tick)]
struct Bare {}

pub(crate) async fn records_may_supply_nothing(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Tick).await.expect("the table");
    let batch = [const { Bare {} }; 5];
    for carrier in CARRIERS {
        let insert = || batch.insert().carrier(carrier).chunk_rows(2);
        assert_eq!(
            insert().execute(&db).await.expect("an insert"),
            5,
            "{carrier:?}"
        );
        let rows = insert().fetch_all(&db).await.expect("an insert");
        assert_eq!(
            rows.iter().map(|row| row.weight).sum::<i32>(),
            35,
            "{carrier:?}"
        );
        let upsert = || {
            batch
                .upsert()
                .on_any_conflict()
                .do_nothing()
                .carrier(carrier)
                .chunk_rows(2)
        };
        let report = upsert().report(&db).await.expect("an upsert");
        assert_eq!(numbers(&report), [5, 5, 0, 0, 0], "{carrier:?}");
        let outcomes = upsert().outcomes(&db).await.expect("an upsert");
        assert_eq!(letters(&outcomes), ["i"; 5], "{carrier:?}");
    }
    assert_eq!(Tick::select().count(&db).await.expect("a count"), 80);
}
