use orm::prelude::*;

#[derive(Table)]
#[table(name = "people", name = "users")]
struct User {
    #[column(primary_key)]
    #[column(primary_key)]
    id: i64,
    #[column(unique(name = "a", name = "b"))]
    email: String,
}

fn main() {}
