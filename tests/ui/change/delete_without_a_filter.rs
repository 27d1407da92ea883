use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

async fn clear(db: &orm::Db) -> orm::Result<u64> {
    User::delete().execute(db).await
}

fn main() {}
