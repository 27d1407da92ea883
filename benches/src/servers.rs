//! Where the workloads are run: in places of the same harness as the tests'.

use std::rc::Rc;

use orm::prelude::*;
use orm_tests::{Backend, Site, available};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

use crate::device::{Device, NewDevice};
use crate::measure::{Work, work};

/// PostgreSQL 15 where there is one, else the newest that can be had.
pub fn postgres() -> Option<Backend> {
    let found = available().ok()?;
    let version = found.contains_key(&15).then_some(15);
    version
        .or_else(|| found.keys().max().copied())
        .map(Backend::Postgres)
}

/// What a server says of itself and of the settings that matter here.
pub async fn settings(backend: Backend) -> Vec<(String, String)> {
    let site = Site::new(backend).await;
    let Backend::Postgres(_) = backend else {
        let mut own = SqliteConnection::connect(site.url())
            .await
            .expect("a connection");
        let version: String = sqlx::query_scalar("SELECT sqlite_version()")
            .fetch_one(&mut own)
            .await
            .expect("a version");
        return vec![
            ("sqlite_version".to_owned(), version),
            ("journal_mode".to_owned(), "wal".to_owned()),
            ("synchronous".to_owned(), "off".to_owned()),
        ];
    };
    let mut own = PgConnection::connect(site.url())
        .await
        .expect("a connection");
    sqlx::query_as(
        "SELECT name, current_setting(name) FROM pg_settings WHERE name IN ('server_version',
         'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'work_mem',
         'max_wal_size', 'wal_level', 'jit', 'track_activities') ORDER BY name",
    )
    .fetch_all(&mut own)
    .await
    .expect("settings")
}

/// An empty table in a place of its own, with these devices in it.
pub async fn site(backend: Backend, there: &[NewDevice]) -> Site {
    let site = Site::new(backend).await;
    match backend {
        Backend::Sqlite => {
            let mut own = SqliteConnection::connect(site.url())
                .await
                .expect("a connection");
            // Stays with the file, and all clients find it.
            own.execute("PRAGMA journal_mode = WAL")
                .await
                .expect("a write-ahead log");
            orm::create_tables!(&mut own, Device)
                .await
                .expect("a table");
            there.insert().execute(&mut own).await.expect("an insert");
            // Dropped, it would hold the file a little longer.
            own.close().await.expect("the end of a connection");
        }
        Backend::Postgres(_) => {
            let mut own = PgConnection::connect(site.url())
                .await
                .expect("a connection");
            orm::create_tables!(&mut own, Device)
                .await
                .expect("a table");
            own.execute("ALTER TABLE devices SET (autovacuum_enabled = off)")
                .await
                .expect("a setting");
            there.insert().execute(&mut own).await.expect("an insert");
            own.execute("VACUUM (ANALYZE) devices")
                .await
                .expect("statistics");
        }
    }
    site
}

/// Puts the rows back that are there now.
pub async fn reset(site: &Rc<Site>) -> Box<dyn Work> {
    macro_rules! again {
        ($connection:ident, $empty:literal) => {{
            let site = Rc::clone(site);
            let mut own = $connection::connect(site.url())
                .await
                .expect("a connection");
            own.execute("CREATE TABLE before AS SELECT * FROM devices")
                .await
                .expect("a copy");
            work(async move |_| {
                let again = concat!($empty, "; INSERT INTO devices SELECT * FROM before");
                own.execute(AssertSqlSafe(again)).await.expect("a reset");
                // The place lasts as long as what works in it.
                std::hint::black_box(&site);
            })
        }};
    }
    match site.backend() {
        Backend::Sqlite => again!(SqliteConnection, "DELETE FROM devices"),
        Backend::Postgres(_) => again!(PgConnection, "TRUNCATE devices"),
    }
}
