//! Everything that an upsert can do with a stored row.

use orm::Result;
use orm::prelude::*;
use orm_tests::Site;

use crate::tables::{NewUser, User, ann, database, user, users};

pub(crate) async fn upsert_on_is_short_for_update_all(site: Site) {
    let db = database(&site).await;
    let before = ann(&db).await;
    let row = user("ann", 2)
        .upsert_on(User::EMAIL)
        .fetch_one(&db)
        .await
        .expect("an upsert");
    assert_eq!(
        row,
        User {
            score: None,
            version: 2,
            ..before
        }
    );
}

pub(crate) async fn update_except_spares_a_column(site: Site) {
    let db = database(&site).await;
    let before = ann(&db).await;
    let record = user("ann", 2);
    let upsert = record
        .upsert()
        .on_conflict(User::EMAIL)
        .update_except(User::SCORE);
    let row = upsert.fetch_one(&db).await.expect("an upsert");
    assert_eq!(
        row,
        User {
            version: 2,
            ..before
        }
    );
}

pub(crate) async fn a_column_is_set_to_a_value(site: Site) {
    let db = database(&site).await;
    let before = ann(&db).await;
    let row = user("ann", 2)
        .upsert()
        .on_conflict(User::EMAIL)
        .update(User::VERSION)
        .set(User::NICK, "renamed")
        .set(User::SCORE, 7)
        .fetch_one(&db)
        .await
        .expect("an upsert");
    let renamed = User {
        version: 2,
        nick: "renamed".to_owned(),
        score: Some(7),
        ..before
    };
    assert_eq!(row, renamed);
    let record = user("ann", 3);
    let upsert = record
        .upsert()
        .on_conflict(User::EMAIL)
        .set(User::SCORE, None);
    let row = upsert.fetch_one(&db).await.expect("an upsert");
    assert_eq!(
        row,
        User {
            score: None,
            ..renamed
        }
    );
}

pub(crate) async fn a_column_is_computed_from_both_rows(site: Site) {
    let db = database(&site).await;
    ann(&db).await;
    let add = || NewUser {
        score: Some(3),
        ..user("ann", 10)
    };
    let row = add()
        .upsert()
        .on_conflict(User::EMAIL)
        .set_with(User::SCORE, |old, new| old.score + new.score)
        .set_with(User::VERSION, |old, new| {
            (old.version + 1) * 2 - new.version
        })
        .set(User::NICK, "b")
        .where_(|old, _| old.nick.eq("ann"))
        .fetch_optional(&db)
        .await
        .expect("an upsert")
        .expect("a row");
    assert_eq!(
        (row.score, row.version, row.nick.as_str()),
        (Some(8), -6, "b")
    );
}

pub(crate) async fn coalesce_keeps_what_the_record_has_not(site: Site) {
    let db = database(&site).await;
    ann(&db).await;
    let upsert = async |score| -> Result<User> {
        let record = NewUser {
            score,
            team: 2,
            ..user("ann", 2)
        };
        record
            .upsert()
            .on_conflict(User::EMAIL)
            .coalesce(User::SCORE)
            .update(User::TEAM)
            .fetch_one(&db)
            .await
    };
    let row = upsert(None).await.expect("an upsert");
    assert_eq!((row.score, row.team), (Some(5), 2));
    assert_eq!(upsert(Some(6)).await.expect("an upsert").score, Some(6));

    let record = NewUser {
        team: 3,
        ..user("ann", 3)
    };
    let row = record
        .upsert()
        .on_conflict(User::EMAIL)
        .coalesce_all()
        .fetch_one(&db)
        .await;
    let row = row.expect("an upsert");
    assert_eq!((row.score, row.team, row.version), (Some(6), 3, 3));
}

pub(crate) async fn get_or_insert_gives_the_row_either_way(site: Site) {
    let db = database(&site).await;
    let record = user("ann", 1);
    let upsert = || record.upsert().on_conflict(User::EMAIL).get_or_insert();
    assert!(matches!(
        upsert().outcome(&db).await,
        Ok(Found::Inserted(_))
    ));
    let other = NewUser {
        score: Some(9),
        ..user("ann", 2)
    };
    let found = other
        .upsert()
        .on_conflict(User::EMAIL)
        .get_or_insert()
        .fetch_one(&db)
        .await;
    assert_eq!(found.expect("an upsert").version, 1);
    assert!(matches!(upsert().outcome(&db).await, Ok(Found::Existing(row)) if row.score.is_none()));
    let by_both = record
        .upsert()
        .on_conflict((User::NICK, User::TEAM))
        .get_or_insert();
    assert_eq!(
        by_both.fetch_one(&db).await.expect("an upsert").email,
        "ann"
    );
    assert_eq!(users(&db).await.len(), 1);
}

pub(crate) async fn sixteen_get_or_insert_find_one_row(site: Site) {
    let db = database(&site).await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..16 {
        let db = db.clone();
        tasks.spawn(async move {
            // Alike in the key that is named, and in no other.
            let record = NewUser {
                nick: number.to_string(),
                ..user("ann", number)
            };
            let upsert = record.upsert().on_conflict(User::EMAIL).get_or_insert();
            upsert.outcome(&db).await
        });
    }
    let mut inserted = 0;
    while let Some(done) = tasks.join_next().await {
        let found = done.expect("no panic").expect("an upsert");
        inserted += usize::from(matches!(found, Found::Inserted(_)));
    }
    assert_eq!((inserted, users(&db).await.len()), (1, 1));
}

pub(crate) async fn some_columns_come_back_as_a_tuple(site: Site) {
    let db = database(&site).await;
    let before = ann(&db).await;
    let record = user("ann", 2);
    let upsert = || {
        record
            .upsert()
            .on_conflict(User::EMAIL)
            .update(User::VERSION)
    };
    let (version, id) = upsert()
        .returning((User::VERSION, User::ID))
        .fetch_one(&db)
        .await
        .expect("an upsert");
    assert_eq!((version, id), (2, before.id));
    let score = upsert()
        .returning(User::SCORE)
        .fetch_one(&db)
        .await
        .expect("an upsert");
    assert_eq!(score, Some(5));
    let stale = user("ann", 1);
    let stale = || {
        stale
            .upsert()
            .on_conflict(User::EMAIL)
            .update_all()
            .keep_newest(User::VERSION)
    };
    let skipped = stale().returning(User::ID).fetch_optional(&db).await;
    assert_eq!(skipped.expect("an upsert"), None);
    let skipped = stale()
        .returning(User::ID)
        .outcome(&db)
        .await
        .expect("an upsert");
    assert_eq!(skipped, Outcome::Skipped);
    let updated = upsert()
        .returning(User::ID)
        .outcome(&db)
        .await
        .expect("an upsert");
    assert_eq!(updated, Written::Updated(before.id));
    let found = record
        .upsert()
        .on_conflict(User::EMAIL)
        .get_or_insert()
        .returning(User::NICK);
    assert_eq!(found.fetch_one(&db).await.expect("an upsert"), "ann");
}

/// Keys that are more than columns.
#[derive(Table, Debug, PartialEq)]
#[table(insert = NewAlias)]
#[table(unique(name = "aliases_folded", columns(name), expr = "lower(name)"))]
#[table(unique(name = "aliases_in_use", columns(number), filter = "retired = 0"))]
struct Alias {
    #[column(primary_key, auto)]
    id: i64,
    name: String,
    number: i64,
    retired: i64,
}

pub(crate) async fn keys_on_expressions_and_of_some_rows_are_targets(site: Site) {
    let db = database(&site).await;
    orm::create_tables!(&db, Alias).await.expect("the table");
    let alias = |name: &str, number, retired| NewAlias {
        name: name.to_owned(),
        number,
        retired,
    };
    let first = alias("Ann", 1, 0)
        .insert()
        .fetch_one(&db)
        .await
        .expect("an insert");

    let folded = alias("ANN", 2, 0);
    let found = folded
        .upsert()
        .on_conflict(Alias::ALIASES_FOLDED)
        .get_or_insert()
        .fetch_one(&db)
        .await;
    assert_eq!(found.expect("an upsert"), first);
    let updated = folded
        .upsert()
        .on_conflict(Alias::ALIASES_FOLDED)
        .update(Alias::NUMBER);
    let updated = updated.fetch_one(&db).await.expect("an upsert");
    assert_eq!(
        (updated.id, updated.name.as_str(), updated.number),
        (first.id, "Ann", 2)
    );

    let in_use = alias("Bob", 2, 0);
    let renamed = in_use
        .upsert()
        .on_conflict(Alias::ALIASES_IN_USE)
        .update(Alias::NAME)
        .fetch_one(&db)
        .await;
    assert_eq!(renamed.expect("an upsert").id, first.id);
    let found = in_use
        .upsert()
        .on_conflict(Alias::ALIASES_IN_USE)
        .get_or_insert()
        .outcome(&db)
        .await;
    assert!(matches!(found, Ok(Found::Existing(_))));
    // A retired alias is outside the key.
    let retired = alias("Cid", 2, 1);
    let inserted = retired
        .upsert()
        .on_conflict(Alias::ALIASES_IN_USE)
        .update(Alias::NAME)
        .outcome(&db)
        .await;
    assert!(matches!(inserted, Ok(Written::Inserted(_))));
    let one = Alias::find(Alias::ALIASES_IN_USE, 2)
        .fetch_one(&db)
        .await
        .expect("a look-up");
    assert_eq!(one.name, "Bob");
}

/// What has no `xmax` to read.
#[derive(Table, Debug, PartialEq, Clone)]
#[table(partitioned)]
struct Part {
    #[column(primary_key)]
    id: i64,
    version: i64,
}

/// The same through a view.
#[derive(Table, Debug, PartialEq, Clone)]
#[table(view)]
struct Seen {
    #[column(primary_key)]
    id: i64,
    version: i64,
}

pub(crate) async fn partitions_and_views_tell_what_became_of_a_record(site: Site) {
    let db = database(&site).await;
    let pool = db.postgres().expect("PostgreSQL");
    let made = "CREATE TABLE parts (id bigint PRIMARY KEY, version bigint NOT NULL) PARTITION BY RANGE (id);
                CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (100);
                CREATE TABLE seen_rows (id bigint PRIMARY KEY, version bigint NOT NULL);
                CREATE VIEW seens AS SELECT * FROM seen_rows";
    sqlx::raw_sql(made).execute(pool).await.expect("the tables");

    let part = async |version| {
        let record = Part { id: 1, version };
        let upsert = record
            .upsert()
            .on_primary_key()
            .update_all()
            .keep_newer(Part::VERSION);
        upsert.outcome(&db).await.expect("an upsert")
    };
    assert_eq!(part(2).await, Outcome::Inserted(Part { id: 1, version: 2 }));
    assert_eq!(part(3).await, Outcome::Updated(Part { id: 1, version: 3 }));
    assert_eq!(part(3).await, Outcome::Skipped);

    let upsert = async |version| {
        let record = Seen { id: 1, version };
        let upsert = record.upsert().on_primary_key().update_all();
        upsert.outcome(&db).await.expect("an upsert")
    };
    assert_eq!(
        upsert(2).await,
        Written::Inserted(Seen { id: 1, version: 2 })
    );
    assert_eq!(
        upsert(3).await,
        Written::Updated(Seen { id: 1, version: 3 })
    );
}
