//! rusqlite with statements prepared once: the floor on SQLite.

use std::hint::black_box;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{Load, Task, Workload, at, file, sql};
use crate::device::Device;
use crate::measure::{Work, work};

fn open(url: &str) -> Connection {
    let db = Connection::open(file(url)).expect("a database");
    db.pragma_update(None, "synchronous", "OFF")
        .expect("a setting");
    db
}

macro_rules! values {
    ($record:expr) => {
        params![
            $record.serial,
            $record.name,
            $record.kind,
            $record.value,
            $record.humidity,
            $record.note,
            $record.active,
            $record.version,
            $record.seen_at
        ]
    };
}

/// What is done with one row, or read.
pub async fn start(task: Task) -> Box<dyn Work> {
    let Task {
        url,
        workload,
        records,
    } = task;
    let db = open(&url);
    match workload {
        Workload::Upsert | Workload::Guarded => {
            let text = match workload {
                Workload::Guarded => sql!(guarded),
                _ => sql!(upsert),
            };
            work(async move |key| {
                let mut statement = db.prepare_cached(text).expect("a statement");
                let row = statement.query_row(values!(at(&records, key)), device);
                black_box(row.optional().expect("an upsert"));
            })
        }
        Workload::Find => work(async move |key| {
            let mut statement = db.prepare_cached(sql!(find)).expect("a statement");
            let row = statement.query_row([&at(&records, key).serial], device);
            black_box(row.optional().expect("a look-up"));
        }),
        Workload::Insert => work(async move |key| {
            let mut statement = db.prepare_cached(sql!(insert)).expect("a statement");
            let done = statement.execute(values!(at(&records, key)));
            black_box(done.expect("an insert"));
        }),
        Workload::Read => work(async move |_| {
            let mut statement = db.prepare_cached(sql!(read)).expect("a statement");
            let rows = statement.query_map([], device).expect("rows");
            black_box(rows.collect::<Result<Vec<_>, _>>().expect("rows"));
        }),
    }
}

/// All records in a transaction, one by one.
pub async fn bulk(load: Load) -> Box<dyn Work> {
    let mut db = open(&load.url);
    work(async move |_| {
        let within = db.transaction().expect("a transaction");
        let text = concat!(sql!(insert), sql!(update));
        let mut statement = within.prepare_cached(text).expect("a statement");
        for record in &*load.records {
            statement.execute(values!(record)).expect("an upsert");
        }
        drop(statement);
        within.commit().expect("a commit");
    })
}

fn device(row: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device {
        id: row.get(0)?,
        serial: row.get(1)?,
        name: row.get(2)?,
        kind: row.get(3)?,
        value: row.get(4)?,
        humidity: row.get(5)?,
        note: row.get(6)?,
        active: row.get(7)?,
        version: row.get(8)?,
        seen_at: row.get(9)?,
    })
}
