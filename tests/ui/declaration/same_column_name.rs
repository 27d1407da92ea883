use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    email: String,
    #[column(name = "email")]
    mail: String,
}

fn main() {}
