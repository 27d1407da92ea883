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
#[table(unique(row, deferrable))]
struct Seat {
    #[column(primary_key)]
    id: i64,
    row: i64,
}

fn mistake(record: Seat, db: &orm::Db) {
    let _ = record.upsert().on_conflict(Seat::ROW).do_nothing().execute(db);
}

fn main() {}
