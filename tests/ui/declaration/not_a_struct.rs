use orm::prelude::*;

#[derive(Table)]
enum Color {
    Red,
}

#[derive(Table)]
union Number {
    whole: i64,
    real: f64,
}

fn main() {}
