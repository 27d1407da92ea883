//! A table may be written by a macro, where types and names come in groups.
#![deny(warnings)]

use orm::prelude::*;

macro_rules! table {
    ($vis:vis $name:ident, $record:ident, $table:literal { $($field:ident: $ty:ty,)* }) => {
        #[derive(Table, Debug)]
        #[table(name = $table, insert = $record)]
        $vis struct $name {
            #[column(primary_key, auto)]
            $vis id: i64,
            $($vis $field: $ty,)*
        }
    };
}

table! { pub User, NewUser, "people" { email: String, age: Option<i32>, } }

fn main() {
    assert_eq!(User::DEF.name, "people");
    assert!(User::DEF.columns[2].nullable);
    let _ = NewUser { email: String::new(), age: None }.upsert();
}
