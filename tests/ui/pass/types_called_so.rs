//! Types may be called as type parameters usually are.
#![deny(warnings)]
#![allow(dead_code)]

use orm::prelude::*;

macro_rules! types {
    ($($name:ident)*) => {
        $(
            pub type $name = i64;
        )*
    };
}

types! { DB K T R V B C E Result Vec Column Name Key Record Row }

pub type Option<T> = std::option::Option<T>;

#[derive(Table, Debug)]
#[table(insert = NewThing)]
pub struct Thing {
    #[column(primary_key)]
    id: DB,
    k: K,
    t: T,
    r: R,
    v: V,
    b: B,
    c: C,
    e: E,
    result: Result,
    vec: Vec,
    column: Column,
    name: Name,
    key: Key,
    record: Record,
    row: Row,
    maybe: Option<T>,
}

#[derive(Insert)]
#[insert(table = Thing)]
struct Part<'a> {
    id: &'a DB,
    k: &'a K,
    t: &'a T,
    r: &'a R,
    v: &'a V,
    b: &'a B,
    c: &'a C,
    e: &'a E,
    result: &'a Result,
    vec: &'a Vec,
    column: &'a Column,
    name: &'a Name,
    key: &'a Key,
    record: &'a Record,
    row: &'a Row,
}

fn main() {}
