//! `orm`, on a connection that is held and on its own pool.

use std::hint::black_box;

use orm::prelude::*;
use sqlx::{Connection as _, Executor as _, PgConnection, SqliteConnection};

use super::{Load, Task, Update, Workload, at};
use crate::device::Device;
use crate::measure::{Work, work};

macro_rules! ours {
    ($name:ident, open: |$url:ident| $open:expr, on: |$db:ident| $on:expr) => {
        /// What is done with one row, or read.
        pub async fn $name(task: Task) -> Box<dyn Work> {
            let Task {
                url: $url,
                workload,
                records,
            } = task;
            #[allow(unused_mut, reason = "a pool is shared")]
            let mut $db = $open;
            match workload {
                Workload::Upsert => work(async move |key| {
                    let upsert = at(&records, key).upsert_on(Device::SERIAL);
                    black_box(upsert.fetch_one($on).await.expect("an upsert"));
                }),
                Workload::Guarded => work(async move |key| {
                    let upsert = at(&records, key).upsert().on_conflict(Device::SERIAL);
                    let upsert = upsert.update_all().keep_newest(Device::VERSION);
                    black_box(upsert.fetch_optional($on).await.expect("an upsert"));
                }),
                Workload::Find => work(async move |key| {
                    let find = Device::find(Device::SERIAL, at(&records, key).serial.as_str());
                    black_box(find.fetch_optional($on).await.expect("a look-up"));
                }),
                Workload::Insert => work(async move |key| {
                    let insert = at(&records, key).insert();
                    black_box(insert.execute($on).await.expect("an insert"));
                }),
                Workload::Read => work(async move |_| {
                    let select = Device::select().order_by(Device::ID);
                    black_box(select.fetch_all($on).await.expect("rows"));
                }),
            }
        }
    };
}

ours!(
    on_postgres,
    open: |url| PgConnection::connect(&url).await.expect("a connection"),
    on: |db| &mut db
);
ours!(on_sqlite, open: |url| sqlite(&url).await, on: |db| &mut db);
ours!(
    on_db,
    open: |url| orm::connect(&url).await.expect("a database"),
    on: |db| &db
);

/// A connection to SQLite that waits for no disk.
pub(crate) async fn sqlite(url: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::connect(url).await.expect("a connection");
    let set = connection.execute("PRAGMA synchronous = OFF").await;
    set.expect("a setting");
    connection
}

/// What a bulk upsert is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Execute(Carrier),
    Report,
    Outcomes,
}

macro_rules! asked {
    ($upsert:expr, $asked:expr, $db:expr, $written:expr, $count:expr) => {
        match $asked {
            Asked::Execute(carrier) => {
                let written = $upsert.carrier(carrier).execute($db).await;
                assert_eq!(written.expect("an upsert"), $written);
            }
            Asked::Report => {
                let report = $upsert.report($db).await.expect("an upsert");
                assert_eq!(report.written(), $written);
            }
            Asked::Outcomes => {
                let outcomes = $upsert.outcomes($db).await.expect("an upsert");
                assert_eq!(outcomes.len(), $count);
            }
        }
    };
}

macro_rules! bulk {
    ($name:ident, open: |$url:ident| $open:expr, on: |$db:ident| $on:expr) => {
        /// All records at once. Where only what has changed is updated, nothing has.
        pub async fn $name(load: Load, asked: Asked) -> Box<dyn Work> {
            let Load {
                url: $url,
                records,
                update,
            } = load;
            #[allow(unused_mut, reason = "a pool is shared")]
            let mut $db = $open;
            work(async move |_| {
                let count = records.len();
                let upsert = records.upsert().on_conflict(Device::SERIAL).update_all();
                match update {
                    Update::All => asked!(upsert, asked, $on, count as u64, count),
                    Update::Changed => {
                        asked!(upsert.skip_unchanged(), asked, $on, 0, count);
                    }
                }
            })
        }
    };
}

bulk!(
    bulk_on_postgres,
    open: |url| PgConnection::connect(&url).await.expect("a connection"),
    on: |db| &mut db
);
bulk!(bulk_on_sqlite, open: |url| sqlite(&url).await, on: |db| &mut db);
bulk!(
    bulk_on_pool,
    open: |url| orm::connect(&url).await.expect("a database"),
    on: |db| &db
);
