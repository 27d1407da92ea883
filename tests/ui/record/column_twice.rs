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
    #[column(name = "email")]
    mail: String,
    name: String,
    #[column(skip, name = "age")]
    age: i32,
}

fn main() {}
