use orm::prelude::*;

#[derive(Table)]
#[table(fillfactor = 5)]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(fillfactor = 300)]
struct City {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
