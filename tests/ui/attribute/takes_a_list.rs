use orm::prelude::*;

#[derive(Table)]
#[table(unique = "email", index())]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(unique())]
    email: String,
}

fn main() {}
