//! What the server takes for an upsert of rows that it has already: no client can be quicker.

use std::rc::Rc;

use sqlx::{Connection as _, Executor as _, PgConnection};

use super::by_hand::bulk::copy;
use super::sql;
use crate::device::NewDevice;
use crate::measure::{Work, work};

/// `INSERT … SELECT … ON CONFLICT` from a table with these records.
pub async fn on_server(url: String, records: Rc<[NewDevice]>) -> Box<dyn Work> {
    let mut db = PgConnection::connect(&url).await.expect("a connection");
    // The rows get there as another upsert's; the reset before each round takes them out of the table.
    copy(url, records).await.run(0..1, &mut Vec::new()).await;
    let keep = concat!(
        "CREATE TABLE incoming AS SELECT ",
        sql!(columns),
        " FROM devices"
    );
    db.execute(keep).await.expect("a table");
    db.execute("ALTER TABLE incoming SET (autovacuum_enabled = off)")
        .await
        .expect("a setting");
    work(async move |_| {
        let text = concat!(sql!(take), "incoming ORDER BY serial", sql!(update));
        let written = sqlx::query(text).execute(&mut db).await;
        written.expect("an upsert");
    })
}
