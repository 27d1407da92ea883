use orm::prelude::*;

#[derive(Table)]
#[table(insert("NewUser", derive(Debug)))]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(insert(NewCity, 7))]
struct City {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
