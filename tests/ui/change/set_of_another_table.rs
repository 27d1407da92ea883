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
    title: String,
}

async fn rename(db: &orm::Db) -> orm::Result<u64> {
    User::update().set(Post::TITLE, "a").all_rows().execute(db).await
}

fn main() {}
