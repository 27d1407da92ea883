//! SeaORM 2, on a pool that asks no connection whether it lives before each use.

use std::hint::black_box;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectOptions, Database, QueryOrder as _, Set, TransactionTrait as _};

use super::{Load, Task, Update, Workload, at, sql};
use crate::device::NewDevice;
use crate::measure::{Work, work};

mod device {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "devices")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique)]
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

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use device::Entity;
use device::{ActiveModel, Column};

/// A pool of so many connections.
pub(super) async fn connect(url: String, connections: u32) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(connections)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| options.synchronous(sqlx::sqlite::SqliteSynchronous::Off));
    Database::connect(options).await.expect("a database")
}

pub(super) fn model(record: &NewDevice) -> ActiveModel {
    let record = record.clone();
    ActiveModel {
        serial: Set(record.serial),
        name: Set(record.name),
        kind: Set(record.kind),
        value: Set(record.value),
        humidity: Set(record.humidity),
        note: Set(record.note),
        active: Set(record.active),
        version: Set(record.version),
        seen_at: Set(record.seen_at),
        ..Default::default()
    }
}

pub(super) fn conflict() -> OnConflict {
    OnConflict::column(Column::Serial)
        .update_columns([
            Column::Name,
            Column::Kind,
            Column::Value,
            Column::Humidity,
            Column::Note,
            Column::Active,
            Column::Version,
            Column::SeenAt,
        ])
        .to_owned()
}

/// What is done with one row, or read.
pub async fn start(task: Task) -> Box<dyn Work> {
    let Task {
        url,
        workload,
        records,
    } = task;
    let db = connect(url, 1).await;
    match workload {
        Workload::Upsert => work(async move |key| {
            let upsert = Entity::insert(model(at(&records, key))).on_conflict(conflict());
            let row = upsert.exec_with_returning(&db).await;
            black_box(row.expect("an upsert"));
        }),
        Workload::Guarded => work(async move |key| {
            let newer = Expr::cust("excluded.version >= devices.version");
            let conflict = conflict().action_and_where(newer).to_owned();
            let upsert = Entity::insert(model(at(&records, key))).on_conflict(conflict);
            match upsert.exec_with_returning(&db).await {
                Ok(row) => drop(black_box(row)),
                Err(DbErr::RecordNotInserted | DbErr::RecordNotFound(_)) => {}
                Err(error) => panic!("an upsert: {error}"),
            }
        }),
        Workload::Find => work(async move |key| {
            let find = Entity::find().filter(Column::Serial.eq(&at(&records, key).serial));
            black_box(find.one(&db).await.expect("a look-up"));
        }),
        Workload::Insert => work(async move |key| {
            let insert = Entity::insert(model(at(&records, key)));
            black_box(insert.exec_without_returning(&db).await.expect("an insert"));
        }),
        Workload::Read => work(async move |_| {
            let select = Entity::find().order_by_asc(Column::Id);
            black_box(select.all(&db).await.expect("rows"));
        }),
    }
}

/// All records in a transaction, as many as a statement has arguments for at once.
pub async fn bulk(load: Load) -> Box<dyn Work> {
    let Load {
        url,
        records,
        update,
    } = load;
    let arguments = if url.starts_with("sqlite") {
        32_766
    } else {
        65_535
    };
    let db = connect(url, 1).await;
    let mut conflict = conflict();
    if update == Update::Changed {
        // After the word `WHERE`, which SeaORM writes itself.
        let changed = sql!(changed).trim_start_matches(" WHERE ");
        conflict.action_and_where(Expr::cust(changed));
    }
    work(async move |_| {
        let within = db.begin().await.expect("a transaction");
        for chunk in records.chunks(arguments / 9) {
            Entity::insert_many(chunk.iter().map(model))
                .on_conflict(conflict.clone())
                .exec_without_returning(&within)
                .await
                .expect("an upsert");
        }
        within.commit().await.expect("a commit");
    })
}
