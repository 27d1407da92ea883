//! The user's modules may be called as ours and the language's are.
#![deny(warnings)]
#![allow(dead_code)]

mod orm {}
mod core {}
mod sqlx {}

mod tables {
    mod orm {}
    mod std {}
    mod core {}
    mod sqlx {}
    mod alloc {}

    use ::orm::prelude::*;

    #[derive(Table, Debug)]
    #[table(insert(NewUser, derive(Debug)))]
    pub struct User {
        #[column(primary_key, auto)]
        pub id: i64,
        pub email: String,
        #[column(references = User::ID)]
        pub boss: Option<i64>,
        #[column(default)]
        pub orm: i32,
    }

    #[derive(Insert, Debug)]
    #[insert(table = User)]
    pub struct Thin<'a> {
        pub email: &'a str,
    }
}

fn main() {
    let _ = tables::User::ORM;
}
