//! Generated code names everything by its whole path.
#![no_implicit_prelude]
#![deny(warnings)]

use ::orm::prelude::*;

#[derive(Table, ::std::fmt::Debug)]
#[table(insert(NewUser, derive(::std::fmt::Debug)))]
pub struct User {
    #[column(primary_key, auto)]
    pub id: i64,
    #[column(unique)]
    pub email: ::std::string::String,
    pub age: ::std::option::Option<i32>,
    #[column(default = "'x'", collate = "C")]
    pub name: ::std::string::String,
    #[column(default(postgres = "now()", sqlite = "1"), references = User::ID)]
    pub friend: i64,
    #[column(generated = "lower(email)")]
    pub lower: ::std::string::String,
    #[column(skip)]
    pub cached: u8,
}

#[derive(Insert)]
#[insert(table = User)]
pub struct Thin<'a> {
    pub email: &'a str,
}

fn main() {}
