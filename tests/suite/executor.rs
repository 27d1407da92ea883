//! Everything that a statement can run on.

use orm::prelude::*;
use orm::{Db, Executor, Result};
use orm_tests::Site;
use sqlx::{Connection, PgConnection, PgPool, SqliteConnection, SqlitePool};

use crate::tables::{User, database, user, users};

/// Written once, for whichever database the URL named.
async fn written_once(db: &Db, name: &str) -> Result<User> {
    user(name, 1)
        .upsert()
        .on_conflict(User::EMAIL)
        .update_all()
        .fetch_one(db)
        .await
}

pub(crate) async fn one_function_runs_on_either_database(site: Site) {
    let db = database(&site).await;
    assert_eq!(
        written_once(&db, "ann").await.expect("an upsert").email,
        "ann"
    );
}

/// Runs each kind of statement once on whatever is given.
macro_rules! all_on {
    ($on:expr) => {{
        user("ann", 1)
            .insert()
            .fetch_one($on)
            .await
            .expect("an insert");
        let record = user("ann", 2);
        let upsert = || record.upsert().on_conflict(User::EMAIL).update_all();
        assert_eq!(upsert().execute($on).await.expect("an upsert"), 1);
        assert_eq!(upsert().fetch_one($on).await.expect("an upsert").version, 2);
        assert!(matches!(
            upsert().outcome($on).await,
            Ok(Written::Updated(_))
        ));
        let guarded = record
            .upsert()
            .on_conflict(User::EMAIL)
            .update_all()
            .where_(|old, new| old.version.gt(new.version));
        assert_eq!(guarded.fetch_optional($on).await.expect("an upsert"), None);
        let row = User::find(User::EMAIL, "ann")
            .fetch_optional($on)
            .await
            .expect("a look-up");
        assert_eq!(row.expect("the row").version, 2);
        let query = User::select()
            .filter(User::VERSION.ge(2))
            .order_by(User::ID)
            .limit(5);
        assert_eq!(query.clone().count($on).await.expect("a count"), 1);
        assert_eq!(query.fetch_all($on).await.expect("a query").len(), 1);
    }};
}

pub(crate) async fn a_db_runs_everything(site: Site) {
    let db = database(&site).await;
    all_on!(&db);
}

pub(crate) async fn our_transaction_runs_everything(site: Site) {
    let db = database(&site).await;
    orm::transaction(&db, async |tx| {
        all_on!(&tx);
        Ok::<_, orm::Error>(())
    })
    .await
    .expect("a transaction");
    assert_eq!(users(&db).await.len(), 1);
}

pub(crate) async fn a_pool_of_sqlx_runs_everything_on_postgres(site: Site) {
    database(&site).await;
    let pool = PgPool::connect(site.url()).await.expect("a pool");
    all_on!(&pool);
    let on_pool = orm::transaction(&pool, async |tx| user("bob", 1).insert().execute(&tx).await);
    assert_eq!(on_pool.await.expect("a transaction"), 1);
}

pub(crate) async fn a_connection_of_sqlx_runs_everything_on_postgres(site: Site) {
    database(&site).await;
    let mut connection = PgConnection::connect(site.url())
        .await
        .expect("a connection");
    all_on!(&mut connection);
}

pub(crate) async fn a_transaction_of_sqlx_runs_everything_on_postgres(site: Site) {
    let db = database(&site).await;
    let mut connection = PgConnection::connect(site.url())
        .await
        .expect("a connection");
    let mut tx = connection.begin().await.expect("a transaction");
    all_on!(&mut *tx);
    tx.rollback().await.expect("a rollback");
    assert!(users(&db).await.is_empty());
}

pub(crate) async fn a_pool_of_sqlx_runs_everything_on_sqlite(site: Site) {
    database(&site).await;
    let pool = SqlitePool::connect(site.url()).await.expect("a pool");
    all_on!(&pool);
    let on_pool = orm::transaction(&pool, async |tx| user("bob", 1).insert().execute(&tx).await);
    assert_eq!(on_pool.await.expect("a transaction"), 1);
}

pub(crate) async fn a_connection_of_sqlx_runs_everything_on_sqlite(site: Site) {
    database(&site).await;
    let mut connection = SqliteConnection::connect(site.url())
        .await
        .expect("a connection");
    all_on!(&mut connection);
}

pub(crate) async fn a_transaction_of_sqlx_runs_everything_on_sqlite(site: Site) {
    let db = database(&site).await;
    let pool = SqlitePool::connect(site.url()).await.expect("a pool");
    let mut pooled = pool.acquire().await.expect("a connection");
    let mut tx = pooled.begin().await.expect("a transaction");
    all_on!(&mut *tx);
    tx.rollback().await.expect("a rollback");
    assert!(users(&db).await.is_empty());
}

/// A function that takes whatever a statement can run on.
async fn generic<'c, E>(on: E) -> Result<u64>
where
    E: Executor<'c> + 'c,
    crate::tables::NewUser: orm::Bind<E::Backend>,
{
    user("ann", 1)
        .upsert()
        .on_conflict(User::EMAIL)
        .update_all()
        .execute(on)
        .await
}

pub(crate) async fn a_generic_function_takes_any_of_them(site: Site) {
    let db = database(&site).await;
    assert_eq!(generic(&db).await.expect("an upsert"), 1);
}
