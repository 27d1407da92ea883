use orm::prelude::*;

#[derive(Table)]
#[table(index(email, name = "by_email"), index(id, email, name = "by_email"))]
#[table(check(users_email_key = "email <> ''"))]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    email: String,
}

fn main() {}
