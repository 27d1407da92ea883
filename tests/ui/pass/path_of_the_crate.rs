//! `orm` may be reached by another path.
#![deny(warnings)]

mod vendor {
    pub mod storage {
        pub use orm as engine;
    }
}

use vendor::storage::engine::prelude::*;

#[derive(Table, Debug)]
#[table(crate = crate::vendor::storage::engine, insert = NewUser)]
pub struct User {
    #[column(primary_key, auto)]
    pub id: i64,
    pub email: String,
    #[column(references = Self::ID)]
    pub boss: Option<i64>,
}

#[derive(Insert, Debug)]
#[insert(table = User, crate = vendor::storage::engine)]
pub struct Thin<'a> {
    pub email: &'a str,
}

fn main() {
    let _ = NewUser { email: String::new(), boss: None }.upsert();
}
