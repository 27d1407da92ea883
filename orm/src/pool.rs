//! Opening a database, with what keeps sqlx's pools safe.

#[cfg(any(feature = "postgres", feature = "sqlite"))]
use std::time::Duration;

#[cfg(feature = "postgres")]
use sqlx::postgres::PgPoolOptions;
#[cfg(feature = "postgres")]
use sqlx::{Connection as _, Row as _};

#[cfg(feature = "postgres")]
use crate::driver::is_answered;
use crate::driver::{Db, DbPool};
#[cfg(any(feature = "postgres", feature = "sqlite"))]
use crate::error::Error;
use crate::error::Result;

mod address;
#[cfg(feature = "postgres")]
mod conninfo;
mod pause;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
#[cfg(feature = "sqlite")]
pub(crate) mod sqlite;
#[cfg(feature = "postgres")]
mod url;

use address::Address;
#[cfg(test)]
pub(crate) use pause::LONGEST_PAUSE;
pub(crate) use pause::{ATTEMPTS, pause};

/// Opens the database that an address names: `postgres://…` or `sqlite:…`, or the keywords and values that libpq
/// reads, such as `host=localhost user=app dbname=app`.
///
/// A SQLite file is created where there is none; it is opened with foreign keys on, a write-ahead log
/// and five seconds of patience with other writers. `sqlite::memory:` is a database of its own that
/// lasts as long as the [`Db`].
///
/// The first connection to a server is made here. One that refuses connections is told after about a second
/// of trying; one that is starting is waited for. No error quotes a password, or anything of an address
/// but its scheme, the names of its parameters, and where the server is.
///
/// # Errors
///
/// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) for an address that names neither, or that has
/// a parameter that is not known; [`ErrorKind::Connection`](crate::ErrorKind::Connection) when the
/// database cannot be reached, with the cause as its [`source`](std::error::Error::source);
/// [`ErrorKind::Permission`](crate::ErrorKind::Permission) when the server does not know the user or the password.
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
    let pool = match Address::read(url)? {
        #[cfg(feature = "postgres")]
        Address::Postgres(url) => DbPool::Postgres(postgres::open(&url).await?),
        #[cfg(feature = "sqlite")]
        Address::Sqlite(url) => DbPool::Sqlite(sqlite::open(&url).await?),
    };
    Ok(Db { pool })
}

/// All connections of a pool were in use for as long as may be waited for one.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
fn busy(error: sqlx::Error, most: u32, patience: Duration) -> Error {
    let patience = in_words(patience);
    let busy = if most == 1 {
        format!("the 1 connection of the pool was busy for {patience}")
    } else {
        format!("all {most} connections of the pool were busy for {patience}")
    };
    Error::from_sqlx(error).with_message(format!(
        "{busy}; is one held while another is waited for? `max_connections` of the pool's options allows more"
    ))
}

#[cfg(any(feature = "postgres", feature = "sqlite"))]
fn in_words(time: Duration) -> String {
    match (time.as_secs(), time.subsec_millis()) {
        (seconds, 0) => format!("{seconds} s"),
        _ => format!("{} ms", time.as_millis()),
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
