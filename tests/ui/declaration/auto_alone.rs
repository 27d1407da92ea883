use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    tenant: i64,
    #[column(primary_key, auto)]
    number: i64,
}

#[derive(Table)]
struct City {
    #[column(primary_key)]
    name: String,
    #[column(auto)]
    number: i64,
}

fn main() {}
