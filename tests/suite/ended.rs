//! A transaction that SQLite ends by itself: a trigger or a constraint that rolls back, a database that is full.
//! Nothing is acknowledged in it any more, and its connection is whole again.

use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::Site;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Connection as _, SqlitePool};

#[derive(Table, Debug, Clone, PartialEq)]
struct Note {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    title: String,
    body: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Label {
    #[column(primary_key)]
    id: i64,
}

/// How a database comes to end a transaction.
#[derive(Debug, Clone, Copy)]
enum End {
    Trigger,
    Constraint,
    Full,
}

const ENDS: [End; 3] = [End::Trigger, End::Constraint, End::Full];

fn note(id: i64) -> Note {
    Note {
        id,
        title: format!("title {id}"),
        body: "short".to_owned(),
    }
}

impl End {
    /// A record that ends the transaction it is written in.
    fn bad(self, id: i64) -> Note {
        match self {
            Self::Trigger => Note {
                title: "bad".to_owned(),
                ..note(id)
            },
            Self::Constraint => Note {
                title: "taken".to_owned(),
                ..note(id)
            },
            Self::Full => Note {
                body: "long".repeat(200_000),
                ..note(id)
            },
        }
    }

    /// The tables, and what lies in wait.
    async fn lie_in_wait(self, pool: &SqlitePool) {
        let on_conflict = match self {
            Self::Constraint => "ON CONFLICT ROLLBACK",
            Self::Trigger | Self::Full => "",
        };
        let mut made = format!(
            "CREATE TABLE notes (id integer PRIMARY KEY, title text NOT NULL UNIQUE {on_conflict}, \
             body text NOT NULL);
             INSERT INTO notes VALUES (0, 'taken', '');"
        );
        made += match self {
            Self::Trigger => {
                "CREATE TRIGGER stop BEFORE INSERT ON notes WHEN NEW.title = 'bad'
                 BEGIN SELECT RAISE(ROLLBACK, 'refused'); END"
            }
            Self::Constraint => "",
            Self::Full => "PRAGMA max_page_count = 40",
        };
        sqlx::raw_sql(sqlx::AssertSqlSafe(made))
            .execute(pool)
            .await
            .expect("the tables");
    }
}

/// A pool of one connection, in memory and in a file.
async fn pools(site: &Site) -> Vec<(String, Db, SqlitePool, End)> {
    let mut all = Vec::new();
    for end in ENDS {
        for in_memory in [true, false] {
            for foreign_keys in [true, false] {
                let file = site.url().replace("test.db", &format!("{}.db", all.len()));
                let url = if in_memory { "sqlite::memory:" } else { &file };
                let options: SqliteConnectOptions = url.parse().expect("an address");
                let options = options.create_if_missing(true).foreign_keys(foreign_keys);
                let pool = SqlitePoolOptions::new().max_connections(1);
                let pool = pool.connect_with(options).await.expect("a pool");
                end.lie_in_wait(&pool).await;
                let say = format!("{end:?} in memory {in_memory}, foreign keys {foreign_keys}");
                all.push((say, Db::from(pool.clone()), pool, end));
            }
        }
    }
    all
}

/// The ids that are stored, besides the one that was there before.
async fn stored(db: &Db) -> Vec<i64> {
    let notes = Note::select().filter(Note::ID.gt(0)).order_by(Note::ID);
    let notes = notes.fetch_all(db).await.expect("they can be read");
    notes.iter().map(|note| note.id).collect()
}

/// The one connection of the pool does all that it did before, and nothing that it says is lost.
async fn is_whole(say: &str, db: &Db, pool: &SqlitePool) {
    let before = stored(db).await;
    note(900).insert().execute(db).await.expect(say);
    orm::transaction(db, async |tx| note(901).insert().execute(&tx).await)
        .await
        .expect(say);
    let batch = [note(902), note(903)];
    batch.insert().execute(db).await.expect(say);
    note(904)
        .upsert()
        .on_primary_key()
        .update_all()
        .outcome(db)
        .await
        .expect(say);
    let mut tx = pool.begin().await.expect(say);
    note(905).insert().execute(&mut *tx).await.expect(say);
    tx.commit().await.expect(say);
    // What is not committed is gone now.
    let rolled_back = sqlx::raw_sql("ROLLBACK").execute(pool).await;
    assert!(rolled_back.is_err(), "{say}: a transaction was left open");
    let all = [before, (900..=905).collect()].concat();
    assert_eq!(stored(db).await, all, "{say}");
    let tidy = Note::delete().filter(Note::ID.ge(900)).execute(db).await;
    tidy.expect(say);
}

pub(crate) async fn a_transaction_that_has_ended_is_an_error(site: Site) {
    for (say, db, pool, end) in pools(&site).await {
        let refused = orm::transaction(&db, async |tx| {
            note(1).insert().execute(&tx).await?;
            end.bad(2).insert().execute(&tx).await?;
            note(3).insert().execute(&tx).await
        });
        let error = refused.await.expect_err(&say);
        assert_ne!(error.kind(), ErrorKind::Transaction, "{say}: {error}");
        assert!(stored(&db).await.is_empty(), "{say}");
        is_whole(&say, &db, &pool).await;
    }
}

pub(crate) async fn an_end_that_was_swallowed_is_told_by_all_that_follows(site: Site) {
    for (say, db, pool, end) in pools(&site).await {
        let swallowed = orm::transaction(&db, async |tx| {
            note(1).insert().execute(&tx).await?;
            end.bad(2).insert().execute(&tx).await.expect_err(&say);
            let later = [
                note(3).insert().execute(&tx).await.map(drop),
                [note(4), note(5)].insert().execute(&tx).await.map(drop),
                note(6)
                    .upsert()
                    .on_primary_key()
                    .update_all()
                    .outcome(&tx)
                    .await
                    .map(drop),
                Note::select().count(&tx).await.map(drop),
                orm::create_tables!(&tx, Note).await,
            ];
            for error in later {
                let error = error.expect_err(&say);
                assert_eq!(error.kind(), ErrorKind::Transaction, "{say}: {error}");
                assert!(error.to_string().contains("rolled back"), "{error}");
            }
            Ok::<_, orm::Error>(())
        });
        let error = swallowed.await.expect_err(&say);
        assert_eq!(error.kind(), ErrorKind::Transaction, "{say}: {error}");
        assert!(!error.is_transient(), "{say}: {error}");
        assert!(stored(&db).await.is_empty(), "{say}");
        is_whole(&say, &db, &pool).await;
    }
}

pub(crate) async fn every_statement_of_a_transaction_tells_it(site: Site) {
    for (say, db, pool, end) in pools(&site).await {
        for way in 0..8 {
            let ended = orm::transaction(&db, async |tx| {
                note(1).insert().execute(&tx).await?;
                let bad = end.bad(2);
                let many = [note(7), bad.clone(), note(8)];
                let error = match way {
                    0 => bad.insert().execute(&tx).await.map(drop),
                    1 => bad.insert().fetch_one(&tx).await.map(drop),
                    2 => many.insert().fetch_all(&tx).await.map(drop),
                    3 => {
                        let upsert = bad.upsert().on_primary_key().update_all();
                        upsert.outcome(&tx).await.map(drop)
                    }
                    4 => {
                        let upsert = bad.upsert().on_primary_key().get_or_insert();
                        upsert.fetch_one(&tx).await.map(drop)
                    }
                    5 => many.upsert_on(Note::ID).report(&tx).await.map(drop),
                    6 => many.upsert_on(Note::ID).outcomes(&tx).await.map(drop),
                    _ => orm::sql!("INSERT INTO {Note} VALUES ({bad.id}, {bad.title}, {bad.body})")
                        .execute(&tx)
                        .await
                        .map(drop),
                };
                assert!(error.is_err(), "{say}, {way}");
                let later = note(3).insert().execute(&tx).await;
                Ok::<_, orm::Error>(later.is_ok())
            });
            // A batch may undo a part of its own; what has ended all of it is never called success.
            match ended.await {
                Ok(went_on) => {
                    assert!(went_on, "{say}, {way}");
                    assert_eq!(stored(&db).await, [1, 3], "{say}, {way}");
                    Note::delete()
                        .filter(Note::ID.gt(0))
                        .execute(&db)
                        .await
                        .expect(&say);
                }
                Err(error) => {
                    assert_eq!(
                        error.kind(),
                        ErrorKind::Transaction,
                        "{say}, {way}: {error}"
                    );
                    assert!(stored(&db).await.is_empty(), "{say}, {way}");
                }
            }
            is_whole(&say, &db, &pool).await;
        }
    }
}

pub(crate) async fn a_batch_that_has_ended_leaves_nothing_open(site: Site) {
    for (say, db, pool, end) in pools(&site).await {
        for at in [0, 7, 19] {
            let mut batch: Vec<_> = (1..=20).map(note).collect();
            batch[at] = end.bad(batch[at].id);
            let upsert = || batch.upsert_on(Note::ID);
            let refused = [
                upsert().execute(&db).await.map(drop),
                upsert().report(&db).await.map(drop),
                upsert().fetch_all(&db).await.map(drop),
                upsert().outcomes(&db).await.map(drop),
                batch.as_slice().insert().execute(&db).await.map(drop),
            ];
            for error in refused {
                assert!(error.is_err(), "{say}, {at}");
            }
            assert!(stored(&db).await.is_empty(), "{say}, {at}");
            is_whole(&say, &db, &pool).await;
        }
        let bad = end.bad(2);
        let upsert = bad.upsert().on_primary_key().update_all();
        upsert.outcome(&db).await.expect_err(&say);
        is_whole(&say, &db, &pool).await;
    }
}

pub(crate) async fn a_transaction_of_sqlx_that_has_ended_cannot_be_committed(site: Site) {
    for (say, db, pool, end) in pools(&site).await {
        for way in 0..3 {
            let mut tx = pool.begin().await.expect(&say);
            note(1).insert().execute(&mut *tx).await.expect(&say);
            let bad = end.bad(2);
            let many = [note(7), bad.clone(), note(8)];
            let error = match way {
                0 => bad.insert().execute(&mut *tx).await.map(drop),
                1 => many.insert().execute(&mut *tx).await.map(drop),
                _ => many.upsert_on(Note::ID).outcomes(&mut *tx).await.map(drop),
            };
            assert!(error.is_err(), "{say}, {way}");
            let later = note(3).insert().execute(&mut *tx).await;
            let nested = async {
                let mut inner = tx.begin().await?;
                note(4).insert().execute(&mut *inner).await.ok();
                inner.commit().await
            };
            let nested = nested.await;
            let committed = tx.commit().await;
            let there = stored(&db).await;
            if committed.is_ok() {
                assert!(later.is_ok() && nested.is_ok(), "{say}, {way}");
                assert_eq!(there, [1, 3, 4], "{say}, {way}");
            } else if say.ends_with("true") {
                assert!(there.is_empty(), "{say}, {way}: {there:?}");
            } else {
                // Where no foreign key can keep it from being committed, the rest stands for itself.
                assert!(!there.contains(&1), "{say}, {way}: {there:?}");
            }
            Note::delete()
                .filter(Note::ID.gt(0))
                .execute(&db)
                .await
                .expect(&say);
            is_whole(&say, &db, &pool).await;
        }
    }
}

pub(crate) async fn a_full_database_is_said_of_tables_too(site: Site) {
    for (say, db, pool, end) in pools(&site).await {
        if !matches!(end, End::Full) {
            continue;
        }
        let mut filled = Vec::new();
        for id in 1.. {
            let row = Note {
                body: "some".repeat(700),
                ..note(id)
            };
            match row.insert().execute(&db).await {
                Ok(_) => filled.push(id),
                Err(_) => break,
            }
        }
        orm::create_tables!(&db, Label).await.expect_err(&say);
        let within = orm::transaction(&db, async |tx| {
            Note::delete().filter(Note::ID.eq(1)).execute(&tx).await?;
            // It may fit now.
            orm::create_tables!(&tx, Label).await.ok();
            end.bad(1).insert().execute(&tx).await
        });
        within.await.expect_err(&say);
        assert_eq!(stored(&db).await, filled, "{say}");
        Note::delete()
            .filter(Note::ID.gt(0))
            .execute(&db)
            .await
            .expect(&say);
        is_whole(&say, &db, &pool).await;
    }
}

pub(crate) async fn what_sqlx_alone_has_left_is_mended(site: Site) {
    for (say, db, pool, end) in pools(&site).await {
        let bad = end.bad(2);
        let mut tx = pool.begin().await.expect(&say);
        let refused = sqlx::query("INSERT INTO notes VALUES (?, ?, ?)")
            .bind(bad.id)
            .bind(bad.title)
            .bind(bad.body)
            .execute(&mut *tx)
            .await;
        refused.expect_err(&say);
        drop(tx);
        is_whole(&say, &db, &pool).await;
    }
}

/// A statement in an old snapshot can never be written: waiting does not help, only the whole once more.
pub(crate) async fn an_old_snapshot_is_no_busy_database(site: Site) {
    let db = orm::connect(site.url()).await.expect("a file");
    orm::create_tables!(&db, Note).await.expect("the table");
    note(1).insert().execute(&db).await.expect("an insert");
    let pool = db.sqlite().expect("SQLite");
    let mut old = pool.begin().await.expect("a transaction");
    assert_eq!(Note::select().count(&mut *old).await.expect("a count"), 1);
    note(2).insert().execute(&db).await.expect("an insert");
    for _ in 0..3 {
        let error = note(3).insert().execute(&mut *old).await;
        let error = error.expect_err("its snapshot is old");
        assert_eq!(error.code().as_deref(), Some("517"), "{error}");
        assert_eq!(error.kind(), ErrorKind::Serialization, "{error}");
        assert!(error.to_string().contains("whole transaction"), "{error}");
        let batch = [note(3), note(4)];
        let error = batch.insert().execute(&mut *old).await;
        let error = error.expect_err("its snapshot is old");
        assert_eq!(error.kind(), ErrorKind::Serialization, "{error}");
    }
    old.rollback().await.expect("a rollback");
    orm::transaction(&db, async |tx| {
        Note::select().count(&tx).await?;
        note(3).insert().execute(&tx).await
    })
    .await
    .expect("all of it once more");
    let mut held = pool.acquire().await.expect("a connection");
    let mut other = held.begin().await.expect("a transaction");
    note(4)
        .insert()
        .execute(&mut *other)
        .await
        .expect("an insert");
    other.commit().await.expect("a commit");
}
