use orm::prelude::*;

#[derive(Table)]
#[table(partitioned, view)]
struct User {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
