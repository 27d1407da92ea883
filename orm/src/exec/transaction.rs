//! Transactions that commit, roll back and start over by themselves.

use std::future::Future;
use std::sync::Arc;

use futures_core::future::BoxFuture;
use sqlx::{SqlSafeStr, Transaction};
use sqlx_core::transaction::TransactionManager;

use super::again::Conflicts;
use super::run::runs_again;
use crate::backend::{Backend, Health};
use crate::driver::{Counted, Db, DbPool, DbSession, Session};
use crate::error::{Error, ErrorKind, Result};

mod savepoint;

/// How often more where its statements were prepared before their tables changed: about as often as a
/// pool has connections.
const MOST_STALE: u32 = 100;

/// A transaction that is open: what [`transaction`] gives to its closure.
///
/// `&tx` is something to run statements on. Statements of several futures that share it wait for each
/// other. While a stream of its rows is open, in whichever task, other statements are an error at once: whoever
/// reads the stream might be the one who waits.
///
/// It is something to begin on, too: `orm::transaction(&tx, ..)` is a savepoint, see [`transaction`].
#[derive(Debug)]
pub struct Tx<DB: Backend = Db>(Arc<DB::Session>);

impl<DB: Backend> Tx<DB> {
    pub(super) fn session(&self) -> &DB::Session {
        &self.0
    }
}

/// What transactions can begin on: [`Db`], sqlx's `PgPool` and `SqlitePool`, and [`Tx`], where it is a
/// savepoint.
#[diagnostic::on_unimplemented(
    message = "a transaction cannot begin on `{Self}`",
    label = "neither a pool nor a transaction",
    note = "pass `&db`, a reference to a pool of sqlx, or the `&tx` of another transaction"
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

    /// Says that nobody is left to end it.
    #[doc(hidden)]
    fn abandon(session: &<Self::Backend as Backend>::Session);

    /// Commits, or else rolls back.
    #[doc(hidden)]
    fn end(
        &self,
        session: &<Self::Backend as Backend>::Session,
        commit: bool,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Whether it is a savepoint, so that a conflict concerns the transaction around it.
    #[doc(hidden)]
    fn is_within(&self) -> bool {
        false
    }

    /// Tells the transaction around a savepoint that all of it has to be run again.
    #[doc(hidden)]
    fn hand_over(&self, _: Health) {}
}

/// A session that is marked when it is dropped before its end.
struct Open<'s, B: Begin>(Option<&'s <B::Backend as Backend>::Session>);

impl<B: Begin> Drop for Open<'_, B> {
    fn drop(&mut self) {
        if let Some(session) = self.0 {
            B::abandon(session);
        }
    }
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
/// # Savepoints
///
/// On the `&tx` of another transaction it is a savepoint: `Ok` keeps what was done in it, `Err` takes just
/// that back, and the transaction around it goes on, on PostgreSQL too, where a statement that fails ends
/// everything else. They can be nested to any depth.
///
/// While it is open, statements run on the handle that its own closure was given; on the one of the
/// transaction around it they are an error at once. A conflict is not run again there but handed to that
/// transaction, which is run again as a whole. When the future of a savepoint is dropped half way, nothing of
/// the whole transaction can be kept, as with a batch on PostgreSQL.
///
/// # Errors
///
/// What the closure gives, and what `begin` and `commit` fail with. [`ErrorKind::Transaction`] when a
/// statement failed on PostgreSQL, which ends the transaction, and the closure gave `Ok` all the same:
/// nothing of it can be kept then. SQLite ends a transaction only where a trigger or a constraint says
/// `ROLLBACK`, or where the disk is full or fails.
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
///
/// // Whether the name is taken or not, the rest is kept.
/// orm::transaction(&db, async |tx| {
///     let ada = Account { owner: "Ada".to_owned(), balance: 30 };
///     let taken = orm::transaction(&tx, async |tx| ada.insert().execute(&tx).await).await;
///     assert_eq!(taken.unwrap_err().kind(), orm::ErrorKind::UniqueViolation);
///     Account { owner: "Eve".to_owned(), balance: 30 }.insert().execute(&tx).await
/// })
/// .await?;
/// assert_eq!(Account::select().count(&db).await?, 3);
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
            let mut open = Open::<B>(Some(&session));
            let result = body(Tx(Arc::clone(&session))).await;
            let given = match (result, B::health(&session)) {
                (Ok(value), Health::Sound) => {
                    let ended = on.end(&session, true).await;
                    open.0 = None;
                    match ended {
                        Ok(()) => return Ok(value),
                        Err(error) => match runs_again(&error) {
                            Some(health) => {
                                on.hand_over(health);
                                Err(E::from(error))
                            }
                            None => return Err(error.into()),
                        },
                    }
                }
                (result, health) => {
                    // What cannot be rolled back any more is gone already, and its error says more.
                    on.end(&session, false).await.ok();
                    open.0 = None;
                    on.hand_over(health);
                    match (result, health) {
                        // Each time another connection of the pool has forgotten what it had
                        // prepared, and nobody else is in the way.
                        (_, Health::Stale) if stale < MOST_STALE && !on.is_within() => {
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
            if on.is_within() || !conflicts.pause().await {
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
async fn end<D: Counted>(session: &Session<D>, commit: bool) -> Result<()> {
    // A handle that outlives the closure finds nothing to run on any more.
    let Some(mut transaction) = session.take().await else {
        return Ok(());
    };
    if session.is_midway() {
        // No answer could be believed. Dropping it rolls back, and the pool sees whether the connection
        // still answers what it is asked.
        return Ok(());
    }
    let ended = if commit {
        let committed = D::TransactionManager::commit(&mut transaction).await;
        if committed.is_err() {
            // What is dropped is rolled back, which has to find a transaction.
            D::has_ended(&mut transaction).await;
        }
        committed
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
    begin: impl Future<Output = Result<Session<D>>> + Send + 'static,
) -> Result<Session<D>> {
    match tokio::spawn(begin).await {
        Ok(result) => result,
        Err(_) => Err(Error::new(
            ErrorKind::Connection,
            "the runtime is shutting down",
        )),
    }
}

macro_rules! begin_on {
    ($feature:literal, $database:ident, $pool:ident, $statement:expr, |$of:ident, $error:ident| $why:expr) => {
        #[cfg(feature = $feature)]
        impl sealed::Sealed for sqlx::$pool {}

        #[cfg(feature = $feature)]
        impl Begin for sqlx::$pool {
            type Backend = sqlx::$database;

            async fn begin(&self) -> Result<Session<sqlx::$database>> {
                let $of = self.clone();
                begin(async move {
                    let begun = async {
                        let mut connection = $of.acquire().await?;
                        if sqlx::Connection::is_in_transaction(&*connection) {
                            sqlx::$database::mend(&mut connection).await?;
                        }
                        let statement = $statement.map(SqlSafeStr::into_sql_str);
                        let keeps = sqlx::$database::keeps_statements(&connection, &$of);
                        let transaction = Transaction::begin(connection, statement).await?;
                        Ok(Session::new(transaction, keeps))
                    };
                    match begun.await {
                        Ok(begun) => Ok(begun),
                        Err($error) => Err($why),
                    }
                })
                .await
            }

            fn health(session: &Session<sqlx::$database>) -> Health {
                session.health()
            }

            fn abandon(session: &Session<sqlx::$database>) {
                session.set_midway(true);
            }

            async fn end(&self, session: &Session<sqlx::$database>, commit: bool) -> Result<()> {
                end(session, commit).await
            }
        }
    };
}

begin_on!(
    "postgres",
    Postgres,
    PgPool,
    None::<&'static str>,
    |pool, error| crate::pool::postgres::why(&pool, error).await
);

// A transaction that reads first and writes later can no longer get the write lock once another has
// written (SQLITE_BUSY_SNAPSHOT, which no patience helps).
begin_on!(
    "sqlite",
    Sqlite,
    SqlitePool,
    Some("BEGIN IMMEDIATE"),
    |pool, error| crate::pool::sqlite::why(&pool, error)
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
        session.health()
    }

    fn abandon(session: &DbSession) {
        session.abandon();
    }

    async fn end(&self, session: &DbSession, commit: bool) -> Result<()> {
        match session {
            #[cfg(feature = "postgres")]
            DbSession::Postgres(session) => end(session, commit).await,
            #[cfg(feature = "sqlite")]
            DbSession::Sqlite(session) => end(session, commit).await,
        }
    }
}
