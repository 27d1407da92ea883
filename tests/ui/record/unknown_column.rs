use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key, auto)]
    id: i64,
    email: String,
    name: String,
    age: Option<i32>,
    #[column(generated = "lower(email)")]
    lower: String,
}

#[derive(Insert)]
#[insert(table = User)]
struct NewUser {
    emial: Option<i32>,
    email: String,
    name: String,
}

fn main() {}
