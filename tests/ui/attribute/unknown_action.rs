use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(references = User::ID, on_delete = cascades)]
    boss: i64,
    #[column(references = User::ID, on_update = "cascade")]
    friend: i64,
}

fn main() {}
