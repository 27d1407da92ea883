use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(skip, unique)]
    email: String,
    #[column(default, skip)]
    age: i32,
}

fn main() {}
