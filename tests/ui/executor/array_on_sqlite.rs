use orm::prelude::*;

#[derive(Table)]
struct Measure {
    #[column(primary_key)]
    id: i64,
    value: Vec<i32>,
}

fn mistake(record: Measure, on: &orm::sqlx::SqlitePool) {
    let _ = record.upsert_on(Measure::ID).execute(on);
}

fn main() {}
