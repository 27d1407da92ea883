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

fn mistake(record: NewUser, db: &orm::Db) {
    let _ = record.upsert().on_conflict(User::EMAIL).set_with(User::TEAM, |old, new| old.team + new.score).execute(db);
}

fn main() {}
