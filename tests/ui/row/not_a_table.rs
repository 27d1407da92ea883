use orm::prelude::*;

struct User;

#[derive(Row)]
#[row(table = User)]
struct Name {
    name: String,
}

fn main() {}
