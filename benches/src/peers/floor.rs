//! What the server takes for an upsert of rows that it has already: no client can be quicker.

use std::sync::Arc;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use super::by_hand::bulk::{copy, end};
use super::{Load, sql};
use crate::measure::{Work, work};

/// `INSERT … SELECT … ON CONFLICT` from a table with these records.
pub async fn on_server(load: Load) -> Box<dyn Work> {
    let mut db = PgConnection::connect(&load.url)
        .await
        .expect("a connection");
    // The rows get there as another upsert's; the reset before each round takes them out of the table.
    let end = end(load.update);
    copy(load).await.run(0..1, &mut Vec::new()).await;
    let keep = concat!(
        "CREATE TABLE incoming AS SELECT ",
        sql!(columns),
        " FROM devices"
    );
    db.execute(keep).await.expect("a table");
    db.execute("ALTER TABLE incoming SET (autovacuum_enabled = off)")
        .await
        .expect("a setting");
    let text = concat!(sql!(take), "incoming ORDER BY serial");
    let text: Arc<str> = format!("{text}{end}").into();
    work(async move |_| {
        let text = AssertSqlSafe(Arc::clone(&text));
        let written = sqlx::query(text).execute(&mut db).await;
        written.expect("an upsert");
    })
}
