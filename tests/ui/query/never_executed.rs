#![deny(unused_must_use)]

use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

fn main() {
    User::select::<Postgres>();
    User::delete::<Postgres>().all_rows();
}
