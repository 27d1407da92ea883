use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: Option<i64>,
}

#[derive(Table)]
#[table(primary_key(region, number))]
struct Ticket {
    region: std::option::Option<String>,
    number: i64,
}

fn main() {}
