use orm::prelude::*;

#[derive(Table)]
#[table(keep_newest = id)]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(keep_newest = created_at)]
struct City {
    #[column(primary_key)]
    id: i64,
    #[column(insert_only)]
    created_at: i64,
}

#[derive(Table)]
#[table(keep_newest = version)]
struct Road {
    #[column(primary_key)]
    id: i64,
    #[column(generated)]
    version: i64,
}

fn main() {}
