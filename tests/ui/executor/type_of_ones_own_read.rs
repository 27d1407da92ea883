use orm::prelude::*;

enum Colour {}

#[derive(Table)]
struct Car {
    #[column(primary_key)]
    id: i64,
    colour: Colour,
}

fn mistake(on: &orm::Db) {
    let _ = Car::select().fetch_all(on);
}

fn main() {}
