use orm::prelude::*;

#[derive(Table)]
#[table(unique(b, d))]
struct A {
    #[column(primary_key)]
    b: i64,
    c: i64,
}

#[derive(Table)]
#[table(unique(b, d))]
struct L {
    #[column(primary_key)]
    b: i64,
    c: i64,
}

fn main() {}
