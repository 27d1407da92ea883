use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

fn main() {
    let id = 1;
    let _ = orm::sql!("SELECT {User.*} FROM {User} AS u WHERE {u: User::ID} = {u: id}");
    let _ = id;
}
