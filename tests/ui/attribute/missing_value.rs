use orm::prelude::*;

#[derive(Table)]
#[table(name =)]
struct User {
    #[column(primary_key,, auto)]
    id: i64,
    #[column(default: now)]
    email: String,
}

fn main() {}
