//! A site is what the other tests take it for.

use orm_tests::{Backend, Site};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, Error};

pub(crate) async fn a_site_is_empty(site: Site) {
    assert_eq!(tables(&site).await, 0);
    create_table(&site).await.expect("a table can be created");
    assert_eq!(tables(&site).await, 1);
}

pub(crate) async fn two_sites_do_not_see_each_other(site: Site) {
    let other = site.another().await;
    create_table(&site).await.expect("a table can be created");
    assert_eq!(tables(&other).await, 0);
    create_table(&other)
        .await
        .expect("the name is free in the other site");
}

pub(crate) async fn connections_left_open_do_not_block(site: Site) {
    let other = site.another().await;
    let mut left_open = PgConnection::connect(other.url())
        .await
        .expect("a connection");
    sqlx::raw_sql("CREATE TABLE locked (id int); BEGIN; LOCK TABLE locked")
        .execute(&mut left_open)
        .await
        .expect("a lock");
    let schema = other.schema().to_owned();
    drop(other);

    let mut connection = PgConnection::connect(site.url())
        .await
        .expect("a connection");
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_namespace WHERE nspname = $1")
        .bind(schema)
        .fetch_one(&mut connection)
        .await
        .expect("the catalogue can be read");
    assert_eq!(
        left, 0,
        "the schema is gone although a connection held a lock in it"
    );
}

async fn create_table(site: &Site) -> Result<(), Error> {
    run(site, "CREATE TABLE thing (id INTEGER PRIMARY KEY)")
        .await
        .map(drop)
}

async fn tables(site: &Site) -> i64 {
    let sql = match site.backend() {
        Backend::Sqlite => "SELECT count(*) FROM sqlite_master".to_owned(),
        Backend::Postgres(_) => format!(
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()
             AND schemaname = '{}'",
            site.schema(),
        ),
    };
    run(site, &sql)
        .await
        .expect("the catalogue can be read")
        .expect("a count is one row")
}

/// Runs a statement with plain sqlx and returns the first number of its answer, if any.
async fn run(site: &Site, sql: &str) -> Result<Option<i64>, Error> {
    let sql = AssertSqlSafe(sql);
    match site.backend() {
        Backend::Sqlite => {
            let mut connection = SqliteConnection::connect(site.url()).await?;
            sqlx::query_scalar(sql)
                .fetch_optional(&mut connection)
                .await
        }
        Backend::Postgres(_) => {
            let mut connection = PgConnection::connect(site.url()).await?;
            sqlx::query_scalar(sql)
                .fetch_optional(&mut connection)
                .await
        }
    }
}
