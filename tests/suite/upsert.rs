//! What an upsert does to the table, and what it says it did.

use orm::prelude::*;
use orm::{ErrorKind, Result};
use orm_tests::Site;

use crate::tables::{NewUser, Thin, User, database, user, users};

pub(crate) async fn a_new_row_is_inserted_and_given_back(site: Site) {
    let db = database(&site).await;
    let row = user("ann", 1)
        .upsert()
        .on_conflict(User::EMAIL)
        .update_all()
        .fetch_one(&db)
        .await
        .expect("an upsert");
    assert_eq!(
        (row.email.as_str(), row.version, row.score),
        ("ann", 1, None)
    );
    assert_eq!(users(&db).await, [row]);
}

pub(crate) async fn a_stored_row_is_updated_in_the_named_columns_only(site: Site) {
    let db = database(&site).await;
    let before = user("ann", 1)
        .insert()
        .fetch_one(&db)
        .await
        .expect("an insert");
    let record = NewUser {
        team: 9,
        score: Some(5),
        version: 2,
        ..user("ann", 2)
    };
    let after = record
        .upsert()
        .on_conflict(User::EMAIL)
        .update((User::SCORE, User::VERSION))
        .fetch_one(&db)
        .await
        .expect("an upsert");
    assert_eq!(
        after,
        User {
            score: Some(5),
            version: 2,
            ..before
        }
    );
    assert_eq!(users(&db).await, [after]);
}

pub(crate) async fn update_all_spares_the_keys_and_what_is_written_once(site: Site) {
    let db = database(&site).await;
    let before = user("ann", 1)
        .insert()
        .fetch_one(&db)
        .await
        .expect("an insert");
    let later = before.created_at + chrono::TimeDelta::days(1);
    let record = User {
        id: before.id,
        created_at: later,
        team: 2,
        score: Some(1),
        ..before.clone()
    };
    let after = record
        .upsert()
        .on_primary_key()
        .update_all()
        .fetch_one(&db)
        .await
        .expect("an upsert");
    assert_eq!(
        after,
        User {
            team: 2,
            score: Some(1),
            ..before
        }
    );
}

pub(crate) async fn none_is_null_and_overwrites(site: Site) {
    let db = database(&site).await;
    let scored = NewUser {
        score: Some(5),
        ..user("ann", 1)
    };
    scored.insert().execute(&db).await.expect("an insert");
    let row = user("ann", 2)
        .upsert()
        .on_conflict(User::EMAIL)
        .update_all()
        .fetch_one(&db)
        .await
        .expect("an upsert");
    assert_eq!(row.score, None);
}

pub(crate) async fn a_composite_key_is_named_in_any_order(site: Site) {
    let db = database(&site).await;
    user("ann", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let record = NewUser {
        email: "other".to_owned(),
        ..user("ann", 2)
    };
    for round in 0..2 {
        let upsert = if round == 0 {
            record
                .upsert()
                .on_conflict((User::TEAM, User::NICK))
                .update(User::EMAIL)
                .fetch_one(&db)
        } else {
            record
                .upsert()
                .on_conflict((User::NICK, User::TEAM))
                .update(User::EMAIL)
                .fetch_one(&db)
        };
        assert_eq!(upsert.await.expect("an upsert").email, "other");
    }
    assert_eq!(users(&db).await.len(), 1);
}

pub(crate) async fn do_nothing_keeps_the_stored_row(site: Site) {
    let db = database(&site).await;
    user("ann", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let again = user("ann", 2);
    let kept = again
        .upsert()
        .on_conflict(User::EMAIL)
        .do_nothing()
        .fetch_optional(&db)
        .await;
    assert_eq!(kept.expect("an upsert"), None);
    let written = again
        .upsert()
        .on_any_conflict()
        .do_nothing()
        .execute(&db)
        .await;
    assert_eq!(written.expect("an upsert"), 0);
    let outcome = again
        .upsert()
        .on_conflict(User::EMAIL)
        .do_nothing()
        .outcome(&db)
        .await;
    assert_eq!(outcome.expect("an upsert"), Outcome::Skipped);
    assert_eq!(users(&db).await[0].version, 1);
}

pub(crate) async fn an_older_record_is_skipped_and_an_equal_one_is_not(site: Site) {
    let db = database(&site).await;
    let upsert = async |version, score| -> Result<Outcome<User>> {
        NewUser {
            score: Some(score),
            ..user("ann", version)
        }
        .upsert()
        .on_conflict(User::EMAIL)
        .update(User::SCORE)
        .keep_newest(User::VERSION)
        .outcome(&db)
        .await
    };
    assert!(matches!(upsert(5, 1).await, Ok(Outcome::Inserted(_))));
    assert!(matches!(upsert(5, 2).await, Ok(Outcome::Updated(row)) if row.score == Some(2)));
    assert!(matches!(upsert(4, 3).await, Ok(Outcome::Skipped)));
    // The guard's own column is updated although only the score was named.
    assert!(matches!(upsert(6, 4).await, Ok(Outcome::Updated(row)) if row.version == 6));
    assert!(matches!(upsert(5, 5).await, Ok(Outcome::Skipped)));
    assert_eq!(users(&db).await[0].score, Some(4));
}

pub(crate) async fn a_stored_null_version_is_older_than_any(site: Site) {
    let db = database(&site).await;
    user("ann", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let record = NewUser {
        score: Some(1),
        ..user("ann", 1)
    };
    let row = record
        .upsert()
        .on_conflict(User::EMAIL)
        .update(User::VERSION)
        .keep_newest(User::SCORE)
        .fetch_optional(&db)
        .await
        .expect("an upsert");
    assert_eq!(row.and_then(|row| row.score), Some(1));
}

pub(crate) async fn a_guard_sees_both_rows(site: Site) {
    let db = database(&site).await;
    NewUser {
        score: Some(5),
        ..user("ann", 1)
    }
    .insert()
    .execute(&db)
    .await
    .expect("an insert");
    let upsert = async |record: NewUser| {
        record
            .upsert()
            .on_conflict(User::EMAIL)
            .update((User::SCORE, User::TEAM))
            .where_(|old, new| old.score.lt(new.score).and(old.nick.eq("ann")))
            .where_(|old, _| old.team.ne(7))
            .fetch_optional(&db)
            .await
            .expect("an upsert")
    };
    assert_eq!(
        upsert(NewUser {
            score: Some(4),
            ..user("ann", 1)
        })
        .await,
        None
    );
    let raised = upsert(NewUser {
        score: Some(6),
        team: 7,
        ..user("ann", 1)
    })
    .await;
    assert_eq!(raised.and_then(|row| row.score), Some(6));
    assert_eq!(
        upsert(NewUser {
            score: Some(8),
            ..user("ann", 1)
        })
        .await,
        None,
        "team is 7 now"
    );
}

pub(crate) async fn outcome_without_a_guard_is_inserted_or_updated(site: Site) {
    let db = database(&site).await;
    let record = user("ann", 1);
    let upsert = || record.upsert().on_conflict(User::EMAIL).update_all();
    assert!(matches!(
        upsert().outcome(&db).await,
        Ok(Written::Inserted(_))
    ));
    assert!(matches!(
        upsert().outcome(&db).await,
        Ok(Written::Updated(_))
    ));
}

pub(crate) async fn a_row_inserted_in_the_same_transaction_counts_as_updated(site: Site) {
    let db = database(&site).await;
    let record = user("ann", 1);
    let outcome = orm::transaction(&db, async |tx| {
        record.insert().execute(&tx).await?;
        record
            .upsert()
            .on_conflict(User::EMAIL)
            .update_all()
            .outcome(&tx)
            .await
    })
    .await
    .expect("a transaction");
    assert!(matches!(outcome, Written::Updated(_)));
}

pub(crate) async fn a_borrowed_record_supplies_only_its_columns(site: Site) {
    let db = database(&site).await;
    let address = "ann".to_owned();
    let record = Thin {
        email: &address,
        team: 3,
        nick: "a",
        version: 1,
    };
    let row = record
        .upsert()
        .on_conflict(User::EMAIL)
        .update_all()
        .fetch_one(&db)
        .await
        .expect("an upsert");
    assert_eq!((row.team, row.score), (3, None));
}

pub(crate) async fn another_key_that_is_taken_is_a_typed_error(site: Site) {
    let db = database(&site).await;
    user("ann", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    user("bob", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let record = NewUser {
        nick: "ann".to_owned(),
        ..user("bob", 2)
    };
    let error = record
        .upsert()
        .on_conflict(User::EMAIL)
        .update_all()
        .execute(&db)
        .await
        .expect_err("the nick is taken");
    assert_eq!(error.kind(), ErrorKind::UniqueViolation);
    assert_eq!(error.table(), Some("users"));
    assert!(
        error.key().is_some_and(|key| key.contains("nick")),
        "{error}"
    );
    assert!(error.is_data() && !error.is_transient());
}

pub(crate) async fn an_error_shows_no_value(site: Site) {
    const CANARY: &str = "canary-4711";
    let db = database(&site).await;
    user(CANARY, 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let error = user(CANARY, 1)
        .insert()
        .execute(&db)
        .await
        .expect_err("the address is taken");
    let mut chain: Option<&dyn std::error::Error> = Some(&error);
    while let Some(link) = chain {
        assert!(!format!("{link} {link:?}").contains(CANARY), "{link:?}");
        chain = link.source();
    }
}

pub(crate) async fn a_key_that_the_database_lacks_is_named(site: Site) {
    let db = database(&site).await;
    drop_unique_email(&db).await;
    let error = user("ann", 1)
        .upsert()
        .on_conflict(User::EMAIL)
        .update_all()
        .execute(&db)
        .await
        .expect_err("there is no such key any more");
    assert_eq!(error.kind(), ErrorKind::MissingKey, "{error:?}");
}

pub(crate) async fn an_error_names_what_is_missing_or_of_another_type(site: Site) {
    #[derive(Table, Debug)]
    #[table(name = "users")]
    struct Other {
        #[column(primary_key)]
        id: i64,
        email: i64,
    }

    #[derive(Table, Debug)]
    #[table(name = "nobodies")]
    struct Missing {
        #[column(primary_key)]
        id: i64,
    }

    let db = database(&site).await;
    let error = Missing { id: 1 }
        .insert()
        .execute(&db)
        .await
        .expect_err("there is no such table");
    assert_eq!(error.kind(), ErrorKind::Statement);
    assert!(error.to_string().contains("nobodies"), "{error}");

    user("ann", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let error = Other::get(1)
        .fetch_one(&db)
        .await
        .expect_err("an address is no number");
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    let said = error.to_string();
    assert!(said.contains("`email`") && said.contains("TEXT"), "{said}");
}

/// Takes the key away that the declaration still has.
async fn drop_unique_email(db: &orm::Db) {
    if let Some(pool) = db.postgres() {
        sqlx::raw_sql("ALTER TABLE users DROP CONSTRAINT users_email_key")
            .execute(pool)
            .await
            .expect("the key can be dropped");
    }
    if let Some(pool) = db.sqlite() {
        sqlx::raw_sql(
            "DROP TABLE users;
             CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, team INTEGER, nick TEXT,
                                 score INTEGER, version INTEGER, created_at TEXT)",
        )
        .execute(pool)
        .await
        .expect("the table can be made anew");
    }
}
