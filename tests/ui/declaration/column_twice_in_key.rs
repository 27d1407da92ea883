use orm::prelude::*;

#[derive(Table)]
#[table(primary_key(id, id), unique(email, id, email))]
struct User {
    id: i64,
    email: String,
}

fn main() {}
