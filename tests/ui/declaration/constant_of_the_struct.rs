use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

impl User {
    const ID: i64 = 7;
}

fn main() {}
