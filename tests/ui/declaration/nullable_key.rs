use orm::prelude::*;

#[derive(Table)]
#[table(unique(email, tenant))]
struct User {
    #[column(primary_key)]
    id: i64,
    tenant: i64,
    email: Option<String>,
    #[column(unique)]
    phone: Option<String>,
    #[column(unique(nulls_distinct))]
    badge: String,
}

fn main() {}
