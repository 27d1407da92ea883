use orm::prelude::*;

struct User;

#[derive(Insert)]
#[insert(table = User)]
struct NewUser {
    email: String,
}

fn main() {}
