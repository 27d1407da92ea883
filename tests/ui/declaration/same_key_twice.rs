use orm::prelude::*;

#[derive(Table)]
#[table(unique(email, tenant), unique(tenant, email))]
struct User {
    #[column(primary_key, unique)]
    id: i64,
    tenant: i64,
    email: String,
}

fn main() {}
