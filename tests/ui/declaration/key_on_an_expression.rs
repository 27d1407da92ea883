use orm::prelude::*;

#[derive(Table)]
#[table(unique(expr = "lower(email)"))]
#[table(unique(name = "of_nothing", expr = "lower('email')"))]
struct User {
    #[column(primary_key)]
    id: i64,
    email: String,
}

fn main() {}
