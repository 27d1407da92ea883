//! `orm`: the guard is a word.

use orm::prelude::*;
use sqlx::{Connection as _, PgConnection};

use super::Load;
use crate::measure::{Work, work};
use crate::peers::ours::sqlite;
use crate::quake::Quake;

macro_rules! ours {
    ($name:ident, |$url:ident| $open:expr) => {
        /// The whole feed.
        pub async fn $name(($url, records): Load) -> Box<dyn Work> {
            let mut db = $open;
            work(async move |_| {
                let upsert = records.upsert().on_conflict(Quake::EVENT).update_all();
                let upsert = upsert.keep_newer(Quake::UPDATED);
                upsert.execute(&mut db).await.expect("an upsert");
            })
        }
    };
}

ours!(on_postgres, |url| PgConnection::connect(&url)
    .await
    .expect("a connection"));
ours!(on_sqlite, |url| sqlite(&url).await);
