use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
}

fn main() {
    let query = User::select().aggregate(User::NAME.sum());
    let _ = query.to_sql::<Postgres>();
}
