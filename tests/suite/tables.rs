//! The tables that the behaviour tests share.

use chrono::{DateTime, Utc};
use orm::prelude::*;
use orm_tests::Site;

/// A user, who can be found by two keys.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewUser, derive(Debug, Clone)))]
#[table(unique(team, nick))]
pub(crate) struct User {
    #[column(primary_key, auto)]
    pub(crate) id: i64,
    #[column(unique)]
    pub(crate) email: String,
    pub(crate) team: i32,
    pub(crate) nick: String,
    pub(crate) score: Option<i64>,
    pub(crate) version: i64,
    #[column(default = now, insert_only)]
    pub(crate) created_at: DateTime<Utc>,
}

/// The least that a user can be made of, borrowed.
#[derive(Insert)]
#[insert(table = User)]
pub(crate) struct Thin<'a> {
    pub(crate) email: &'a str,
    pub(crate) team: i32,
    pub(crate) nick: &'a str,
    pub(crate) version: i64,
}

/// A record of this address and version; the rest follows from it.
pub(crate) fn user(email: &str, version: i64) -> NewUser {
    NewUser {
        email: email.to_owned(),
        team: 1,
        nick: email.to_owned(),
        score: None,
        version,
    }
}

/// The database of a site, with the tables in it.
pub(crate) async fn database(site: &Site) -> orm::Db {
    let db = orm::connect(site.url())
        .await
        .expect("the site can be reached");
    orm::create_tables!(&db, User)
        .await
        .expect("tables can be made");
    db
}

/// All users, in the order of their ids.
pub(crate) async fn users(db: &orm::Db) -> Vec<User> {
    User::select()
        .order_by(User::ID)
        .fetch_all(db)
        .await
        .expect("users can be read")
}

/// Ann, of version 1 and with a score of 5.
pub(crate) async fn ann(db: &orm::Db) -> User {
    NewUser {
        score: Some(5),
        ..user("ann", 1)
    }
    .insert()
    .fetch_one(db)
    .await
    .expect("an insert")
}
