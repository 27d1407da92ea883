use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

fn main() {
    let id = 1;
    let _ = orm::sql!("SELECT {User.*} FROM {User} WHERE {User::ID} = {id");
    let _ = id;
}
