use orm::prelude::*;

#[derive(Table)]
#[column(name = "users")]
struct User {
    #[column(primary_key)]
    id: i64,
    #[table(name = "mail")]
    email: String,
}

fn main() {}
