use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    seen: Option<i64>,
    left: Option<i64>,
}

async fn page(db: &orm::Db) -> orm::Result<orm::Page<User>> {
    User::select().paginate(User::SEEN.coalesce(User::LEFT).desc()).fetch_page(db).await
}

fn main() {}
