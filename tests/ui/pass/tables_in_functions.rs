//! Tables can be declared where they are used, with equal names of columns, and records elsewhere.
#![deny(warnings)]

use orm::prelude::*;

#[derive(Table, Debug)]
pub struct First {
    #[column(primary_key)]
    pub id: i64,
    pub name: String,
}

#[derive(Table, Debug)]
pub struct Second {
    #[column(primary_key)]
    pub id: i64,
    pub name: String,
}

pub mod records {
    use orm::prelude::*;

    #[derive(Insert, Debug)]
    #[insert(table = super::First)]
    pub struct NewFirst<'a, 'b: 'a> {
        pub id: i64,
        pub name: &'a String,
        #[column(skip)]
        pub note: &'b str,
    }

    #[derive(Insert, Debug)]
    #[insert(table = crate::Second)]
    pub struct NewSecond<'a>
    where
        'a: 'a,
    {
        #[column(name = "id")]
        pub number: &'a i64,
        pub name: &'a str,
        #[column(skip)]
        pub note: &'a str,
    }
}

fn declare() {
    #[derive(Table, Debug)]
    #[table(insert = NewLocal)]
    struct Local {
        #[column(primary_key)]
        id: i64,
        name: String,
    }

    let local = Local { id: 1, name: String::new() };
    let _ = local.upsert().on_primary_key().update(Local::NAME);
    let _ = NewLocal { id: local.id, name: local.name }.upsert();
    let _ = move || {
        #[derive(Table, Debug)]
        struct Local {
            #[column(primary_key)]
            id: i64,
        }
        Local { id: 1 }.id
    };
}

fn main() {
    declare();
    let second = records::NewSecond { number: &1, name: "", note: "" };
    let _ = second.upsert().on_primary_key().update(Second::NAME);
    let _ = second.note;
}
