use orm::prelude::*;

#[derive(Table)]
struct User<T> {
    #[column(primary_key)]
    id: T,
}

#[derive(Table)]
struct City<'a> {
    #[column(primary_key)]
    name: &'a str,
}

fn main() {}
