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

async fn mistake(record: NewUser) -> orm::Result<String> {
    let stored = record.upsert().on_conflict(User::EMAIL).update_all().await?;
    Ok(stored.email)
}

fn main() {}
