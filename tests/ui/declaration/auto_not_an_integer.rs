use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key, auto)]
    id: String,
}

fn main() {}
