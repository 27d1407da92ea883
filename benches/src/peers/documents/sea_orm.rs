//! SeaORM 2.

use std::hint::black_box;

use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::Load;
use crate::document::NewDocument;
use crate::measure::{Work, work};
use crate::peers::at;
use crate::peers::sea_orm::connect;

mod document {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "documents")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique)]
        pub name: String,
        pub version: i64,
        pub body: Json,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use document::{ActiveModel, Column, Entity};

fn model(record: &NewDocument) -> ActiveModel {
    let record = record.clone();
    ActiveModel {
        name: Set(record.name),
        version: Set(record.version),
        body: Set(record.body),
        ..Default::default()
    }
}

fn conflict() -> OnConflict {
    OnConflict::column(Column::Name)
        .update_columns([Column::Version, Column::Body])
        .to_owned()
}

/// One at a time.
pub async fn one((url, records): Load) -> Box<dyn Work> {
    let db = connect(url, 1).await;
    work(async move |key| {
        let upsert = Entity::insert(model(at(&records, key))).on_conflict(conflict());
        let row = upsert.exec_with_returning(&db).await;
        black_box(row.expect("an upsert"));
    })
}

/// All in one statement.
pub async fn many((url, records): Load) -> Box<dyn Work> {
    let db = connect(url, 1).await;
    work(async move |_| {
        let upsert = Entity::insert_many(records.iter().map(model)).on_conflict(conflict());
        let written = upsert.exec_without_returning(&db).await;
        written.expect("an upsert");
    })
}
