use orm::prelude::*;

#[derive(Table)]
#[table(unique(name = "email", columns(tenant, email)))]
struct User {
    #[column(primary_key)]
    id: i64,
    tenant: i64,
    email: String,
    #[column(const = TENANT)]
    other_tenant: i64,
}

fn main() {}
