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
struct NewUser {
    email: String,
}

#[derive(Insert)]
#[insert(tabel = User)]
struct OtherUser {
    email: String,
}

fn main() {}
