use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
}

async fn rename(db: &orm::Db) -> orm::Result<u64> {
    User::update().set(User::NAME, 4).all_rows().execute(db).await
}

fn main() {}
