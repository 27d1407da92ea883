use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(generated = "id * 2")]
    double: i64,
}

async fn double(db: &orm::Db) -> orm::Result<u64> {
    User::update().set(User::DOUBLE, 4).all_rows().execute(db).await
}

fn main() {}
