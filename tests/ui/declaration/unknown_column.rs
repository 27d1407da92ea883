use orm::prelude::*;

#[derive(Table)]
#[table(unique(emial), index(nothing), keep_newest = seen)]
struct User {
    #[column(primary_key)]
    id: i64,
    email: String,
    seen_at: i64,
}

fn main() {}
