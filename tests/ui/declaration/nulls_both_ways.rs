use orm::prelude::*;

#[derive(Table)]
#[table(unique(email, nulls_distinct, nulls_not_distinct))]
struct User {
    #[column(primary_key)]
    id: i64,
    email: Option<String>,
}

fn main() {}
