use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key, auto)]
    id: i64,
    email: String,
    name: String,
}

#[derive(Insert)]
#[insert(table = User)]
struct NewUser {
    emial: String,
    name: String,
}

fn main() {}
