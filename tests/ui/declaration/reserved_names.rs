use orm::prelude::*;

#[derive(Table)]
#[table(name = "pg_user", schema = "information_schema")]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
struct SqliteUser {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
struct Post {
    #[column(primary_key, name = " n")]
    id: i64,
}

#[derive(Table)]
#[table(name = " orm staged")]
struct Staged {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
