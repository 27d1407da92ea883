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
struct Measure {
    #[column(primary_key)]
    id: i64,
    values: Vec<i32>,
}

fn mistake(record: Measure, db: &orm::Db) {
    let _ = record.insert().execute(db);
}

fn main() {}
