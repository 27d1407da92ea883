//! `orm`, on a connection that is held and on its own pool.

use std::hint::black_box;
use std::rc::Rc;

use orm::prelude::*;
use sqlx::{Connection as _, Executor as _, PgConnection, SqliteConnection};

use super::{Task, Workload, at};
use crate::device::{Device, NewDevice};
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
pub(super) async fn sqlite(url: &str) -> SqliteConnection {
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

macro_rules! bulk {
    ($name:ident, |$url:ident| $open:expr) => {
        /// All records at once.
        pub async fn $name($url: String, records: Rc<[NewDevice]>, asked: Asked) -> Box<dyn Work> {
            let mut db = $open;
            work(async move |_| {
                let upsert = records.upsert().on_conflict(Device::SERIAL).update_all();
                match asked {
                    Asked::Execute(carrier) => {
                        let upsert = upsert.carrier(carrier).execute(&mut db);
                        let written = upsert.await.expect("an upsert");
                        assert_eq!(written, records.len() as u64);
                    }
                    Asked::Report => {
                        let report = upsert.report(&mut db).await.expect("an upsert");
                        assert_eq!(report.written(), records.len() as u64);
                    }
                    Asked::Outcomes => {
                        let outcomes = upsert.outcomes(&mut db).await.expect("an upsert");
                        assert_eq!(outcomes.len(), records.len());
                    }
                }
            })
        }
    };
}

bulk!(bulk_on_postgres, |url| PgConnection::connect(&url)
    .await
    .expect("a connection"));
bulk!(bulk_on_sqlite, |url| sqlite(&url).await);
