use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

fn main() {
    let _ = orm::sql!("SELECT {User}.{User.*} FROM {User}");
}
