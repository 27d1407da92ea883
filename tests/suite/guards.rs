//! When a stored row may be updated.

use orm::Result;
use orm::prelude::*;
use orm_tests::Site;

use crate::tables::{NewUser, User, ann, database, user};

pub(crate) async fn keep_newer_skips_a_replay(site: Site) {
    let db = database(&site).await;
    ann(&db).await;
    let upsert = async |version| {
        let record = NewUser {
            score: Some(version),
            ..user("ann", version)
        };
        let upsert = record.upsert().on_conflict(User::EMAIL).update(User::SCORE);
        upsert
            .keep_newer(User::VERSION)
            .outcome(&db)
            .await
            .expect("an upsert")
    };
    assert_eq!(upsert(1).await, Outcome::Skipped);
    assert_eq!(upsert(0).await, Outcome::Skipped);
    assert!(matches!(upsert(2).await, Outcome::Updated(_)));
}

pub(crate) async fn a_null_version_is_older_than_any_and_no_newer_than_null(site: Site) {
    let db = database(&site).await;
    user("ann", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let newer = async |score, version| {
        let record = NewUser {
            score,
            ..user("ann", version)
        };
        let upsert = record
            .upsert()
            .on_conflict(User::EMAIL)
            .update(User::VERSION);
        upsert
            .keep_newer(User::SCORE)
            .execute(&db)
            .await
            .expect("an upsert")
    };
    assert_eq!(newer(None, 2).await, 0, "NULL after NULL is no newer");
    assert_eq!(newer(Some(1), 3).await, 1, "any version is newer than NULL");
    assert_eq!(newer(None, 4).await, 0, "NULL is no newer than any");
    assert_eq!(newer(Some(1), 5).await, 0);
    let record = user("ann", 6);
    let newest = record
        .upsert()
        .on_conflict(User::EMAIL)
        .update(User::VERSION);
    assert_eq!(
        newest
            .keep_newest(User::SCORE)
            .execute(&db)
            .await
            .expect("an upsert"),
        0
    );
}

pub(crate) async fn a_tuple_of_versions_is_compared_in_order(site: Site) {
    let db = database(&site).await;
    NewUser {
        score: Some(5),
        ..user("ann", 5)
    }
    .insert()
    .execute(&db)
    .await
    .expect("an insert");
    let written = async |version, score, or_same| {
        let record = NewUser {
            score,
            team: 2,
            ..user("ann", version)
        };
        let tried: Result<(), RolledBack> = orm::transaction(&db, async |tx| {
            let upsert = record.upsert().on_conflict(User::EMAIL).update(User::TEAM);
            let written = if or_same {
                upsert
                    .keep_newest((User::VERSION, User::SCORE))
                    .execute(&tx)
                    .await?
            } else {
                upsert
                    .keep_newer((User::VERSION, User::SCORE))
                    .execute(&tx)
                    .await?
            };
            // So that each case meets the same row.
            Err(RolledBack(Ok(written)))
        })
        .await;
        tried.expect_err("it is rolled back").0.expect("an upsert")
    };
    for (version, score, newest, newer) in [
        (6, Some(0), 1, 1),
        (5, Some(6), 1, 1),
        (5, Some(5), 1, 0),
        (5, Some(4), 0, 0),
        (4, Some(9), 0, 0),
        (5, None, 0, 0),
        (6, None, 1, 1),
    ] {
        assert_eq!(
            written(version, score, true).await,
            newest,
            "{version} {score:?}"
        );
        assert_eq!(
            written(version, score, false).await,
            newer,
            "{version} {score:?}"
        );
    }
}

/// What an upsert that was only tried has given.
#[derive(Debug)]
struct RolledBack(Result<u64>);

impl From<orm::Error> for RolledBack {
    fn from(error: orm::Error) -> Self {
        Self(Err(error))
    }
}

pub(crate) async fn skip_unchanged_writes_only_what_differs(site: Site) {
    let db = database(&site).await;
    ann(&db).await;
    let written = async |record: NewUser| {
        let upsert = record
            .upsert()
            .on_conflict(User::EMAIL)
            .update_all()
            .skip_unchanged();
        upsert.execute(&db).await.expect("an upsert")
    };
    let same = NewUser {
        score: Some(5),
        ..user("ann", 1)
    };
    assert_eq!(written(same.clone()).await, 0);
    assert_eq!(
        written(NewUser {
            score: None,
            ..same.clone()
        })
        .await,
        1,
        "a value became NULL"
    );
    assert_eq!(
        written(NewUser {
            score: None,
            ..same.clone()
        })
        .await,
        0,
        "NULL is like NULL"
    );
    assert_eq!(written(same.clone()).await, 1, "NULL became a value");

    // A newer version counts as a change, or a later stale row would win.
    let newer = NewUser {
        version: 2,
        ..same.clone()
    };
    let both = |record: NewUser| {
        let db = db.clone();
        async move {
            let upsert = record.upsert().on_conflict(User::EMAIL).update(User::SCORE);
            let upsert = upsert.skip_unchanged().keep_newest(User::VERSION);
            upsert.execute(&db).await.expect("an upsert")
        }
    };
    assert_eq!(both(newer.clone()).await, 1);
    assert_eq!(both(newer).await, 0);
    assert_eq!(
        both(NewUser {
            score: Some(9),
            ..same
        })
        .await,
        0,
        "older"
    );
}

/// A table that guards all its upserts.
#[derive(Table, Debug, PartialEq)]
#[table(keep_newest = version)]
struct Guarded {
    #[column(primary_key)]
    id: i64,
    version: i64,
}

pub(crate) async fn a_tables_own_guard_holds_unless_it_is_taken_away(site: Site) {
    let db = database(&site).await;
    orm::create_tables!(&db, Guarded).await.expect("the table");
    let row = |version| Guarded { id: 1, version };
    row(5).insert().execute(&db).await.expect("an insert");
    let skipped = row(4)
        .upsert()
        .on_primary_key()
        .update_all()
        .outcome(&db)
        .await;
    assert_eq!(skipped.expect("an upsert"), Outcome::Skipped);
    let updated = row(4)
        .upsert()
        .unguarded()
        .on_primary_key()
        .update_all()
        .outcome(&db)
        .await;
    assert_eq!(updated.expect("an upsert"), Written::Updated(row(4)));
}
