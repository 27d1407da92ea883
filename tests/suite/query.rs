//! Reading.

use orm::prelude::*;
use orm::{Db, ErrorKind, Filter, Select};
use orm_tests::Site;

use crate::tables::{NewUser, User, database, user};

/// Ann 1, Bob 2, Cid without a score, Dan 4.
async fn four(site: &Site) -> Db {
    let db = database(site).await;
    for (name, score) in [
        ("ann", Some(1)),
        ("bob", Some(2)),
        ("cid", None),
        ("dan", Some(4)),
    ] {
        NewUser {
            score,
            ..user(name, 1)
        }
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    }
    db
}

async fn names(db: &Db, query: Select<User>) -> Vec<String> {
    let users = query
        .order_by(User::ID)
        .fetch_all(db)
        .await
        .expect("a query");
    users.into_iter().map(|user| user.email).collect()
}

pub(crate) async fn a_row_is_found_by_each_of_its_keys(site: Site) {
    let db = four(&site).await;
    let bob = User::find(User::EMAIL, "bob")
        .fetch_optional(&db)
        .await
        .expect("a look-up");
    let bob = bob.expect("a row");
    assert_eq!(
        User::get(bob.id).fetch_one(&db).await.expect("a look-up"),
        bob
    );
    let by_both = User::find((User::NICK, User::TEAM), ("bob", 1))
        .fetch_one(&db)
        .await;
    assert_eq!(by_both.expect("a look-up"), bob);
    let owned = User::find(User::EMAIL, "bob".to_owned())
        .fetch_one(&db)
        .await;
    assert_eq!(owned.expect("a look-up"), bob);
    let borrowed = User::find(User::EMAIL, &bob.email).fetch_one(&db).await;
    assert_eq!(borrowed.expect("a look-up"), bob);
}

pub(crate) async fn a_row_that_is_not_there_is_none_or_not_found(site: Site) {
    let db = four(&site).await;
    assert_eq!(
        User::get(99).fetch_optional(&db).await.expect("a look-up"),
        None
    );
    let error = User::get(99)
        .fetch_one(&db)
        .await
        .expect_err("there is none");
    assert_eq!(
        (error.kind(), error.table()),
        (ErrorKind::NotFound, Some("users"))
    );
}

pub(crate) async fn filters_choose_rows(site: Site) {
    let db = four(&site).await;
    let all = |filter: Filter<User>| names(&db, User::select().filter(filter));
    assert_eq!(all(User::SCORE.eq(2)).await, ["bob"]);
    assert_eq!(all(User::SCORE.ne(2)).await, ["ann", "dan"]);
    assert_eq!(all(User::SCORE.lt(2)).await, ["ann"]);
    assert_eq!(all(User::SCORE.le(2)).await, ["ann", "bob"]);
    assert_eq!(all(User::SCORE.gt(2)).await, ["dan"]);
    assert_eq!(all(User::SCORE.ge(2)).await, ["bob", "dan"]);
    assert_eq!(all(User::SCORE.is_null()).await, ["cid"]);
    assert_eq!(all(User::SCORE.is_not_null()).await, ["ann", "bob", "dan"]);
    assert_eq!(all(User::EMAIL.like("%n")).await, ["ann", "dan"]);
    assert_eq!(all(User::EMAIL.eq(User::NICK)).await.len(), 4);
    assert_eq!(all(!User::SCORE.gt(1)).await, ["ann"]);
    let either = User::SCORE
        .eq(1)
        .or(User::SCORE.eq(4).and(User::EMAIL.eq("dan")));
    assert_eq!(all(either.and(User::TEAM.eq(1))).await, ["ann", "dan"]);
}

pub(crate) async fn filters_are_pushed_in_an_if_and_in_a_loop(site: Site) {
    let db = four(&site).await;
    let search = async |least: Option<i64>, without: &[&str]| {
        let mut query: Select<User> = User::select();
        if let Some(least) = least {
            query = query.filter(User::SCORE.ge(least));
        }
        for name in without {
            query = query.filter(User::EMAIL.ne(*name));
        }
        names(&db, query).await
    };
    assert_eq!(search(None, &[]).await.len(), 4);
    assert_eq!(search(Some(2), &["dan"]).await, ["bob"]);
}

pub(crate) async fn order_and_limit_are_kept(site: Site) {
    let db = four(&site).await;
    let scored = User::select().filter(User::SCORE.is_not_null());
    let best = scored
        .clone()
        .order_by(User::SCORE.desc())
        .limit(2)
        .fetch_all(&db)
        .await;
    let best: Vec<_> = best
        .expect("a query")
        .into_iter()
        .map(|user| user.email)
        .collect();
    assert_eq!(best, ["dan", "bob"]);
    let first = scored
        .clone()
        .order_by((User::TEAM, User::EMAIL.asc()))
        .fetch_optional(&db)
        .await;
    assert_eq!(
        first.expect("a query").map(|user| user.email).as_deref(),
        Some("ann")
    );
    assert_eq!(scored.clone().count(&db).await.expect("a count"), 3);
    assert_eq!(scored.limit(2).count(&db).await.expect("a count"), 2);
}

pub(crate) async fn counting_and_asking_need_no_order(site: Site) {
    let db = four(&site).await;
    let ordered = |least| {
        User::select()
            .filter(User::SCORE.ge(least))
            .order_by(User::EMAIL)
    };
    assert_eq!(ordered(2).count(&db).await.expect("a count"), 2);
    assert_eq!(ordered(2).limit(1).count(&db).await.expect("a count"), 1);
    assert!(ordered(4).exists(&db).await.expect("an answer"));
    assert!(ordered(4).limit(3).exists(&db).await.expect("an answer"));
    assert!(!ordered(5).exists(&db).await.expect("an answer"));
    assert_eq!(ordered(2).fetch_one(&db).await.expect("a row").email, "bob");
    let error = ordered(5).fetch_one(&db).await.expect_err("there is none");
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

pub(crate) async fn what_looks_like_sql_is_a_value(site: Site) {
    let db = database(&site).await;
    let name = "'; DROP TABLE users; --";
    user(name, 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let found = User::find(User::EMAIL, name)
        .fetch_one(&db)
        .await
        .expect("a look-up");
    assert_eq!(found.email, name);
    assert_eq!(
        User::select()
            .filter(User::EMAIL.eq("x' OR '1'='1"))
            .count(&db)
            .await
            .unwrap_or(9),
        0
    );
}

pub(crate) async fn sqlx_reads_the_struct_too(site: Site) {
    let db = four(&site).await;
    let sql = "SELECT * FROM users WHERE email = 'ann'";
    let row: User = if let Some(pool) = db.postgres() {
        sqlx::query_as(sql).fetch_one(pool).await.expect("a row")
    } else {
        let pool = db.sqlite().expect("the other database");
        sqlx::query_as(sql).fetch_one(pool).await.expect("a row")
    };
    assert_eq!(row.score, Some(1));
}

pub(crate) async fn a_key_on_an_expression_finds_what_it_holds_for_equal(site: Site) {
    #[derive(Table, Debug, PartialEq)]
    #[table(
        name = "members",
        unique(name = "email_ci", columns(email), expr = "lower(email)")
    )]
    struct Member {
        #[column(primary_key)]
        id: i64,
        email: String,
    }

    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Member).await.expect("the table");
    let ann = Member {
        id: 1,
        email: "Ann@Example.com".to_owned(),
    };
    ann.insert().execute(&db).await.expect("an insert");
    let found = Member::find(Member::EMAIL_CI, "ANN@example.COM")
        .fetch_optional(&db)
        .await;
    assert_eq!(found.expect("a look-up"), Some(ann));
}
