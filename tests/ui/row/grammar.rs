use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Row)]
struct Nobodys {
    id: i64,
}

#[derive(Row)]
#[row(table = User)]
struct Borrowed<'a> {
    id: &'a i64,
}

#[derive(Row)]
#[row(tabel = User)]
struct Misspelt {
    id: i64,
}

#[derive(Row)]
#[row(table = User)]
struct Twice {
    id: i64,
    #[column(name = "id")]
    again: i64,
}

fn main() {}
