//! diesel-async on PostgreSQL, with the derives of Diesel.

use std::hint::black_box;

use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl};

use super::diesel::{New, Row, changed, devices, updated, upsert};
use super::{Load, Task, Update, Workload, at};
use crate::measure::{Work, work};

/// As many records as a statement has arguments for.
const CHUNK: usize = 65_535 / 9;

pub(super) async fn connect(url: &str) -> AsyncPgConnection {
    let db = AsyncPgConnection::establish(url).await;
    db.expect("a connection")
}

/// What is done with one row, or read.
pub async fn start(task: Task) -> Box<dyn Work> {
    let Task {
        url,
        workload,
        records,
    } = task;
    let mut db = connect(&url).await;
    match workload {
        Workload::Upsert => work(async move |key| {
            let upsert = upsert!(New::from(at(&records, key))).returning(Row::as_returning());
            black_box(upsert.get_result(&mut db).await.expect("an upsert"));
        }),
        Workload::Guarded => work(async move |key| {
            use diesel::query_dsl::methods::FilterDsl as _;
            let newer = excluded(devices::version).ge(devices::version);
            let upsert = upsert!(New::from(at(&records, key))).filter(newer);
            let row = upsert.returning(Row::as_returning()).get_result(&mut db);
            black_box(row.await.optional().expect("an upsert"));
        }),
        Workload::Find => work(async move |key| {
            let find = devices::table
                .filter(devices::serial.eq(&at(&records, key).serial))
                .select(Row::as_select());
            black_box(find.first(&mut db).await.optional().expect("a look-up"));
        }),
        Workload::Insert => work(async move |key| {
            let values = New::from(at(&records, key));
            let insert = diesel::insert_into(devices::table).values(values);
            black_box(insert.execute(&mut db).await.expect("an insert"));
        }),
        Workload::Read => work(async move |_| {
            let select = devices::table.order(devices::id).select(Row::as_select());
            black_box(select.load(&mut db).await.expect("rows"));
        }),
    }
}

/// All records in a transaction, as many as a statement takes at once.
pub async fn bulk(load: Load) -> Box<dyn Work> {
    let Load {
        url,
        records,
        update,
    } = load;
    let mut db = connect(&url).await;
    work(async move |_| {
        let records = &*records;
        let done = db.transaction(async move |db| {
            for chunk in records.chunks(CHUNK) {
                let values: Vec<_> = chunk.iter().map(New::from).collect();
                let upsert = upsert!(values);
                match update {
                    Update::All => upsert.execute(db).await?,
                    Update::Changed => {
                        use diesel::query_dsl::methods::FilterDsl as _;
                        upsert.filter(changed()).execute(db).await?
                    }
                };
            }
            QueryResult::Ok(())
        });
        done.await.expect("a transaction");
    })
}
