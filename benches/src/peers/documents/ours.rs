//! `orm`.

use std::hint::black_box;

use orm::prelude::*;
use sqlx::{Connection as _, PgConnection};

use super::Load;
use crate::document::Document;
use crate::measure::{Work, work};
use crate::peers::at;
use crate::peers::ours::sqlite;

macro_rules! ours {
    ($one:ident, $many:ident, |$url:ident| $open:expr) => {
        /// One at a time.
        pub async fn $one(($url, records): Load) -> Box<dyn Work> {
            let mut db = $open;
            work(async move |key| {
                let upsert = at(&records, key).upsert_on(Document::NAME);
                black_box(upsert.fetch_one(&mut db).await.expect("an upsert"));
            })
        }

        /// All at once.
        pub async fn $many(($url, records): Load) -> Box<dyn Work> {
            let mut db = $open;
            work(async move |_| {
                let upsert = records.upsert().on_conflict(Document::NAME).update_all();
                upsert.execute(&mut db).await.expect("an upsert");
            })
        }
    };
}

ours!(one_on_postgres, many_on_postgres, |url| {
    PgConnection::connect(&url).await.expect("a connection")
});
ours!(one_on_sqlite, many_on_sqlite, |url| sqlite(&url).await);
