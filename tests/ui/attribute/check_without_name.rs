use orm::prelude::*;

#[derive(Table)]
#[table(check("age > 0"))]
struct User {
    #[column(primary_key)]
    id: i64,
    age: i32,
}

#[derive(Table)]
#[table(check(positive))]
struct City {
    #[column(primary_key)]
    id: i64,
    age: i32,
}

fn main() {}
