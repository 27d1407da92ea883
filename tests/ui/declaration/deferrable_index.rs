use orm::prelude::*;

#[derive(Table)]
#[table(unique(name = "live", columns(email), filter = "id > 0", deferrable))]
#[table(unique(name = "lower", columns(email), expr = "lower(email)", deferrable))]
struct User {
    #[column(primary_key)]
    id: i64,
    email: String,
}

fn main() {}
