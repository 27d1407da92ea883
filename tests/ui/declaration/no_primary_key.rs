use orm::prelude::*;

#[derive(Table)]
struct User {
    id: i64,
    #[column(unique)]
    email: String,
}

fn main() {}
