use orm::prelude::*;

#[derive(Table)]
struct Measure {
    #[column(primary_key)]
    id: i64,
    value: u64,
}

fn mistake(record: Measure, on: &orm::sqlx::PgPool) {
    let _ = record.upsert_on(Measure::ID).execute(on);
}

fn main() {}
