//! A schema for one test on a PostgreSQL server.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use url::Url;

use crate::available::aside;
use crate::wire::{guarded, is_near};

/// A schema that is dropped, with all that uses it, when this is dropped.
#[derive(Debug)]
pub(crate) struct Schema {
    server: String,
    name: String,
    url: String,
}

impl Schema {
    /// Creates a schema on the server at this address.
    pub(crate) async fn create(server: &str) -> Result<Self, sqlx::Error> {
        let name = unique_name();
        let url = address(server, &name)?;
        let url = if is_near(&url) {
            guarded(&url).map_err(|error| sqlx::Error::Configuration(error.into()))?
        } else {
            url
        };
        let mut connection = PgConnection::connect(server).await?;
        connection
            .execute(AssertSqlSafe(format!("CREATE SCHEMA {name}")))
            .await?;
        connection.close().await?;
        Ok(Self {
            server: server.to_owned(),
            name,
            url,
        })
    }

    /// The name of the schema.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The address under which the schema is the default one.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Ends the connections that the test left open, lest one of them holds a lock; then drops.
    async fn remove(&self) -> Result<(), sqlx::Error> {
        let mut connection = PgConnection::connect(&self.server).await?;
        sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE application_name = $1 AND pid <> pg_backend_pid()",
        )
        .bind(&self.name)
        .execute(&mut connection)
        .await?;
        connection.execute("SET lock_timeout = '10s'").await?;
        connection
            .execute("SET client_min_messages = warning")
            .await?;
        connection
            .execute(AssertSqlSafe(format!(
                "DROP SCHEMA IF EXISTS {} CASCADE",
                self.name
            )))
            .await?;
        connection.close().await
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let removal = async {
            match tokio::time::timeout(Duration::from_secs(15), self.remove()).await {
                Ok(done) => done.map_err(|error| error.to_string()),
                Err(_) => Err("the server does not answer".to_owned()),
            }
        };
        if let Err(reason) = aside(removal) {
            eprintln!("schema {} stays behind: {reason}", self.name);
        }
    }
}

/// `server` with the schema as the default one, and as the name of the application, by which
/// its connections are found again.
fn address(server: &str, schema: &str) -> Result<String, sqlx::Error> {
    let mut url = Url::parse(server).map_err(|error| sqlx::Error::Configuration(error.into()))?;
    // Written by hand: the form encoding of spaces as `+` is not understood by every client.
    let own = format!("options=-c%20search_path%3D{schema}&application_name={schema}");
    let query = match url.query() {
        Some(given) if !given.is_empty() => format!("{given}&{own}"),
        _ => own,
    };
    url.set_query(Some(&query));
    Ok(url.into())
}

/// Several processes may work on one server, also one after the other.
fn unique_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let time = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_micros();
    format!("orm_test_{time:x}_{}_{count}", std::process::id())
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_rest_of_the_address_stays() {
        assert_eq!(
            address("postgres://u:p@host:5433/db?sslmode=require", "s").expect("an address"),
            "postgres://u:p@host:5433/db?sslmode=require\
             &options=-c%20search_path%3Ds&application_name=s",
        );
    }
}
