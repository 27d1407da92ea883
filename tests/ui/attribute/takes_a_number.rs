use orm::prelude::*;

#[derive(Table)]
#[table(fillfactor = "70")]
struct User {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
