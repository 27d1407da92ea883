use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {
    let query = User::select().columns((User::ID, Post::ID));
    let _ = query.to_sql::<Postgres>();
}
