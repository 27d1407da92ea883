//! tokio-postgres with statements prepared once: the floor on PostgreSQL.

use std::hint::black_box;

use tokio_postgres::{NoTls, Row};

use super::{Task, Workload, at, sql};
use crate::device::Device;
use crate::measure::{Work, work};

/// What is done with one row, or read.
pub async fn start(task: Task) -> Box<dyn Work> {
    let Task {
        url,
        workload,
        records,
    } = task;
    let (client, connection) = tokio_postgres::connect(&url, NoTls)
        .await
        .expect("a connection");
    // Ends with the client.
    drop(tokio::spawn(connection));
    let text = match workload {
        Workload::Upsert => sql!(upsert),
        Workload::Guarded => sql!(guarded),
        Workload::Find => sql!(find),
        Workload::Insert => sql!(insert),
        Workload::Read => sql!(read),
    };
    let statement = client.prepare(text).await.expect("a statement");
    macro_rules! values {
        ($record:expr) => {
            &[
                &$record.serial,
                &$record.name,
                &$record.kind,
                &$record.value,
                &$record.humidity,
                &$record.note,
                &$record.active,
                &$record.version,
                &$record.seen_at,
            ]
        };
    }
    match workload {
        Workload::Upsert => work(async move |key| {
            let row = client
                .query_one(&statement, values!(at(&records, key)))
                .await;
            black_box(device(&row.expect("an upsert")));
        }),
        Workload::Guarded => work(async move |key| {
            let row = client
                .query_opt(&statement, values!(at(&records, key)))
                .await;
            black_box(row.expect("an upsert").as_ref().map(device));
        }),
        Workload::Find => work(async move |key| {
            let row = client
                .query_opt(&statement, &[&at(&records, key).serial])
                .await;
            black_box(row.expect("a look-up").as_ref().map(device));
        }),
        Workload::Insert => work(async move |key| {
            let done = client.execute(&statement, values!(at(&records, key))).await;
            black_box(done.expect("an insert"));
        }),
        Workload::Read => work(async move |_| {
            let rows = client.query(&statement, &[]).await.expect("rows");
            black_box(rows.iter().map(device).collect::<Vec<_>>());
        }),
    }
}

fn device(row: &Row) -> Device {
    Device {
        id: row.get(0),
        serial: row.get(1),
        name: row.get(2),
        kind: row.get(3),
        value: row.get(4),
        humidity: row.get(5),
        note: row.get(6),
        active: row.get(7),
        version: row.get(8),
        seen_at: row.get(9),
    }
}
