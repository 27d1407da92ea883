use orm::prelude::*;

#[derive(Table)]
#[table]
struct User {
    #[column()]
    #[column(primary_key)]
    id: i64,
    #[column = "mail"]
    email: String,
}

fn main() {}
