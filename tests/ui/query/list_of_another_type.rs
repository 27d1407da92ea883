use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

fn main() {
    let query = User::select().filter(User::ID.in_(["a", "b"]));
    let _ = query.to_sql::<Postgres>();
}
