//! The bulk upsert as one writes it by hand on sqlx, for each carrier: all or nothing, and in the order of
//! the key, like ours.

use std::fmt::Write as _;
use std::sync::Arc;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use super::bound;
use super::rows::{HEAD, TAIL, encode};
use crate::measure::{Work, work};
use crate::peers::{Load, Update, sql};

/// As many arguments as a statement can have.
const ARGUMENTS: usize = 65_535;

const COLUMNS: usize = 9;

/// Rows that are sent at once by `COPY`, so that the server works while more are encoded.
const PIECE: usize = 2_000;

const STAGE: &str = "CREATE TEMPORARY TABLE staged (serial text, name text, kind int4, value float8, humidity float8, note text, active bool, version int8, seen_at int8) ON COMMIT DROP";

const FROM_STAGED: &str = concat!(sql!(take), "staged ORDER BY serial");

/// The end of all upserts.
pub(in crate::peers) fn end(update: Update) -> &'static str {
    match update {
        Update::All => sql!(update),
        Update::Changed => concat!(sql!(update), sql!(changed)),
    }
}

/// One that is the same each time.
fn text(start: &str, update: Update) -> Arc<str> {
    format!("{start}{}", end(update)).into()
}

async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.expect("a connection")
}

/// Value by value; more than a statement can have is staged.
pub async fn values(load: Load) -> Box<dyn Work> {
    let Load {
        url,
        records,
        update,
    } = load;
    let mut db = connect(&url).await;
    let from_staged = text(FROM_STAGED, update);
    work(async move |_| {
        if records.len() * COLUMNS <= ARGUMENTS {
            let mut text = concat!(sql!(take), "(VALUES ").to_owned();
            places(records.len(), &mut text);
            text.push_str(concat!(
                ") AS incoming (",
                sql!(columns),
                ") ORDER BY serial"
            ));
            text.push_str(end(update));
            let mut query = sqlx::query(AssertSqlSafe(text));
            for record in &*records {
                query = bound!(query, record);
            }
            query.execute(&mut db).await.expect("an upsert");
            return;
        }
        let mut within = db.begin().await.expect("a transaction");
        within.execute(STAGE).await.expect("a table");
        for chunk in records.chunks(ARGUMENTS / COLUMNS) {
            let mut text = "INSERT INTO staged VALUES ".to_owned();
            places(chunk.len(), &mut text);
            let mut query = sqlx::query(AssertSqlSafe(text));
            for record in chunk {
                query = bound!(query, record);
            }
            query.execute(&mut *within).await.expect("an insert");
        }
        let written = sqlx::query(AssertSqlSafe(Arc::clone(&from_staged)))
            .execute(&mut *within)
            .await;
        written.expect("an upsert");
        within.commit().await.expect("a commit");
    })
}

/// `($1, …), ($10, …)`.
fn places(rows: usize, to: &mut String) {
    for row in 0..rows {
        to.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=COLUMNS {
            let comma = if column == 1 { "" } else { ", " };
            write!(to, "{comma}${}", row * COLUMNS + column).expect("a string takes all");
        }
        to.push(')');
    }
}

/// An array for each column.
pub async fn arrays(load: Load) -> Box<dyn Work> {
    const START: &str = concat!(
        sql!(take),
        "(SELECT unnest($1::text[]) AS serial, unnest($2::text[]) AS name, unnest($3::int4[]) AS kind, unnest($4::float8[]) AS value, unnest($5::float8[]) AS humidity, unnest($6::text[]) AS note, unnest($7::bool[]) AS active, unnest($8::int8[]) AS version, unnest($9::int8[]) AS seen_at) AS incoming ORDER BY serial"
    );
    let Load {
        url,
        records,
        update,
    } = load;
    let mut db = connect(&url).await;
    let text = text(START, update);
    work(async move |_| {
        let of = &*records;
        let serials: Vec<&str> = of.iter().map(|record| &*record.serial).collect();
        let names: Vec<&str> = of.iter().map(|record| &*record.name).collect();
        let kinds: Vec<i32> = of.iter().map(|record| record.kind).collect();
        let values: Vec<f64> = of.iter().map(|record| record.value).collect();
        let humidities: Vec<Option<f64>> = of.iter().map(|record| record.humidity).collect();
        let notes: Vec<Option<&str>> = of.iter().map(|record| record.note.as_deref()).collect();
        let active: Vec<bool> = of.iter().map(|record| record.active).collect();
        let versions: Vec<i64> = of.iter().map(|record| record.version).collect();
        let seen: Vec<i64> = of.iter().map(|record| record.seen_at).collect();
        let written = sqlx::query(AssertSqlSafe(Arc::clone(&text)))
            .bind(serials)
            .bind(names)
            .bind(kinds)
            .bind(values)
            .bind(humidities)
            .bind(notes)
            .bind(active)
            .bind(versions)
            .bind(seen)
            .execute(&mut db)
            .await;
        written.expect("an upsert");
    })
}

/// By `COPY` into a temporary table.
pub async fn copy(load: Load) -> Box<dyn Work> {
    let Load {
        url,
        records,
        update,
    } = load;
    let mut db = connect(&url).await;
    let from_staged = text(FROM_STAGED, update);
    work(async move |_| {
        let mut within = db.begin().await.expect("a transaction");
        within.execute(STAGE).await.expect("a table");
        let mut copy = within
            .copy_in_raw("COPY staged FROM STDIN (FORMAT binary)")
            .await
            .expect("a copy");
        let mut piece = HEAD.to_vec();
        for chunk in records.chunks(PIECE) {
            encode(chunk, &mut piece);
            copy.send(&*piece).await.expect("rows are taken");
            piece.clear();
        }
        copy.send(TAIL).await.expect("the end is taken");
        copy.finish().await.expect("the end of a copy");
        let written = sqlx::query(AssertSqlSafe(Arc::clone(&from_staged)))
            .execute(&mut *within)
            .await;
        written.expect("an upsert");
        within.commit().await.expect("a commit");
    })
}

/// `COPY` of rows that are encoded already into a bare table: what the wire and the heap cost.
pub async fn bare_copy(load: Load) -> Box<dyn Work> {
    let Load { url, records, .. } = load;
    let mut db = connect(&url).await;
    let create = STAGE.replace("TEMPORARY TABLE staged", "TABLE bare");
    let create = create.replace(" ON COMMIT DROP", "");
    let made = db.execute(AssertSqlSafe(create)).await;
    made.expect("a table");
    let mut rows = HEAD.to_vec();
    encode(&records, &mut rows);
    rows.extend_from_slice(TAIL);
    work(async move |_| {
        let mut copy = db
            .copy_in_raw("COPY bare FROM STDIN (FORMAT binary)")
            .await
            .expect("a copy");
        copy.send(&*rows).await.expect("rows are taken");
        copy.finish().await.expect("the end of a copy");
    })
}
