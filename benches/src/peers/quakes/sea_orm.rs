//! SeaORM 2: the guard is SQL. The feed fits into one statement.

use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::Load;
use crate::measure::{Work, work};
use crate::peers::sea_orm::connect;
use crate::quake::NewQuake;

mod quake {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "quakes")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique)]
        pub event: String,
        pub magnitude: Option<f64>,
        pub place: String,
        pub status: String,
        pub happened: i64,
        pub updated: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use quake::{ActiveModel, Column, Entity};

fn model(record: &NewQuake) -> ActiveModel {
    let record = record.clone();
    ActiveModel {
        event: Set(record.event),
        magnitude: Set(record.magnitude),
        place: Set(record.place),
        status: Set(record.status),
        happened: Set(record.happened),
        updated: Set(record.updated),
        ..Default::default()
    }
}

/// The whole feed.
pub async fn start((url, records): Load) -> Box<dyn Work> {
    let db = connect(url, 1).await;
    let conflict = OnConflict::column(Column::Event)
        .update_columns([
            Column::Magnitude,
            Column::Place,
            Column::Status,
            Column::Happened,
            Column::Updated,
        ])
        .action_and_where(Expr::cust("excluded.updated > quakes.updated"))
        .to_owned();
    work(async move |_| {
        let models = records.iter().map(model);
        let upsert = Entity::insert_many(models).on_conflict(conflict.clone());
        let written = upsert.exec_without_returning(&db).await;
        written.expect("an upsert");
    })
}
