use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key, generated)]
    id: i64,
}

#[derive(Table)]
struct City {
    #[column(primary_key, insert_only)]
    id: i64,
}

fn main() {}
