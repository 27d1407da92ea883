//! The ways of working with a database, each as its documentation recommends.

use std::rc::Rc;

use crate::device::NewDevice;

pub mod by_hand;
pub mod diesel;
pub mod diesel_async;
pub mod documents;
pub mod floor;
pub mod ours;
pub mod pools;
pub mod quakes;
pub mod rusqlite;
pub mod sea_orm;
pub mod toasty;
pub mod tokio_postgres;

/// What is done with one row, or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workload {
    /// An upsert that gives the row back.
    Upsert,
    /// An upsert that keeps a newer row, and gives nothing back then.
    Guarded,
    /// A look-up by a unique key.
    Find,
    /// An insert without the row back.
    Insert,
    /// All rows in the order of their ids.
    Read,
}

/// Where a peer works, at what, and with which records.
#[derive(Debug, Clone)]
pub struct Task {
    pub url: String,
    pub workload: Workload,
    pub records: Rc<[NewDevice]>,
}

/// What is sent at once, and to where.
#[derive(Debug, Clone)]
pub struct Load {
    pub url: String,
    pub records: Rc<[NewDevice]>,
    pub update: Update,
}

/// Which of the rows that are there an upsert writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    All,
    /// Those with another value in some column.
    Changed,
}

/// What SQLite itself calls the database of an address. sqlx shares what is in memory without being told.
pub(crate) fn file(url: &str) -> String {
    let name = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let shared = if name.ends_with("?mode=memory") {
        "&cache=shared"
    } else {
        ""
    };
    format!("{name}{shared}")
}

/// The record of a call: they come round.
pub(crate) fn at<R>(records: &[R], key: usize) -> &R {
    &records[key % records.len()]
}

/// SQL that is the same for all that is written by hand.
macro_rules! sql {
    (columns) => {
        "serial, name, kind, value, humidity, note, active, version, seen_at"
    };
    (all) => {
        concat!("id, ", sql!(columns))
    };
    (update) => {
        " ON CONFLICT (serial) DO UPDATE SET name = excluded.name, kind = excluded.kind, value = excluded.value, humidity = excluded.humidity, note = excluded.note, active = excluded.active, version = excluded.version, seen_at = excluded.seen_at"
    };
    (changed) => {
        " WHERE (devices.name, devices.kind, devices.value, devices.humidity, devices.note, devices.active, devices.version, devices.seen_at) IS DISTINCT FROM (excluded.name, excluded.kind, excluded.value, excluded.humidity, excluded.note, excluded.active, excluded.version, excluded.seen_at)"
    };
    (insert) => {
        concat!("INSERT INTO devices (", sql!(columns), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    };
    (upsert) => {
        concat!(sql!(insert), sql!(update), " RETURNING ", sql!(all))
    };
    (guarded) => {
        concat!(sql!(insert), sql!(update), " WHERE excluded.version >= devices.version RETURNING ", sql!(all))
    };
    (find) => {
        concat!("SELECT ", sql!(all), " FROM devices WHERE serial = $1")
    };
    (read) => {
        concat!("SELECT ", sql!(all), " FROM devices ORDER BY id")
    };
    (take) => {
        concat!("INSERT INTO devices (", sql!(columns), ") SELECT ", sql!(columns), " FROM ")
    };
}
pub(crate) use sql;
