use orm::prelude::*;

#[derive(Table)]
struct Measure {
    #[column(primary_key)]
    id: i64,
    value: Option<orm::sqlx::postgres::types::PgRange<i64>>,
}

fn mistake(record: Measure, on: &orm::Db) {
    let _ = record.upsert_on(Measure::ID).execute(on);
}

fn main() {}
