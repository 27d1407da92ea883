use orm::prelude::*;

#[derive(Table)]
#[table("users")]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(unique(nulls_distinct) nulls)]
    email: Option<String>,
}

fn main() {}
