//! A raw identifier is a column without its `r#`.
#![deny(warnings)]

use orm::prelude::*;

#[derive(Table, Debug)]
#[table(insert = NewR, unique(r#type, r#match))]
pub struct r#R {
    #[column(primary_key, auto)]
    pub id: i64,
    pub r#type: String,
    pub r#match: i32,
    #[column(references = Self::ID)]
    pub r#fn: i64,
}

#[derive(Insert)]
#[insert(table = r#R)]
pub struct Thin {
    pub r#type: String,
    #[column(name = "match")]
    pub matched: i32,
    pub r#fn: i64,
}

fn main() {
    assert_eq!(R::TYPE.name(), "type");
    assert_eq!(R::DEF.columns[2].name, "match");
    let new = NewR { r#type: String::new(), r#match: 1, r#fn: 1 };
    let _ = new.upsert().on_conflict((R::MATCH, R::TYPE)).update(R::FN);
    let thin = Thin { r#type: new.r#type.clone(), matched: new.r#match, r#fn: new.r#fn };
    let _ = thin.upsert().on_conflict((R::TYPE, R::MATCH)).update_all();
}
