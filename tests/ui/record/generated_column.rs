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
    email: String,
    name: String,
    lower: String,
}

fn main() {}
