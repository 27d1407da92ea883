use orm::prelude::*;

#[derive(Table)]
#[table(insert = NewUser, unique(team, nick))]
struct User {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    email: String,
    team: i32,
    nick: String,
    score: Option<i64>,
    #[column(default = now, insert_only)]
    created_at: chrono::DateTime<chrono::Utc>,
}

#[derive(Table)]
struct Part {
    #[column(primary_key)]
    id: i64,
    name: String,
    version: Option<i64>,
}

#[derive(Insert)]
#[insert(table = Part)]
struct Nameless {
    id: i64,
    name: String,
}

fn mistake(record: Nameless, db: &orm::Db) {
    let _ = record.upsert().on_primary_key().update(Part::NAME).keep_newest(Part::VERSION).execute(db);
}

fn main() {}
