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

fn mistake() {
    let _: orm::Filter<User> = User::TEAM.like("1%");
    let _: orm::Filter<User> = User::SCORE.lower().eq("a");
}

fn main() {}
