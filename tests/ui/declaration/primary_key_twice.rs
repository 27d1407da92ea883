use orm::prelude::*;

#[derive(Table)]
#[table(primary_key(id, email))]
struct User {
    #[column(primary_key)]
    id: i64,
    email: String,
}

fn main() {}
