use orm::prelude::*;

#[derive(Table)]
struct Job {
    #[column(primary_key, auto, type = "BIGSERIAL")]
    id: i64,
    #[column(type = "TEXT")]
    number: i64,
    #[column(type = "varchar(20)")]
    ratio: Option<f64>,
    #[column(type = "INTEGER")]
    name: String,
    #[column(type = "NUMERIC(10, 2)")]
    price: String,
    #[column(type = "TEXT")]
    is_done: bool,
}

#[derive(Table)]
struct Numbered {
    #[column(primary_key, auto, type = "TEXT")]
    id: i64,
}

fn main() {}
