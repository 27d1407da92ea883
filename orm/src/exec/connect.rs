//! Opening a database, with what keeps sqlx's pools safe.

#[cfg(feature = "sqlite")]
use std::str::FromStr;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
use std::time::Duration;

#[cfg(feature = "postgres")]
use sqlx::{Connection as _, Row as _};

#[cfg(feature = "postgres")]
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
#[cfg(feature = "sqlite")]
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};

#[cfg(feature = "sqlite")]
use super::again::{ATTEMPTS, pause};
#[cfg(feature = "postgres")]
use crate::backend::is_answered;
use crate::backend::{Db, DbPool};
use crate::error::{Error, ErrorKind, Result};

/// Opens the database that a URL names: `postgres://…` or `sqlite:…`.
///
/// A SQLite file is created where there is none; it is opened with foreign keys on, a write-ahead log
/// and five seconds of patience with other writers. `sqlite::memory:` is a database of its own that
/// lasts as long as the [`Db`].
///
/// # Errors
///
/// [`ErrorKind::Configuration`] for a URL that names neither, [`ErrorKind::Connection`] when the
/// database cannot be reached.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// let db = orm::connect("sqlite::memory:").await?;
/// # Ok(())
/// # }
/// ```
pub async fn connect(url: &str) -> Result<Db> {
    let scheme = url.split_once(':').map_or(url, |(scheme, _)| scheme);
    let pool = match scheme {
        #[cfg(feature = "postgres")]
        "postgres" | "postgresql" => {
            let options: PgConnectOptions = url.parse().map_err(Error::from_sqlx)?;
            DbPool::Postgres(
                pool_options()
                    .connect_with(options)
                    .await
                    .map_err(Error::from_sqlx)?,
            )
        }
        #[cfg(feature = "sqlite")]
        "sqlite" => DbPool::Sqlite(open_sqlite(url).await?),
        _ => {
            // The URL itself stays out of the message: it may hold a password.
            return Err(Error::new(
                ErrorKind::Configuration,
                format!(
                    "`{scheme}:` is not a database this was built for; write one of {}",
                    known_schemes()
                ),
            ));
        }
    };
    Ok(Db { pool })
}

fn known_schemes() -> &'static str {
    match (cfg!(feature = "postgres"), cfg!(feature = "sqlite")) {
        (true, true) => "`postgres://…`, `sqlite:…`",
        (true, false) => "`postgres://…` (the feature `sqlite` is off)",
        (false, true) => "`sqlite:…` (the feature `postgres` is off)",
        (false, false) => "none: switch on the feature `postgres` or `sqlite`",
    }
}

#[cfg(feature = "sqlite")]
async fn open_sqlite(url: &str) -> Result<sqlx::SqlitePool> {
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    let mut options = SqliteConnectOptions::from_str(url)
        .map_err(Error::from_sqlx)?
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5));
    // The address says more than the defaults do.
    if !url.contains("mode=") {
        options = options.create_if_missing(true);
    }
    // There is no network between, so that no connection dies by itself.
    let pool = SqlitePoolOptions::new().test_before_acquire(false);
    let pool = if in_memory {
        // The database lives in its connection, so there is one, which is never closed.
        pool.max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
    } else {
        options = options.journal_mode(SqliteJournalMode::Wal);
        pool
    };
    let mut attempt = 1;
    loop {
        let opened = pool.clone().connect_with(options.clone()).await;
        let opened = opened.map_err(Error::from_sqlx);
        // Of several who open a new file at once, one makes the write-ahead log.
        let is_busy = opened
            .as_ref()
            .is_err_and(|error| error.kind() == ErrorKind::Busy);
        if !is_busy || attempt == ATTEMPTS {
            return opened;
        }
        tokio::time::sleep(pause(attempt)).await;
        attempt += 1;
    }
}

/// Options for a pool of sqlx's own to PostgreSQL, with the cure for a cancelled `begin`.
///
/// When the future of `pool.begin()` is dropped half way, sqlx 0.9 puts the connection back with a
/// transaction open on the server that nobody knows of, and what is written on it next is lost. Each
/// connection that comes back is therefore taken out of any transaction, after its user has gone. One
/// that does not answer what it is asked, as after a `COPY` that was dropped half way, is closed. Nothing is
/// asked after a single statement of this library's own that was answered in full.
///
/// A connection that has been idle for half a second is asked whether it is alive before it is used, and
/// replaced when it is not. A `before_acquire` of your own takes the place of that; set
/// `test_before_acquire(true)` with it.
///
/// # Examples
///
/// ```
/// # async fn open() -> sqlx::Result<()> {
/// # use orm::sqlx;
/// let pool = orm::pool_options().max_connections(20).connect("postgres://localhost/app").await?;
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "postgres")]
pub fn pool_options() -> PgPoolOptions {
    PgPoolOptions::new()
        // Asked below, but where it has just answered.
        .test_before_acquire(false)
        .before_acquire(|connection, known| {
            Box::pin(async move { Ok(known.idle_for < FRESH || connection.ping().await.is_ok()) })
        })
        .after_release(|connection, _| {
            Box::pin(async move {
                if is_answered() {
                    return Ok(true);
                }
                // A connection that is an answer behind may wait for one that never comes.
                match tokio::time::timeout(RELEASE, release(connection)).await {
                    Ok(is_clean) => is_clean,
                    Err(_) => Ok(false),
                }
            })
        })
}

/// A connection that has answered so lately is taken to be alive, without asking it once more. One that has
/// died since then fails the statement that is sent on it, and is replaced.
#[cfg(feature = "postgres")]
const FRESH: Duration = Duration::from_millis(500);

/// How long a connection may take to come back to its pool.
#[cfg(feature = "postgres")]
const RELEASE: Duration = Duration::from_secs(2);

/// Takes a connection out of any transaction. Whether it answers what it is asked.
#[cfg(feature = "postgres")]
async fn release(connection: &mut sqlx::PgConnection) -> sqlx::Result<bool> {
    // Where no transaction is open this opens and ends one, without the warning that a lone ROLLBACK would
    // leave in the log. In a failed transaction BEGIN is refused, and ROLLBACK has to come alone.
    let sent = sqlx::raw_sql("BEGIN; ROLLBACK; SELECT 'released'")
        .fetch_all(&mut *connection)
        .await;
    let rows = match sent {
        Ok(rows) => rows,
        Err(_) => {
            sqlx::raw_sql("ROLLBACK; SELECT 'released'")
                .fetch_all(&mut *connection)
                .await?
        }
    };
    let [row] = rows.as_slice() else {
        return Ok(false);
    };
    Ok(row
        .try_get::<&str, _>(0)
        .is_ok_and(|answer| answer == "released"))
}

impl Db {
    /// The pool, when the database is PostgreSQL.
    #[cfg(feature = "postgres")]
    pub fn postgres(&self) -> Option<&sqlx::PgPool> {
        match &self.pool {
            DbPool::Postgres(pool) => Some(pool),
            #[cfg(feature = "sqlite")]
            DbPool::Sqlite(_) => None,
        }
    }

    /// The pool, when the database is SQLite.
    #[cfg(feature = "sqlite")]
    pub fn sqlite(&self) -> Option<&sqlx::SqlitePool> {
        match &self.pool {
            #[cfg(feature = "postgres")]
            DbPool::Postgres(_) => None,
            DbPool::Sqlite(pool) => Some(pool),
        }
    }

    /// Closes the pool once its connections have come back.
    pub async fn close(&self) {
        match &self.pool {
            #[cfg(feature = "postgres")]
            DbPool::Postgres(pool) => pool.close().await,
            #[cfg(feature = "sqlite")]
            DbPool::Sqlite(pool) => pool.close().await,
        }
    }
}

#[cfg(feature = "postgres")]
impl From<sqlx::PgPool> for Db {
    fn from(pool: sqlx::PgPool) -> Self {
        Self {
            pool: DbPool::Postgres(pool),
        }
    }
}

#[cfg(feature = "sqlite")]
impl From<sqlx::SqlitePool> for Db {
    fn from(pool: sqlx::SqlitePool) -> Self {
        Self {
            pool: DbPool::Sqlite(pool),
        }
    }
}
