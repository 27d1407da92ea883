//! Where the examples run: on SQLite in memory, or on the PostgreSQL that `DATABASE_URL` names, in a schema
//! of their own that is dropped in the end.

use std::error::Error;

use orm::Db;

/// A database for one example.
#[derive(Debug)]
pub struct Place {
    /// The database.
    pub db: Db,
    schema: Option<&'static str>,
}

/// Opens it; on PostgreSQL an example works in the schema of this name.
///
/// # Errors
///
/// What the database refuses.
pub async fn open(schema: &'static str) -> Result<Place, Box<dyn Error>> {
    let Ok(url) = std::env::var("DATABASE_URL") else {
        let db = orm::connect("sqlite::memory:").await?;
        return Ok(Place { db, schema: None });
    };
    let options: sqlx::postgres::PgConnectOptions = url.parse()?;
    let options = options.options([("search_path", schema)]);
    let pool = orm::pool_options().connect_with(options).await?;
    let fresh = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(fresh))
        .execute(&pool)
        .await?;
    Ok(Place {
        db: pool.into(),
        schema: Some(schema),
    })
}

impl Place {
    /// Drops the schema.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub async fn close(self) -> Result<(), Box<dyn Error>> {
        if let (Some(schema), Some(pool)) = (self.schema, self.db.postgres()) {
            let drop = format!("DROP SCHEMA {schema} CASCADE");
            sqlx::raw_sql(sqlx::AssertSqlSafe(drop))
                .execute(pool)
                .await?;
        }
        Ok(())
    }
}
