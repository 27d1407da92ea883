//! Methods may be called as columns are, and columns as what we have.
#![deny(warnings)]

use orm::prelude::*;

#[derive(Table, Debug)]
#[table(insert = NewThing)]
pub struct Thing {
    #[column(primary_key, auto)]
    id: i64,
    new: i32,
    stored: i32,
    old: i32,
    eq: i32,
    db: i32,
    key_0: i32,
    primary_key: i32,
    #[column(unique)]
    name: String,
    def: i32,
    table: i32,
    to: i32,
    row: i32,
    live: i32,
    #[column(const = SQL)]
    find: i32,
}

impl Thing {
    pub const FIND: i32 = 1;

    pub fn id(&self) -> i64 {
        self.id
    }

    pub fn new(name: &str) -> NewThing {
        NewThing {
            name: name.to_owned(),
            new: 1,
            stored: 1,
            old: 1,
            eq: 1,
            db: 1,
            key_0: 1,
            primary_key: 1,
            def: 1,
            table: 1,
            to: 1,
            row: 1,
            live: 1,
            find: Self::FIND,
        }
    }

    pub fn find(&self) -> i32 {
        self.find
    }

    pub fn upsert(&self) -> i32 {
        self.new + self.stored + self.old + self.eq + self.db + self.key_0 + self.primary_key
    }
}

fn main() {
    let new = Thing::new("a");
    let _ = new.upsert().on_conflict(Thing::NAME).update((Thing::NEW, Thing::OLD, Thing::SQL));
    let _ = (Thing::find, Thing::upsert, Thing::id);
}
