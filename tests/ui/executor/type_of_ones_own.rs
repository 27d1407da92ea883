use orm::prelude::*;

enum Colour {
    Red,
}

#[derive(Table)]
struct Measure {
    #[column(primary_key)]
    id: i64,
    value: Colour,
}

fn mistake(record: Measure, on: &orm::Db) {
    let _ = record.insert().execute(on);
}

fn main() {}
