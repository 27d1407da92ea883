//! Unique keys of every kind as conflict targets: one column, several, a part of the rows, an expression.

use std::error::Error;

use orm::prelude::*;

#[derive(Table, Debug)]
#[table(insert(NewMember, derive(Clone)))]
#[table(unique(team, number))]
#[table(unique(name = "email_ci", columns(email), expr = "lower(email)"))]
#[table(unique(name = "active_nick", columns(nick), filter = "left_in IS NULL"))]
struct Member {
    #[column(primary_key, auto)]
    id: i64,
    team: String,
    number: i32,
    email: String,
    nick: String,
    left_in: Option<i32>,
    goals: i32,
}

fn member(team: &str, number: i32, email: &str, nick: &str) -> NewMember {
    NewMember {
        team: team.to_owned(),
        number,
        email: email.to_owned(),
        nick: nick.to_owned(),
        left_in: None,
        goals: 0,
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = orm_examples::open("orm_keys").await?;
    let db = &place.db;
    orm::create_tables!(db, Member).await?;
    let ann = member("Reds", 7, "ann@example.com", "ace")
        .insert()
        .fetch_one(db)
        .await?;

    println!("a composite key, its columns in any order");
    let goal = NewMember {
        goals: 1,
        ..member("Reds", 7, "ann@example.com", "ace")
    };
    let row = goal
        .upsert()
        .on_conflict((Member::NUMBER, Member::TEAM))
        .set_with(Member::GOALS, |old, new| old.goals + new.goals)
        .fetch_one(db)
        .await?;
    println!(
        "  number {} of the {} has {} goal",
        row.number, row.team, row.goals
    );

    println!("a key on an expression");
    let shouted = member("Reds", 7, "ANN@EXAMPLE.COM", "ace");
    let outcome = shouted
        .upsert()
        .on_conflict(Member::EMAIL_CI)
        .update(Member::GOALS)
        .outcome(db)
        .await?;
    println!(
        "  the same address: {}",
        matches!(&outcome, Written::Updated(row) if row.id == ann.id)
    );

    println!("a key among some of the rows");
    let gone = NewMember {
        left_in: Some(2024),
        ..member("Blues", 1, "old@example.com", "ace")
    };
    let outcome = gone
        .upsert()
        .on_conflict(Member::ACTIVE_NICK)
        .update(Member::GOALS)
        .outcome(db)
        .await?;
    println!(
        "  who has left may share a nickname: {}",
        matches!(outcome, Written::Inserted(_))
    );
    let taken = member("Blues", 2, "new@example.com", "ace");
    let outcome = taken
        .upsert()
        .on_conflict(Member::ACTIVE_NICK)
        .do_nothing()
        .outcome(db)
        .await?;
    println!(
        "  who has not may not: {}",
        matches!(outcome, Outcome::Skipped)
    );

    println!("each of them finds its row");
    let by_number = Member::find((Member::TEAM, Member::NUMBER), ("Reds", 7))
        .fetch_one(db)
        .await?;
    let by_email = Member::find(Member::EMAIL_CI, "Ann@Example.com")
        .fetch_one(db)
        .await?;
    println!("  {} and {}", by_number.email, by_email.email);

    println!("a key that is taken beside the target is an error that names it");
    let clash = member("Reds", 7, "eve@example.com", "eve");
    let error = clash.upsert_on(Member::EMAIL_CI).execute(db).await;
    println!("  {:?}", error.map_err(|error| error.kind()));
    place.close().await
}
