//! Diesel without waiting, on SQLite and by libpq on PostgreSQL: a derive for what is written and one for what is read.

use std::hint::black_box;

use diesel::connection::SimpleConnection as _;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel::upsert::excluded;

use super::{Load, Task, Workload, at, file, sql};
use crate::device::NewDevice;
use crate::measure::{Work, work};

diesel::table! {
    devices (id) {
        id -> BigInt,
        serial -> Text,
        name -> Text,
        kind -> Integer,
        value -> Double,
        humidity -> Nullable<Double>,
        note -> Nullable<Text>,
        active -> Bool,
        version -> BigInt,
        seen_at -> BigInt,
    }
}

/// What is read.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = devices)]
pub struct Row {
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

/// What is written. `None` is `NULL`; by default it would be `DEFAULT`, which is another statement.
#[derive(Debug, Insertable)]
#[diesel(table_name = devices, treat_none_as_default_value = false)]
pub struct New<'r> {
    serial: &'r str,
    name: &'r str,
    kind: i32,
    value: f64,
    humidity: Option<f64>,
    note: Option<&'r str>,
    active: bool,
    version: i64,
    seen_at: i64,
}

impl<'r> From<&'r NewDevice> for New<'r> {
    fn from(record: &'r NewDevice) -> Self {
        Self {
            serial: &record.serial,
            name: &record.name,
            kind: record.kind,
            value: record.value,
            humidity: record.humidity,
            note: record.note.as_deref(),
            active: record.active,
            version: record.version,
            seen_at: record.seen_at,
        }
    }
}

/// The columns that an upsert updates.
macro_rules! updated {
    () => {
        (
            devices::name.eq(excluded(devices::name)),
            devices::kind.eq(excluded(devices::kind)),
            devices::value.eq(excluded(devices::value)),
            devices::humidity.eq(excluded(devices::humidity)),
            devices::note.eq(excluded(devices::note)),
            devices::active.eq(excluded(devices::active)),
            devices::version.eq(excluded(devices::version)),
            devices::seen_at.eq(excluded(devices::seen_at)),
        )
    };
}
pub(crate) use updated;

/// An upsert of these values, or of many.
macro_rules! upsert {
    ($values:expr) => {
        diesel::insert_into(devices::table)
            .values($values)
            .on_conflict(devices::serial)
            .do_update()
            .set(updated!())
    };
}
pub(crate) use upsert;

/// Whether some column differs, as SQL: a row of so many columns is nothing that Diesel can compare.
pub(super) fn changed() -> SqlLiteral<Bool> {
    diesel::dsl::sql(sql!(changed).trim_start_matches(" WHERE "))
}

fn on_sqlite(url: &str) -> SqliteConnection {
    let mut db = SqliteConnection::establish(&file(url)).expect("a database");
    let set = db.batch_execute("PRAGMA synchronous = OFF");
    set.expect("a setting");
    db
}

#[cfg(feature = "libpq")]
fn on_postgres(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("a connection")
}

macro_rules! diesel {
    ($name:ident, $open:ident) => {
        /// What is done with one row, or read.
        pub async fn $name(task: Task) -> Box<dyn Work> {
            let Task {
                url,
                workload,
                records,
            } = task;
            let mut db = $open(&url);
            match workload {
                Workload::Upsert => work(async move |key| {
                    let upsert =
                        upsert!(New::from(at(&records, key))).returning(Row::as_returning());
                    black_box(upsert.get_result(&mut db).expect("an upsert"));
                }),
                Workload::Guarded => work(async move |key| {
                    use diesel::query_dsl::methods::FilterDsl as _;
                    let newer = excluded(devices::version).ge(devices::version);
                    let upsert = upsert!(New::from(at(&records, key))).filter(newer);
                    let upsert = upsert.returning(Row::as_returning());
                    black_box(upsert.get_result(&mut db).optional().expect("an upsert"));
                }),
                Workload::Find => work(async move |key| {
                    let find = devices::table
                        .filter(devices::serial.eq(&at(&records, key).serial))
                        .select(Row::as_select());
                    black_box(find.first(&mut db).optional().expect("a look-up"));
                }),
                Workload::Insert => work(async move |key| {
                    let values = New::from(at(&records, key));
                    let insert = diesel::insert_into(devices::table).values(values);
                    black_box(insert.execute(&mut db).expect("an insert"));
                }),
                Workload::Read => work(async move |_| {
                    let select = devices::table.order(devices::id).select(Row::as_select());
                    black_box(select.load(&mut db).expect("rows"));
                }),
            }
        }
    };
}

diesel!(start_on_sqlite, on_sqlite);
#[cfg(feature = "libpq")]
diesel!(start_on_postgres, on_postgres);

/// All records in a transaction, one by one: on SQLite there is no upsert of many.
pub async fn bulk(load: Load) -> Box<dyn Work> {
    let mut db = on_sqlite(&load.url);
    work(async move |_| {
        let done = db.transaction(|db| {
            for record in &*load.records {
                upsert!(New::from(record)).execute(db)?;
            }
            QueryResult::Ok(())
        });
        done.expect("a transaction");
    })
}
