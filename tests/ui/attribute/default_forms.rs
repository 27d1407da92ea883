use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(default = 0)]
    age: i32,
    #[column(default(postgres = "now()"))]
    seen: i64,
    #[column(default(mysql = "now()"))]
    email: String,
}

fn main() {}
