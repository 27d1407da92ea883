//! A sequence that is behind the rows of its table, which came with ids of their own.

use orm::prelude::*;
use orm::{Db, Error, ErrorKind, Result};
use orm_tests::{Backend, Site};

use crate::tables::{NewUser, User, ann, database, user, users};

/// Users 1 to 5 that were written with their ids, as a copy from elsewhere is.
async fn copied(db: &Db) {
    let row = ann(db).await;
    for id in 1..=5 {
        let copy = User {
            id,
            email: format!("copy {id}"),
            nick: format!("copy {id}"),
            ..row.clone()
        };
        copy.upsert()
            .on_primary_key()
            .update((User::EMAIL, User::NICK))
            .execute(db)
            .await
            .expect("an upsert");
    }
}

fn assert_told(say: &str, error: &Error) {
    assert_eq!(error.kind(), ErrorKind::UniqueViolation, "{say}: {error}");
    assert_eq!(error.key(), Some("users_pkey"), "{say}");
    assert_eq!(error.table(), Some("users"), "{say}");
    assert!(error.rows().is_empty(), "{say}: no record is to blame");
    assert!(!error.is_data() && !error.is_transient(), "{say}");
    let said = error.to_string();
    assert!(
        said.contains("the sequence of `id` is behind")
            && said.contains(
                r#"SELECT setval(pg_get_serial_sequence('"users"', 'id'), (SELECT max("id") FROM "users"))"#
            ),
        "{say}: {said}"
    );
}

pub(crate) async fn every_terminal_says_that_it_is_behind(site: Site) {
    let db = database(&site).await;
    copied(&db).await;
    let pool = db.postgres().expect("PostgreSQL");
    // Before each call the sequence is as far behind as it can be.
    let back = async || {
        let text = "SELECT setval(pg_get_serial_sequence('users', 'id'), 1, false)";
        sqlx::query(text).execute(pool).await.expect("it is set");
    };
    let record = user("new", 1);
    let upsert = || record.upsert_on(User::EMAIL);
    let some = [user("x", 1), user("y", 1)];
    let many: Vec<_> = (0..40).map(|each| user(&each.to_string(), 1)).collect();

    let mut told: Vec<(&str, Result<()>)> = Vec::new();
    back().await;
    told.push(("insert", record.insert().execute(&db).await.map(drop)));
    back().await;
    told.push(("insert", record.insert().fetch_one(&db).await.map(drop)));
    back().await;
    told.push(("execute", upsert().execute(&db).await.map(drop)));
    back().await;
    told.push(("fetch_one", upsert().fetch_one(&db).await.map(drop)));
    back().await;
    told.push(("outcome", upsert().outcome(&db).await.map(drop)));
    back().await;
    let guarded = upsert().keep_newest(User::VERSION);
    told.push(("guarded", guarded.fetch_optional(&db).await.map(drop)));
    back().await;
    let found = record.upsert().on_conflict(User::EMAIL).get_or_insert();
    told.push(("get_or_insert", found.fetch_one(&db).await.map(drop)));
    back().await;
    let batch = some.upsert_on(User::EMAIL);
    told.push(("execute of a batch", batch.execute(&db).await.map(drop)));
    back().await;
    let batch = many.upsert_on(User::EMAIL);
    told.push(("report", batch.report(&db).await.map(drop)));
    back().await;
    let batch = many.upsert_on(User::EMAIL).carrier(Carrier::Copy);
    told.push(("outcomes", batch.outcomes(&db).await.map(drop)));
    back().await;
    let within = orm::transaction(&db, async |tx| record.insert().execute(&tx).await);
    told.push(("in a transaction", within.await.map(drop)));
    for (say, result) in told {
        assert_told(say, &result.expect_err(say));
    }

    // What it says to call is what helps.
    back().await;
    let error = record.insert().execute(&db).await.expect_err("behind");
    let said = error.to_string();
    let call = said.split('`').find(|part| part.starts_with("SELECT"));
    let call = call.expect("a statement").to_owned();
    sqlx::query(sqlx::AssertSqlSafe(call))
        .execute(pool)
        .await
        .expect("it can be called as it stands");
    let row = record.insert().fetch_one(&db).await.expect("an insert");
    assert_eq!(row.id, 6);
}

pub(crate) async fn another_key_or_an_id_of_ones_own_says_nothing_of_it(site: Site) {
    let db = database(&site).await;
    copied(&db).await;
    let pool = db.postgres().expect("PostgreSQL");
    sqlx::query("SELECT setval(pg_get_serial_sequence('users', 'id'), 5)")
        .execute(pool)
        .await
        .expect("it is set");
    // An address that reads like the key.
    let address = NewUser {
        nick: "other".to_owned(),
        ..user("(id)=(1", 1)
    };
    address.insert().execute(&db).await.expect("an insert");
    let errors = [
        // Another key, whose value reads like this one.
        NewUser {
            nick: "other nick".to_owned(),
            ..address
        }
        .insert()
        .execute(&db)
        .await
        .expect_err("the address is taken"),
        // The id that the record itself has.
        User {
            id: 2,
            email: "free".to_owned(),
            nick: "free".to_owned(),
            ..users(&db).await[0].clone()
        }
        .insert()
        .execute(&db)
        .await
        .expect_err("the id is taken"),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::UniqueViolation);
        assert!(error.is_data(), "{error}");
        assert!(!error.to_string().contains("sequence"), "{error}");
    }
}

pub(crate) async fn a_database_without_sequences_goes_on_behind_the_rows(site: Site) {
    assert_eq!(site.backend(), Backend::Sqlite);
    let db = database(&site).await;
    copied(&db).await;
    let row = user("new", 1)
        .insert()
        .fetch_one(&db)
        .await
        .expect("an insert");
    assert_eq!(row.id, 6);
}
