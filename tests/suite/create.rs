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
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert_eq!(error.table(), Some("aparts"));
    assert!(
        error.to_string().contains("SQLite has no schemas"),
        "{error}"
    );
}

/// Pointed to.
#[derive(Table)]
struct Owner {
    #[column(primary_key, auto)]
    id: i64,
}

/// Everything that a declaration can say of a table.
#[derive(Table, Debug)]
#[table(name = "declared", insert = NewDeclared, fillfactor = 70)]
#[table(
    index(amount, name = "declared_amount"),
    check(positive = "amount > 0")
)]
#[table(unique(name = "declared_open", columns(code), filter = "amount < 100"))]
struct Declared {
    #[column(primary_key, auto)]
    id: i64,
    #[column(references = Owner::ID, on_delete = cascade)]
    owner: i64,
    code: String,
    amount: i64,
    #[column(generated = "amount * 2")]
    doubled: i64,
    #[column(default(postgres = "'pg'", sqlite = "'lite'"))]
    made_by: String,
}

pub(crate) async fn everything_declared_is_made_and_enforced(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Owner, Declared)
        .await
        .expect("the tables");
    Owner { id: 1 }
        .insert()
        .execute(&db)
        .await
        .expect("an owner");
    let new = |owner, code: &str, amount| NewDeclared {
        owner,
        code: code.to_owned(),
        amount,
    };
    let row = new(1, "a", 21)
        .insert()
        .fetch_one(&db)
        .await
        .expect("an insert");
    let made_by = if site.backend() == Backend::Sqlite {
        "lite"
    } else {
        "pg"
    };
    assert_eq!(
        (row.id, row.doubled, row.made_by.as_str()),
        (1, 42, made_by)
    );

    let refused = async |record: NewDeclared| {
        record
            .insert()
            .execute(&db)
            .await
            .expect_err("it is refused")
            .kind()
    };
    assert_eq!(
        refused(new(9, "b", 1)).await,
        ErrorKind::ForeignKeyViolation
    );
    assert_eq!(refused(new(1, "b", 0)).await, ErrorKind::CheckViolation);
    assert_eq!(refused(new(1, "a", 5)).await, ErrorKind::UniqueViolation);
    // Outside the rows among which the code is unique.
    new(1, "a", 100)
        .insert()
        .execute(&db)
        .await
        .expect("an insert");

    let indexes = if let Some(pool) = db.postgres() {
        let sql = "SELECT count(*) FROM pg_indexes WHERE schemaname = current_schema()
                   AND indexname IN ('declared_amount', 'declared_open')";
        sqlx::query_scalar::<_, i64>(sql).fetch_one(pool).await
    } else {
        let sql = "SELECT count(*) FROM sqlite_master WHERE type = 'index'
                   AND name IN ('declared_amount', 'declared_open')";
        sqlx::query_scalar(sql)
            .fetch_one(db.sqlite().expect("the other"))
            .await
    };
    assert_eq!(indexes.expect("the catalogue"), 2);
    let delete = "DELETE FROM owners";
    if let Some(pool) = db.postgres() {
        sqlx::query(delete).execute(pool).await.expect("a delete");
    } else {
        sqlx::query(delete)
            .execute(db.sqlite().expect("the other"))
            .await
            .expect("a delete");
    }
    assert!(
        !Declared::select().exists(&db).await.expect("an answer"),
        "the delete cascades"
    );
}
