use orm::prelude::*;

#[derive(Table)]
#[table(nmae = "people", unique(email, filtre = "age > 0"))]
struct User {
    #[column(primary_key, insertonly)]
    id: i64,
    email: String,
}

fn main() {}
