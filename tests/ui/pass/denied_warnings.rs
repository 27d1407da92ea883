//! Generated code is documented and gives no warnings.
#![deny(warnings, missing_docs, missing_debug_implementations, unused, nonstandard_style)]
#![deny(rust_2018_idioms, unreachable_pub, single_use_lifetimes, unused_qualifications)]

use orm::prelude::*;

/// A user.
#[derive(Table, Debug)]
#[table(insert(NewUser, derive(Debug, Clone)), unique(name = "live", columns(name), filter = "age > 0"))]
pub(crate) struct User {
    /// The number.
    #[column(primary_key, auto)]
    pub(crate) id: i64,
    /// The address.
    #[column(unique)]
    pub(crate) email: String,
    name: String,
    age: Option<i32>,
    #[column(references = Self::ID, on_delete = set_null)]
    boss: Option<i64>,
    #[column(generated)]
    lower: String,
    #[column(skip)]
    cached: u8,
}

/// A part of a user.
#[derive(Insert, Debug)]
#[insert(table = User)]
pub(crate) struct Thin<'a> {
    email: &'a str,
    name: String,
}

fn main() {
    let new = NewUser { email: String::new(), name: String::new(), age: None, boss: None };
    let _ = new.upsert().on_conflict(User::EMAIL).update_all();
    let _ = Thin { email: "", name: new.name.clone() }.upsert();
    let user = User {
        id: 1,
        email: new.email.clone(),
        name: new.name.clone(),
        age: new.age,
        boss: new.boss,
        lower: String::new(),
        cached: 0,
    };
    let _ = (user.id, user.email, user.name, user.age, user.boss, user.lower, user.cached);
    let _ = User::LIVE;
}
