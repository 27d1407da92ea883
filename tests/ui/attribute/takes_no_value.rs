use orm::prelude::*;

#[derive(Table)]
#[table(partitioned = true)]
struct User {
    #[column(primary_key = true)]
    id: i64,
    #[column(insert_only(always))]
    email: String,
}

fn main() {}
