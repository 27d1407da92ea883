//! The tables that declarations make.

use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::{Backend, Site};

use crate::tables::{User, database, user};

pub(crate) async fn making_tables_twice_changes_nothing(site: Site) {
    let db = database(&site).await;
    user("ann", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    orm::create_tables!(&db, User)
        .await
        .expect("there is nothing left to do");
    assert_eq!(User::select().count(&db).await.expect("a count"), 1);
}

pub(crate) async fn eight_at_once_make_the_same_table(site: Site) {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let url = site.url().to_owned();
        tasks.spawn(async move {
            let db = orm::connect(&url).await?;
            orm::create_tables!(&db, User).await
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.expect("no panic").expect("none of them fails");
    }
}

pub(crate) async fn declared_keys_and_nulls_are_enforced(site: Site) {
    let db = database(&site).await;
    user("ann", 1)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    let same_nick = crate::tables::NewUser {
        email: "other".to_owned(),
        ..user("ann", 1)
    };
    let error = same_nick
        .insert()
        .execute(&db)
        .await
        .expect_err("team and nick are a key");
    assert_eq!(error.kind(), ErrorKind::UniqueViolation);
    let error = insert_null(&db).await;
    assert!(error.contains("NULL") || error.contains("null"), "{error}");
}

async fn insert_null(db: &Db) -> String {
    let sql = "INSERT INTO users (email, team, nick, version) VALUES (NULL, 1, 'x', 1)";
    let done = if let Some(pool) = db.postgres() {
        sqlx::query(sql).execute(pool).await.map(drop)
    } else {
        sqlx::query(sql)
            .execute(db.sqlite().expect("the other"))
            .await
            .map(drop)
    };
    done.expect_err("an address is never NULL").to_string()
}

pub(crate) async fn the_default_of_now_is_what_the_encoder_writes(site: Site) {
    let db = database(&site).await;
    let before = chrono::Utc::now() - chrono::TimeDelta::seconds(5);
    let row = user("ann", 1)
        .insert()
        .fetch_one(&db)
        .await
        .expect("an insert");
    assert!(
        row.created_at > before
            && row.created_at < chrono::Utc::now() + chrono::TimeDelta::seconds(5)
    );
    // A value that went through the encoder is found by equality with what the default wrote.
    let same = User::select()
        .filter(User::CREATED_AT.eq(row.created_at))
        .count(&db)
        .await;
    assert_eq!(same.expect("a count"), 1);
}

pub(crate) async fn what_a_database_lacks_is_refused(site: Site) {
    #[derive(Table)]
    #[table(schema = "elsewhere")]
    struct Apart {
        #[column(primary_key)]
        id: i64,
    }

    let db = orm::connect(site.url()).await.expect("a database");
    let error = orm::create_tables!(&db, Apart)
        .await
        .expect_err("it cannot be made");
    match site.backend() {
        Backend::Sqlite => {
            assert_eq!(error.kind(), ErrorKind::Unsupported);
            assert_eq!(error.table(), Some("aparts"));
            assert!(
                error.to_string().contains("SQLite has no schemas"),
                "{error}"
            );
        }
        // There a schema is something that has to be made first.
        Backend::Postgres(_) => assert_eq!(error.kind(), ErrorKind::Configuration, "{error}"),
    }
}
