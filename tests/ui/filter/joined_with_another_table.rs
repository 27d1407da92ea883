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
struct Post {
    #[column(primary_key)]
    id: i64,
    score: Option<i64>,
}

fn mistake() {
    let _ = User::select().filter(User::NICK.eq("a").and(Post::SCORE.gt(1)));
    let _ = User::delete().filter(User::SCORE.gt(Post::SCORE));
}

fn main() {}
