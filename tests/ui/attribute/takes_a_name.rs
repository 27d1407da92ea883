use orm::prelude::*;

#[derive(Table)]
#[table(keep_newest = "email", insert = "NewUser")]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(references = "users.id")]
    email: String,
}

fn main() {}
