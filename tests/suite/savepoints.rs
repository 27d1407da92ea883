//! A transaction within another one is a savepoint: it fails alone, and the one around it goes on.

use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::StreamExt as _;
use orm::prelude::*;
use orm::{Db, ErrorKind, Tx};
use orm_tests::{Backend, Site};
use tokio::sync::Barrier;

use crate::dropped::polled;
use crate::tables::{User, database, user, users};

async fn names(db: &Db) -> Vec<String> {
    users(db).await.into_iter().map(|user| user.email).collect()
}

pub(crate) async fn ok_keeps_and_err_takes_back(site: Site) {
    let db = database(&site).await;
    orm::transaction(&db, async |tx| {
        user("a", 1).insert().execute(&tx).await?;
        let kept = orm::transaction(&tx, async |tx| {
            user("b", 1).insert().execute(&tx).await?;
            [user("c", 1), user("d", 1)]
                .upsert_on(User::EMAIL)
                .outcomes(&tx)
                .await?;
            Ok::<_, orm::Error>(7)
        });
        assert_eq!(kept.await?, 7);
        let taken_back: Result<(), orm::Error> = orm::transaction(&tx, async |tx| {
            user("e", 1).insert().execute(&tx).await?;
            user("a", 1).insert().execute(&tx).await?;
            Ok(())
        })
        .await;
        let error = taken_back.expect_err("the key is taken");
        assert_eq!(error.kind(), ErrorKind::UniqueViolation, "{error}");
        // An error of the caller's own takes it back as well.
        let by_us: Result<(), String> = async {
            orm::transaction(&tx, async |tx| {
                user("f", 1).insert().execute(&tx).await?;
                Err(Own("enough".to_owned()))
            })
            .await
            .map_err(|Own(say)| say)
        }
        .await;
        assert_eq!(by_us, Err("enough".to_owned()));
        user("g", 1).insert().execute(&tx).await
    })
    .await
    .expect("the transaction goes on");
    assert_eq!(names(&db).await, ["a", "b", "c", "d", "g"]);
}

#[derive(Debug)]
struct Own(String);

impl From<orm::Error> for Own {
    fn from(error: orm::Error) -> Self {
        Self(error.to_string())
    }
}

/// One more level for each name; a name with a `!` is taken back, with all that is in it.
fn nested<'a>(
    tx: &'a Tx,
    names: &'a [&'a str],
) -> futures_core::future::BoxFuture<'a, orm::Result<()>> {
    Box::pin(async move {
        let Some((name, rest)) = names.split_first() else {
            return Ok(());
        };
        let done = orm::transaction(tx, async |tx| {
            user(name, 1).insert().execute(&tx).await?;
            nested(&tx, rest).await?;
            if name.contains('!') {
                user(name, 1).insert().execute(&tx).await?;
            }
            Ok::<_, orm::Error>(())
        })
        .await;
        assert_eq!(done.is_err(), name.contains('!'), "{name}");
        user(&format!("after {name}"), 1)
            .insert()
            .execute(tx)
            .await?;
        Ok(())
    })
}

pub(crate) async fn they_are_nested_to_any_depth(site: Site) {
    let db = database(&site).await;
    orm::transaction(&db, async |tx| {
        nested(&tx, &["1", "2", "3!", "4", "5!", "6"]).await
    })
    .await
    .expect("the transaction goes on");
    let mut names = names(&db).await;
    names.sort_unstable();
    assert_eq!(names, ["1", "2", "after 1", "after 2", "after 3!"]);
}

pub(crate) async fn an_error_swallowed_within_is_told_to_the_savepoint_alone(site: Site) {
    let db = database(&site).await;
    orm::transaction(&db, async |tx| {
        user("a", 1).insert().execute(&tx).await?;
        let swallowed = orm::transaction(&tx, async |tx| {
            user("b", 1).insert().execute(&tx).await?;
            drop(user("a", 1).insert().execute(&tx).await);
            Ok::<_, orm::Error>(())
        })
        .await;
        match site.backend() {
            Backend::Sqlite => swallowed.expect("a statement fails alone"),
            Backend::Postgres(_) => {
                let error = swallowed.expect_err("nothing of it could be kept");
                assert_eq!(error.kind(), ErrorKind::Transaction, "{error}");
            }
        }
        user("c", 1).insert().execute(&tx).await
    })
    .await
    .expect("the transaction goes on");
    let kept = names(&db).await;
    match site.backend() {
        Backend::Sqlite => assert_eq!(kept, ["a", "b", "c"]),
        Backend::Postgres(_) => assert_eq!(kept, ["a", "c"]),
    }
}

pub(crate) async fn only_the_innermost_handle_runs_statements(site: Site) {
    let db = database(&site).await;
    orm::transaction(&db, async |outer| {
        let (outer, kept) = (&outer, std::sync::Mutex::new(None));
        orm::transaction(outer, async |tx| {
            user("a", 1).insert().execute(&tx).await?;
            let refused = [
                user("b", 1).insert().execute(outer).await.map(drop),
                User::select().count(outer).await.map(drop),
                [user("c", 1), user("d", 1)]
                    .insert()
                    .execute(outer)
                    .await
                    .map(drop),
                User::select()
                    .fetch(outer)
                    .next()
                    .await
                    .expect("an answer")
                    .map(drop),
                orm::transaction(outer, async |tx| user("e", 1).insert().execute(&tx).await)
                    .await
                    .map(drop),
            ];
            for error in refused {
                let error = error.expect_err("a savepoint is open");
                assert_eq!(error.kind(), ErrorKind::Transaction, "{error}");
                assert!(
                    error.to_string().contains("its closure was given"),
                    "{error}"
                );
            }
            User::select().count(&tx).await?;
            *kept.lock().expect("nobody panics") = Some(tx);
            Ok::<_, orm::Error>(())
        })
        .await?;
        let kept = kept.lock().expect("nobody panics").take();
        let kept = kept.expect("a handle");
        let error = User::select().count(&kept).await;
        let error = error.expect_err("the savepoint is over");
        assert_eq!(error.kind(), ErrorKind::Transaction, "{error}");
        orm::transaction(outer, async |tx| {
            let error = User::select().count(&kept).await;
            error.expect_err("and stays so when another one is open");
            user("f", 1).insert().execute(&tx).await
        })
        .await?;
        // A stream of the one around it is in the way.
        let mut rows = User::select().fetch(outer);
        rows.next().await.expect("a row")?;
        let error = orm::transaction(outer, async |tx| User::select().count(&tx).await).await;
        let error = error.expect_err("a stream is open");
        assert!(error.to_string().contains("collect it first"), "{error}");
        drop(rows);
        user("g", 1).insert().execute(outer).await
    })
    .await
    .expect("the transaction goes on");
    assert_eq!(names(&db).await, ["a", "f", "g"]);
}

pub(crate) async fn a_conflict_within_runs_the_whole_again(site: Site) {
    let db = database(&site).await;
    for name in ["ann", "bob"] {
        user(name, 1)
            .insert()
            .execute(&db)
            .await
            .expect("an insert");
    }
    for swallowed in [false, true] {
        let (whole, within) = (AtomicU32::new(0), AtomicU32::new(0));
        let locked = Barrier::new(2);
        let update = async |tx: &Tx, name: &str| {
            let record = user(name, 2);
            let upsert = record.upsert().on_conflict(User::EMAIL);
            upsert.update(User::VERSION).execute(tx).await
        };
        let cross = async |first: &'static str, second: &'static str| {
            orm::transaction(&db, async |tx| {
                update(&tx, first).await?;
                if whole.fetch_add(1, Ordering::SeqCst) < 2 {
                    locked.wait().await;
                }
                let inner = orm::transaction(&tx, async |tx| {
                    within.fetch_add(1, Ordering::SeqCst);
                    update(&tx, second).await
                });
                match inner.await {
                    Err(error) if !swallowed => Err(error),
                    Ok(_) | Err(_) => Ok(()),
                }
            })
            .await
        };
        let (left, right) = tokio::join!(cross("ann", "bob"), cross("bob", "ann"));
        left.expect("one goes through");
        right.expect("the other does after a second try");
        let counted = [whole, within].map(|count| count.load(Ordering::SeqCst));
        // The second try may meet the other one once more.
        assert!(
            counted.into_iter().all(|count| count >= 3),
            "swallowed {swallowed}: {counted:?}"
        );
    }
    assert!(users(&db).await.iter().all(|user| user.version == 2));
}

pub(crate) async fn one_that_is_dropped_takes_the_whole_along(site: Site) {
    let db = database(&site).await;
    for fails in [false, true] {
        let mut polls = 0;
        loop {
            let say = format!("fails {fails}, {polls} polls");
            let name = |part: &str| format!("{say} {part}");
            let ended = orm::transaction(&db, async |tx| {
                user(&name("before"), 1).insert().execute(&tx).await?;
                let inner = orm::transaction(&tx, async |tx| {
                    user(&name("within"), 1).insert().execute(&tx).await?;
                    let again = if fails { "within" } else { "more" };
                    user(&name(again), 1).insert().execute(&tx).await
                });
                let done = polled(inner, polls).await;
                let after = user(&name("after"), 1).insert().execute(&tx).await;
                if let Err(error) = &after {
                    assert_eq!(error.kind(), ErrorKind::Transaction, "{say}: {error}");
                }
                Ok::<_, orm::Error>((done, after.is_ok()))
            });
            let ended = ended.await;
            let there = |part: &str| User::find(User::EMAIL, name(part)).fetch_optional(&db);
            let mut stored = Vec::new();
            for part in ["before", "within", "more", "after"] {
                stored.push(there(part).await.expect(&say).is_some());
            }
            let done = match ended {
                Ok((done, after)) => {
                    assert!(after, "{say}");
                    let inner = done && !fails;
                    assert_eq!(stored, [true, inner, inner, true], "{say}");
                    done
                }
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Transaction, "{say}: {error}");
                    assert_eq!(stored, [false; 4], "{say}");
                    false
                }
            };
            user(&name("later"), 1)
                .insert()
                .execute(&db)
                .await
                .expect(&say);
            assert!(there("later").await.expect(&say).is_some(), "{say}");
            if done {
                break;
            }
            polls += 1;
            assert!(polls < 1_000, "it never ends");
        }
    }
}

pub(crate) async fn pools_of_sqlx_have_them_too(site: Site) {
    macro_rules! within {
        ($pool:expr) => {
            orm::transaction($pool, async |tx| {
                user("a", 1).insert().execute(&tx).await?;
                let refused = orm::transaction(&tx, async |tx| {
                    user("b", 1).insert().execute(&tx).await?;
                    user("a", 1).insert().execute(&tx).await
                });
                refused.await.expect_err("the key is taken");
                orm::transaction(&tx, async |tx| user("c", 1).insert().execute(&tx).await).await
            })
            .await
            .expect("the transaction goes on")
        };
    }
    let db = database(&site).await;
    match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => within!(pool),
        (_, Some(pool)) => within!(pool),
        _ => panic!("it is one of them"),
    };
    assert_eq!(names(&db).await, ["a", "c"]);
}

pub(crate) async fn what_sqlite_has_ended_is_told_at_every_level(site: Site) {
    let db = database(&site).await;
    let trigger = "CREATE TRIGGER stop BEFORE INSERT ON users WHEN NEW.email = 'bad'
                   BEGIN SELECT RAISE(ROLLBACK, 'refused'); END";
    let pool = db.sqlite().expect("SQLite");
    let made = sqlx::raw_sql(trigger).execute(pool).await;
    made.expect("a trigger");
    let ended = orm::transaction(&db, async |tx| {
        user("a", 1).insert().execute(&tx).await?;
        let inner = orm::transaction(&tx, async |tx| {
            let innermost =
                orm::transaction(&tx, async |tx| user("bad", 1).insert().execute(&tx).await);
            innermost.await.expect_err("it is refused");
            let error = user("b", 1).insert().execute(&tx).await;
            let error = error.expect_err("all of it has ended");
            assert_eq!(error.kind(), ErrorKind::Transaction, "{error}");
            Ok::<_, orm::Error>(())
        });
        let error = inner.await.expect_err("nothing of it could be kept");
        assert_eq!(error.kind(), ErrorKind::Transaction, "{error}");
        let error = user("c", 1).insert().execute(&tx).await;
        error.expect_err("all of it has ended");
        Ok::<_, orm::Error>(())
    });
    let error = ended.await.expect_err("nothing of it could be kept");
    assert_eq!(error.kind(), ErrorKind::Transaction, "{error}");
    assert!(users(&db).await.is_empty());
    orm::transaction(&db, async |tx| user("d", 1).insert().execute(&tx).await)
        .await
        .expect("the pool is whole");
    assert_eq!(names(&db).await, ["d"]);
}
