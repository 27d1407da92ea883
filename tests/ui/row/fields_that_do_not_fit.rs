use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    name: Option<String>,
}

#[derive(Row)]
#[row(table = User)]
struct Card {
    id: i64,
    name: String,
    email: String,
}

fn main() {}
