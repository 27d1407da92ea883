use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    weight: Option<f64>,
}

async fn page(db: &orm::Db) -> orm::Result<orm::Page<User>> {
    User::select().paginate(User::WEIGHT.coalesce(0.5).desc()).fetch_page(db).await
}

fn main() {}
