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
    level: i8,
    score: Option<i64>,
    #[column(default = now, insert_only)]
    created_at: chrono::DateTime<chrono::Utc>,
}

fn mistake(record: NewUser, db: &orm::Db) {
    let _ = record.upsert().on_conflict(User::EMAIL).update(User::SCORE).keep_newest(User::LEVEL).execute(db);
}

fn main() {}
