//! Transactions: all or nothing, from anywhere, and once more when they collide.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use orm::prelude::*;
use orm::{Db, ErrorKind, Result};
use orm_tests::{Backend, Site};
use tokio::sync::Barrier;

use crate::tables::{NewUser, User, database, user, users};

pub(crate) async fn ok_commits(site: Site) {
    let db = database(&site).await;
    let id = orm::transaction(&db, async |tx| {
        let row = user("ann", 1).insert().fetch_one(&tx).await?;
        user("bob", 1).insert().execute(&tx).await?;
        Ok::<_, orm::Error>(row.id)
    })
    .await
    .expect("a transaction");
    assert_eq!(users(&db).await.len(), 2);
    assert_eq!(users(&db).await[0].id, id);
}

pub(crate) async fn err_rolls_back_and_comes_out(site: Site) {
    #[derive(Debug)]
    enum Refused {
        ByUs,
        ByTheDatabase,
    }
    impl From<orm::Error> for Refused {
        fn from(_: orm::Error) -> Self {
            Self::ByTheDatabase
        }
    }

    let db = database(&site).await;
    let refused: Result<(), Refused> = orm::transaction(&db, async |tx| {
        user("ann", 1).insert().execute(&tx).await?;
        Err(Refused::ByUs)
    })
    .await;
    assert!(matches!(refused, Err(Refused::ByUs)));

    let refused: Result<(), Refused> = orm::transaction(&db, async |tx| {
        user("ann", 1).insert().execute(&tx).await?;
        user("ann", 1).insert().execute(&tx).await?;
        Ok(())
    })
    .await;
    assert!(matches!(refused, Err(Refused::ByTheDatabase)));
    assert!(users(&db).await.is_empty());
}

pub(crate) async fn dropped_half_way_it_rolls_back(site: Site) {
    let db = database(&site).await;
    let half = orm::transaction(&db, async |tx| {
        user("ann", 1).insert().execute(&tx).await?;
        std::future::pending::<()>().await;
        Ok::<_, orm::Error>(())
    });
    // The insert is done long before, and the rest never is.
    let ended = tokio::time::timeout(Duration::from_millis(300), half).await;
    assert!(ended.is_err());
    assert!(users(&db).await.is_empty());
    user("ann", 1)
        .insert()
        .execute(&db)
        .await
        .expect("the key is free and the pool is clean");
}

pub(crate) async fn it_runs_in_a_spawned_task(site: Site) {
    let db = database(&site).await;
    let task = tokio::spawn({
        let db = db.clone();
        async move {
            let name = "ann".to_owned();
            let borrowed = &name;
            orm::transaction(&db, async |tx| {
                user(borrowed, 1).insert().fetch_one(&tx).await
            })
            .await
        }
    });
    assert_eq!(
        task.await.expect("no panic").expect("a transaction").email,
        "ann"
    );
}

/// Like a handler of a web framework: it borrows what it was given, and its future has to be `Send`.
async fn handler(db: &Db, name: String) -> Result<i64> {
    let name = name.as_str();
    orm::transaction(db, async |tx| {
        let row = user(name, 1)
            .upsert()
            .on_conflict(User::EMAIL)
            .update_all()
            .fetch_one(&tx)
            .await?;
        let found = User::get(row.id).fetch_one(&tx).await?;
        Ok(found.id)
    })
    .await
}

fn is_send<T: Send>(value: T) -> T {
    value
}

pub(crate) async fn it_runs_in_a_handler_that_borrows(site: Site) {
    let db = database(&site).await;
    let id = is_send(handler(&db, "ann".to_owned()))
        .await
        .expect("a transaction");
    assert_eq!(users(&db).await[0].id, id);
}

pub(crate) async fn a_handle_kept_too_long_is_refused(site: Site) {
    let db = database(&site).await;
    let (give, mut take) = tokio::sync::mpsc::channel(1);
    orm::transaction(&db, async |tx| {
        give.send(tx).await.expect("somebody keeps it");
        Ok::<_, orm::Error>(())
    })
    .await
    .expect("a transaction");
    let kept = take.recv().await.expect("the handle");
    let error = user("ann", 1)
        .insert()
        .execute(&kept)
        .await
        .expect_err("it is over");
    assert_eq!(error.kind(), ErrorKind::Transaction);
}

/// Two transactions read the same row and then both update it: one of them has to start over.
pub(crate) async fn a_serialization_failure_runs_again(site: Site) {
    let pool = orm::pool_options()
        .after_connect(|connection, _| {
            Box::pin(async move {
                let isolation = "SET default_transaction_isolation TO 'repeatable read'";
                sqlx::raw_sql(isolation).execute(connection).await.map(drop)
            })
        })
        .connect(site.url())
        .await
        .expect("a pool");
    database(&site).await;
    let db = Db::from(pool);
    NewUser {
        score: Some(0),
        ..user("ann", 1)
    }
    .insert()
    .execute(&db)
    .await
    .expect("an insert");

    let runs = AtomicU32::new(0);
    let both_have_read = Barrier::new(2);
    let add_one = async || {
        orm::transaction(&db, async |tx| {
            let before = User::find(User::EMAIL, "ann").fetch_one(&tx).await?;
            // Only the first round of both has to meet.
            if runs.fetch_add(1, Ordering::SeqCst) < 2 {
                both_have_read.wait().await;
            }
            let after = User {
                score: before.score.map(|score| score + 1),
                ..before
            };
            after
                .upsert()
                .on_primary_key()
                .update(User::SCORE)
                .execute(&tx)
                .await
        })
        .await
    };
    let (left, right) = tokio::join!(add_one(), add_one());
    left.expect("the first is done");
    right.expect("the second is done after a second try");
    assert_eq!(users(&db).await[0].score, Some(2));
    assert_eq!(runs.load(Ordering::SeqCst), 3);
}

pub(crate) async fn a_conflict_that_was_swallowed_is_not_called_success(site: Site) {
    let db = database(&site).await;
    user("ann", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let runs = AtomicU32::new(0);
    let locked = Barrier::new(2);

    // Each holds one row and wants the other: the server stops one of them.
    user("bob", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let update = async |tx: &orm::Tx, name: &str| {
        user(name, 2)
            .upsert()
            .on_conflict(User::EMAIL)
            .update(User::VERSION)
            .execute(tx)
            .await
    };
    let cross = async |first: &'static str, second: &'static str| {
        orm::transaction(&db, async |tx| {
            update(&tx, first).await?;
            if runs.fetch_add(1, Ordering::SeqCst) < 2 {
                locked.wait().await;
            }
            // The error is swallowed on purpose.
            drop(update(&tx, second).await);
            Ok::<_, orm::Error>(())
        })
        .await
    };
    let (left, right) = tokio::join!(cross("ann", "bob"), cross("bob", "ann"));
    left.expect("one goes through");
    right.expect("the other does after a second try");
    assert_eq!(runs.load(Ordering::SeqCst), 3);
    assert!(users(&db).await.iter().all(|user| user.version == 2));
}

pub(crate) async fn an_error_that_was_swallowed_is_not_called_success(site: Site) {
    let db = database(&site).await;
    let swallowed = orm::transaction(&db, async |tx| {
        user("ann", 1).insert().execute(&tx).await?;
        // The key is taken, and nobody is told.
        drop(user("ann", 1).insert().execute(&tx).await);
        Ok::<_, orm::Error>(())
    })
    .await;
    match site.backend() {
        // There a statement fails alone, and the rest is kept.
        Backend::Sqlite => {
            swallowed.expect("a transaction");
            assert_eq!(users(&db).await.len(), 1);
        }
        Backend::Postgres(_) => {
            let error = swallowed.expect_err("nothing could be kept");
            assert_eq!(error.kind(), ErrorKind::Transaction, "{error}");
            assert!(users(&db).await.is_empty());
        }
    }
}
