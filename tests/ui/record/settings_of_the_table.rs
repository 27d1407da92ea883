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
    #[column(unique)]
    email: String,
    #[column(nmae = "name")]
    full_name: String,
    #[insert(skip)]
    name: String,
}

fn main() {}
