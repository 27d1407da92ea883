use orm::prelude::*;

#[derive(Table)]
#[table(name = users)]
struct User {
    #[column(primary_key, name)]
    id: i64,
    #[column(type("text"))]
    email: String,
}

fn main() {}
