use orm::prelude::*;

#[derive(Table)]
struct Job {
    #[column(primary_key, auto)]
    id: i64,
    #[column(default = "new")]
    state: String,
    #[column(default = "in-progress")]
    phase: String,
    #[column(default = "\"new\"")]
    quoted: Option<String>,
    #[column(default(postgres = "'new'", sqlite = "new"))]
    each: String,
    #[column(default = "zero")]
    attempts: i64,
    #[column(default = "default")]
    keyword: String,
    #[column(default = "{}")]
    json: String,
    #[column(default = "2020-01-01")]
    date: String,
    #[column(default = "'new")]
    open: String,
    #[column(default = "NULL")]
    never_null: String,
    #[column(default = "'zero'")]
    number: i32,
    #[column(default = "'maybe'")]
    is_done: bool,
}

fn main() {}
