//! sqlx as one writes it by hand: rows read by name, as its documentation does, and by position.

use std::hint::black_box;

use sqlx::{Connection as _, PgConnection};

use super::ours::sqlite;
use super::{Task, Workload, at, sql};
use crate::measure::{Work, work};

pub mod bulk;
mod rows;

/// A row whose columns are found by their names.
#[derive(Debug, sqlx::FromRow)]
pub struct ByName {
    pub id: i64,
    pub serial: String,
    pub name: String,
    pub kind: i32,
    pub value: f64,
    pub humidity: Option<f64>,
    pub note: Option<String>,
    pub active: bool,
    pub version: i64,
    pub seen_at: i64,
}

/// A row whose columns are found by their places.
pub type ByPosition = (
    i64,
    String,
    String,
    i32,
    f64,
    Option<f64>,
    Option<String>,
    bool,
    i64,
    i64,
);

/// Binds the values of a record.
macro_rules! bound {
    ($query:expr, $record:expr) => {
        $query
            .bind(&$record.serial)
            .bind(&$record.name)
            .bind($record.kind)
            .bind($record.value)
            .bind($record.humidity)
            .bind(&$record.note)
            .bind($record.active)
            .bind($record.version)
            .bind($record.seen_at)
    };
}
pub(crate) use bound;

macro_rules! by_hand {
    ($name:ident, $row:ty, |$url:ident| $open:expr) => {
        /// What is done with one row, or read.
        pub async fn $name(task: Task) -> Box<dyn Work> {
            let Task {
                url: $url,
                workload,
                records,
            } = task;
            let mut db = $open;
            match workload {
                Workload::Upsert => work(async move |key| {
                    let record = at(&records, key);
                    let query = bound!(sqlx::query_as::<_, $row>(sql!(upsert)), record);
                    black_box(query.fetch_one(&mut db).await.expect("an upsert"));
                }),
                Workload::Guarded => work(async move |key| {
                    let record = at(&records, key);
                    let query = bound!(sqlx::query_as::<_, $row>(sql!(guarded)), record);
                    black_box(query.fetch_optional(&mut db).await.expect("an upsert"));
                }),
                Workload::Find => work(async move |key| {
                    let query = sqlx::query_as::<_, $row>(sql!(find));
                    let query = query.bind(&at(&records, key).serial);
                    black_box(query.fetch_optional(&mut db).await.expect("a look-up"));
                }),
                Workload::Insert => work(async move |key| {
                    let record = at(&records, key);
                    let query = bound!(sqlx::query(sql!(insert)), record);
                    black_box(query.execute(&mut db).await.expect("an insert"));
                }),
                Workload::Read => work(async move |_| {
                    let query = sqlx::query_as::<_, $row>(sql!(read));
                    black_box(query.fetch_all(&mut db).await.expect("rows"));
                }),
            }
        }
    };
}

by_hand!(postgres_by_name, ByName, |url| PgConnection::connect(&url)
    .await
    .expect("a connection"));
by_hand!(postgres_by_position, ByPosition, |url| {
    PgConnection::connect(&url).await.expect("a connection")
});
by_hand!(sqlite_by_name, ByName, |url| sqlite(&url).await);
by_hand!(sqlite_by_position, ByPosition, |url| sqlite(&url).await);
