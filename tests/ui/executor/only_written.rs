use orm::prelude::*;

#[derive(Table)]
struct Measure {
    #[column(primary_key)]
    id: i64,
    lasted: std::time::Duration,
}

fn mistake(on: &orm::sqlx::PgPool) {
    let _ = Measure::get(7).fetch_one(on);
}

fn main() {}
