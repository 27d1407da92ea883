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

fn mistake(record: User, db: &orm::Db) {
    let _ = record.upsert().on_primary_key().update(User::CREATED_AT).execute(db);
}

fn main() {}
