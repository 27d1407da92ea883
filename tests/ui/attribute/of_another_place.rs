use orm::prelude::*;

#[derive(Table)]
#[table(auto)]
struct User {
    #[column(primary_key, fillfactor = 70)]
    id: i64,
    #[column(unique(id, email))]
    email: String,
}

fn main() {}
