use orm::prelude::*;

#[derive(Table)]
struct User(i64, String);

#[derive(Table)]
struct City;

fn main() {}
