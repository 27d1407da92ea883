use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references = User::ID)]
    author: String,
    #[column(references = User::IDD)]
    editor: i64,
}

fn main() {}
