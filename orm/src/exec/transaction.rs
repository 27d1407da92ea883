//! Transactions that commit, roll back and start over by themselves.

use std::future::Future;
use std::sync::Arc;

use futures_core::future::BoxFuture;
use sqlx::Transaction;

use super::again::Conflicts;
use super::run::runs_again;
use crate::backend::{Backend, Db, DbPool, DbSession, Health, Session};
use crate::error::{Error, ErrorKind, Result};

/// How often more where its statements were prepared before their tables changed: about as often as a
/// pool has connections.
const MOST_STALE: u32 = 100;

/// A transaction that is open: what [`transaction`] gives to its closure.
///
/// `&tx` is something to run statements on. Statements of several futures that share it wait for each
/// other.
#[derive(Debug)]
pub struct Tx<DB: Backend = Db>(Arc<DB::Session>);

impl<DB: Backend> Tx<DB> {
    pub(super) fn session(&self) -> &DB::Session {
        &self.0
    }
}

/// A pool that transactions can begin on: [`Db`], and sqlx's `PgPool` and `SqlitePool`.
#[diagnostic::on_unimplemented(
    message = "a transaction cannot begin on `{Self}`",
    label = "not a pool",
    note = "pass `&db`, or a reference to a pool of sqlx"
)]
pub trait Begin: sealed::Sealed + Send + Sync {
    /// Its backend.
    type Backend: Backend;

    /// Begins.
    #[doc(hidden)]
    fn begin(&self) -> impl Future<Output = Result<<Self::Backend as Backend>::Session>> + Send;

    /// What has become of it.
    #[doc(hidden)]
    fn health(session: &<Self::Backend as Backend>::Session) -> Health;

    /// Commits, or else rolls back.
    #[doc(hidden)]
    fn end(
        session: &<Self::Backend as Backend>::Session,
        commit: bool,
    ) -> impl Future<Output = Result<()>> + Send;
}

mod sealed {
    pub trait Sealed {}
}

/// Runs a closure within a transaction: commits when it gives `Ok`, rolls back when it gives `Err` or
/// is dropped half way.
///
/// When the database stops it because of other transactions (a serialization failure or a deadlock),
/// all of it is rolled back and the closure runs again, after pauses of random length that grow to two
/// seconds at most. The conflict is given back once thirty seconds have gone by since the first one and the
/// closure has run ten times. The closure also runs again, without pauses, when a table or a type has
/// changed since a statement about it was prepared. So the closure may do its own work more than once; what
/// it does outside the database should bear that.
///
/// # Errors
///
/// What the closure gives, and what `begin` and `commit` fail with. [`ErrorKind::Transaction`] when a
/// statement failed on PostgreSQL, which ends the transaction, and the closure gave `Ok` all the same:
/// nothing of it can be kept then.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct Account {
///     #[column(primary_key)]
///     owner: String,
///     balance: i64,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, Account).await?;
///
/// orm::transaction(&db, async |tx| {
///     Account { owner: "Ada".to_owned(), balance: 10 }.insert().execute(&tx).await?;
///     Account { owner: "Bob".to_owned(), balance: 20 }.insert().execute(&tx).await?;
///     Ok::<_, orm::Error>(())
/// })
/// .await?;
/// assert_eq!(Account::select().count(&db).await?, 2);
/// # Ok(())
/// # }
/// ```
pub fn transaction<'a, B, F, Fut, T, E>(on: &'a B, body: F) -> BoxFuture<'a, Result<T, E>>
where
    B: Begin,
    F: Fn(Tx<B::Backend>) -> Fut + Send + Sync + 'a,
    Fut: Future<Output = Result<T, E>> + Send + 'a,
    T: Send + 'a,
    E: From<Error> + Send + 'a,
{
    Box::pin(async move {
        let mut conflicts = Conflicts::default();
        let mut stale = 0;
        loop {
            let session = Arc::new(on.begin().await?);
            let result = body(Tx(Arc::clone(&session))).await;
            let given = match (result, B::health(&session)) {
                (Ok(value), Health::Sound) => match B::end(&session, true).await {
                    Ok(()) => return Ok(value),
                    Err(error) if runs_again(&error).is_some() => Err(E::from(error)),
                    Err(error) => return Err(error.into()),
                },
                (result, health) => {
                    // What cannot be rolled back any more is gone already, and its error says more.
                    B::end(&session, false).await.ok();
                    match (result, health) {
                        // Each time another connection of the pool has forgotten what it had
                        // prepared, and nobody else is in the way.
                        (_, Health::Stale) if stale < MOST_STALE => {
                            stale += 1;
                            continue;
                        }
                        (Err(error), Health::Conflict) => Err(error),
                        (Err(error), _) => return Err(error),
                        (Ok(_), Health::Conflict) => {
                            Err(swallowed(ErrorKind::Serialization).into())
                        }
                        (Ok(_), Health::Stale) => {
                            return Err(swallowed(ErrorKind::SchemaChanged).into());
                        }
                        (Ok(_), _) => return Err(swallowed(ErrorKind::Transaction).into()),
                    }
                }
            };
            if !conflicts.pause().await {
                return given;
            }
        }
    })
}

/// A closure gave `Ok` although a statement of it had failed and taken the transaction with it.
fn swallowed(kind: ErrorKind) -> Error {
    Error::new(
        kind,
        "a statement failed, so nothing of the transaction can be kept, and its closure gave `Ok`; pass \
         the error on with `?`",
    )
}

/// Ends a transaction: commits it, or rolls it back.
async fn end<D: sqlx::Database>(session: &Session<D>, commit: bool) -> Result<()> {
    // A handle that outlives the closure finds nothing to run on any more.
    let Some(transaction) = session.transaction.lock().await.take() else {
        return Ok(());
    };
    if session.is_midway() {
        // No answer could be believed. Dropping it rolls back, and the pool sees whether the connection
        // still answers what it is asked.
        return Ok(());
    }
    let ended = if commit {
        transaction.commit().await
    } else {
        transaction.rollback().await
    };
    ended.map_err(Error::from_sqlx)
}

/// Begins where nobody can cancel it.
///
/// A `begin` of sqlx 0.9 that is dropped half way leaves a transaction open that nobody knows of. In a
/// task of its own it runs to its end, and what nobody waits for any more is rolled back.
async fn begin<D: sqlx::Database>(
    begin: impl Future<Output = Result<Transaction<'static, D>>> + Send + 'static,
) -> Result<Session<D>> {
    match tokio::spawn(begin).await {
        Ok(result) => result.map(Session::new),
        Err(_) => Err(Error::new(
            ErrorKind::Connection,
            "the runtime is shutting down",
        )),
    }
}

macro_rules! begin_on {
    ($feature:literal, $database:ident, $pool:ident, |$name:ident| $begin:expr, |$error:ident| $why:expr) => {
        #[cfg(feature = $feature)]
        impl sealed::Sealed for sqlx::$pool {}

        #[cfg(feature = $feature)]
        impl Begin for sqlx::$pool {
            type Backend = sqlx::$database;

            async fn begin(&self) -> Result<Session<sqlx::$database>> {
                let $name = self.clone();
                begin(async move {
                    match $begin.await {
                        Ok(begun) => Ok(begun),
                        Err($error) => Err($why),
                    }
                })
                .await
            }

            fn health(session: &Session<sqlx::$database>) -> Health {
                session.health()
            }

            async fn end(session: &Session<sqlx::$database>, commit: bool) -> Result<()> {
                end(session, commit).await
            }
        }
    };
}

begin_on!("postgres", Postgres, PgPool, |pool| pool.begin(), |error| {
    super::connect::postgres::why(&pool, error).await
});

// A transaction that reads first and writes later can no longer get the write lock once another has
// written (SQLITE_BUSY_SNAPSHOT, which no patience helps).
begin_on!(
    "sqlite",
    Sqlite,
    SqlitePool,
    |pool| pool.begin_with("BEGIN IMMEDIATE"),
    |error| super::connect::sqlite::why(&pool, error)
);

impl sealed::Sealed for Db {}

impl Begin for Db {
    type Backend = Self;

    async fn begin(&self) -> Result<DbSession> {
        Ok(match &self.pool {
            #[cfg(feature = "postgres")]
            DbPool::Postgres(pool) => DbSession::Postgres(Begin::begin(pool).await?),
            #[cfg(feature = "sqlite")]
            DbPool::Sqlite(pool) => DbSession::Sqlite(Begin::begin(pool).await?),
        })
    }

    fn health(session: &DbSession) -> Health {
        match session {
            #[cfg(feature = "postgres")]
            DbSession::Postgres(session) => session.health(),
            #[cfg(feature = "sqlite")]
            DbSession::Sqlite(session) => session.health(),
        }
    }

    async fn end(session: &DbSession, commit: bool) -> Result<()> {
        match session {
            #[cfg(feature = "postgres")]
            DbSession::Postgres(session) => end(session, commit).await,
            #[cfg(feature = "sqlite")]
            DbSession::Sqlite(session) => end(session, commit).await,
        }
    }
}
