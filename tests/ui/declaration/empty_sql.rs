use orm::prelude::*;

#[derive(Table)]
#[table(unique(name = "live", columns(email), filter = ""))]
#[table(unique(name = "lower", columns(email), expr = " "))]
#[table(check(positive = ""))]
struct User {
    #[column(primary_key)]
    id: i64,
    email: String,
}

fn main() {}
