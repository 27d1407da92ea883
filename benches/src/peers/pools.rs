//! Many tasks that share a pool, each pool as its library sets it up.

use std::hint::black_box;
use std::rc::Rc;

use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::future::join_all;
use orm::Db;
use orm::prelude::*;
use sea_orm::EntityTrait as _;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

use super::by_hand::{ByName, bound};
use super::diesel::{New, Row, devices, updated, upsert};
use super::{at, sea_orm as sea, sql};
use crate::device::{Device, NewDevice};
use crate::measure::{Work, work};

/// So many connections has each pool.
const CONNECTIONS: u32 = 8;

/// So many upserts makes each task in a call.
pub const EACH: usize = 8;

/// What tasks write, and how many there are.
#[derive(Debug, Clone)]
pub struct Shared {
    pub url: String,
    pub records: Rc<[NewDevice]>,
    pub tasks: usize,
}

macro_rules! pool {
    ($name:ident, |$url:ident| $open:expr, |$pool:ident, $record:ident| $upsert:expr) => {
        /// All tasks at once.
        pub async fn $name(shared: Shared) -> Box<dyn Work> {
            let Shared {
                url: $url,
                records,
                tasks,
            } = shared;
            let pool = $open;
            work(async move |key| {
                let (records, $pool) = (&records, &pool);
                join_all((0..tasks).map(async |task| {
                    for upsert in 0..EACH {
                        let $record = at(records, (key * tasks + task) * EACH + upsert);
                        black_box($upsert);
                    }
                }))
                .await;
            })
        }
    };
}

async fn sqlx_pool(url: &str) -> PgPool {
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS);
    pool.connect(url).await.expect("a pool")
}

pool!(by_hand, |url| sqlx_pool(&url).await, |pool, record| {
    let query = bound!(sqlx::query_as::<_, ByName>(sql!(upsert)), record);
    query.fetch_one(pool).await.expect("an upsert")
});

pool!(ours, |url| sqlx_pool(&url).await, |pool, record| {
    let upsert = record.upsert_on(Device::SERIAL).fetch_one(pool);
    upsert.await.expect("an upsert")
});

pool!(
    ours_on_its_own,
    |url| {
        let pool = orm::pool_options().max_connections(CONNECTIONS);
        Db::from(pool.connect(&url).await.expect("a pool"))
    },
    |db, record| {
        let upsert = record.upsert_on(Device::SERIAL).fetch_one(db);
        upsert.await.expect("an upsert")
    }
);

pool!(
    diesel_async,
    |url| {
        let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new(url);
        let pool = Pool::builder(manager).max_size(CONNECTIONS as usize);
        pool.build().expect("a pool")
    },
    |pool, record| {
        let mut db = pool.get().await.expect("a connection");
        let upsert = upsert!(New::from(record)).returning(Row::as_returning());
        upsert.get_result(&mut db).await.expect("an upsert")
    }
);

pool!(
    sea_orm,
    |url| sea::connect(url, CONNECTIONS).await,
    |db, record| {
        let upsert = sea::Entity::insert(sea::model(record)).on_conflict(sea::conflict());
        upsert.exec_with_returning(db).await.expect("an upsert")
    }
);
