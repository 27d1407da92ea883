use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(references = Self::ID, on_delete = set_null)]
    boss: i64,
}

fn main() {}
