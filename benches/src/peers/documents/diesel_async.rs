//! diesel-async on PostgreSQL.

use std::hint::black_box;

use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use super::Load;
use crate::document::NewDocument;
use crate::measure::{Work, work};
use crate::peers::at;
use crate::peers::diesel_async::connect;

diesel::table! {
    documents (id) {
        id -> BigInt,
        name -> Text,
        version -> BigInt,
        body -> Jsonb,
    }
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = documents)]
struct Row {
    id: i64,
    name: String,
    version: i64,
    body: Value,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = documents)]
struct New<'r> {
    name: &'r str,
    version: i64,
    body: &'r Value,
}

impl<'r> From<&'r NewDocument> for New<'r> {
    fn from(record: &'r NewDocument) -> Self {
        Self {
            name: &record.name,
            version: record.version,
            body: &record.body,
        }
    }
}

macro_rules! upsert {
    ($values:expr) => {
        diesel::insert_into(documents::table)
            .values($values)
            .on_conflict(documents::name)
            .do_update()
            .set((
                documents::version.eq(excluded(documents::version)),
                documents::body.eq(excluded(documents::body)),
            ))
    };
}

/// One at a time.
pub async fn one((url, records): Load) -> Box<dyn Work> {
    let mut db = connect(&url).await;
    work(async move |key| {
        let upsert = upsert!(New::from(at(&records, key))).returning(Row::as_returning());
        let row = upsert.get_result(&mut db).await.expect("an upsert");
        let Row {
            id,
            name,
            version,
            body,
        } = row;
        black_box((id, name, version, body));
    })
}

/// All in one statement.
pub async fn many((url, records): Load) -> Box<dyn Work> {
    let mut db = connect(&url).await;
    work(async move |_| {
        let values: Vec<_> = records.iter().map(New::from).collect();
        let written = upsert!(values).execute(&mut db).await;
        written.expect("an upsert");
    })
}
