//! Transactions and savepoints on SQLite that leave nothing behind when they are dropped half way, and those
//! that SQLite itself has ended.
//!
//! sqlx undoes a `begin` that nobody waits for any more by itself. What it does not see is that an error has
//! rolled the whole transaction back: a trigger or a constraint that says so, a disk that is full. Its count
//! is then too high for ever.

use futures_util::FutureExt as _;
use sqlx::error::DatabaseError;
use sqlx::{Database, Executor, Row, Sqlite, SqliteConnection};
use sqlx_core::transaction::TransactionManager;

use super::super::Lease;
use super::super::scope::{Kind, Owner, Scope, by_hand};
use super::super::script;

type Manager = <Sqlite as Database>::TransactionManager;

/// A transaction on this connection, or a savepoint in the one that is open.
pub(super) async fn begin<'l>(lease: &'l mut Lease<'_, Sqlite>) -> sqlx::Result<Scope<'l, Sqlite>> {
    match lease {
        Lease::Pooled(_) => counted(&mut *lease, Kind::Transaction, Owner::Nobody).await,
        Lease::Shared(shared) => {
            let (connection, session) = shared.parts();
            counted(connection, Kind::Savepoint, Owner::Session(session)).await
        }
        Lease::Borrowed(connection) => on_a_connection(connection).await,
        Lease::Nested(scope) => {
            let owner = scope.owner();
            match scope.kind() {
                Kind::Transaction | Kind::Savepoint | Kind::Guest => {
                    counted(&mut *scope, Kind::Savepoint, owner).await
                }
                Kind::ByHand(depth, _) => savepoint_by_hand(&mut *scope, depth + 1).await,
            }
        }
    }
}

/// Commits, or releases the savepoint.
pub(super) async fn commit(mut scope: Scope<'_, Sqlite>) -> sqlx::Result<()> {
    let committed = match scope.kind() {
        Kind::Transaction | Kind::Savepoint | Kind::Guest => Manager::commit(&mut scope).await,
        Kind::ByHand(depth, _) => {
            let release = script(format!("RELEASE {}", by_hand(depth)));
            (&mut *scope).execute(release).await.map(drop)
        }
    };
    match &committed {
        Ok(()) => scope.close(),
        Err(_) => look_after_scope(&mut scope).await,
    }
    committed
}

async fn counted<'l>(
    connection: &'l mut SqliteConnection,
    kind: Kind<Sqlite>,
    owner: Owner<'l, Sqlite>,
) -> sqlx::Result<Scope<'l, Sqlite>> {
    Manager::begin(connection, None).await?;
    Ok(Scope::new(connection, kind, owner))
}

/// On a connection of the caller's.
async fn on_a_connection(connection: &mut SqliteConnection) -> sqlx::Result<Scope<'_, Sqlite>> {
    if Manager::get_transaction_depth(connection) > 0 {
        return counted(connection, Kind::Savepoint, Owner::Caller).await;
    }
    match Manager::begin(connection, None).await {
        Ok(()) => Ok(Scope::new(connection, Kind::Transaction, Owner::Nobody)),
        // The only thing that BEGIN is refused for: the caller has written it before.
        Err(error) if is_plain(&error) => savepoint_by_hand(connection, 1).await,
        Err(error) => Err(error),
    }
}

async fn savepoint_by_hand(
    connection: &mut SqliteConnection,
    depth: u32,
) -> sqlx::Result<Scope<'_, Sqlite>> {
    // Made first, so that what is dropped while it waits is undone as well.
    let mut scope: Scope<'_, Sqlite> =
        Scope::new(connection, Kind::ByHand(depth, undo), Owner::Caller);
    (&mut *scope).execute(script(by_hand(depth))).await?;
    Ok(scope)
}

/// Undoes a savepoint that sqlx does not count. The thread of the connection takes both statements behind
/// whatever it is doing; where the savepoint is gone, they do nothing.
fn undo(connection: &mut SqliteConnection, depth: u32) {
    let name = by_hand(depth);
    for undo in [format!("ROLLBACK TO {name}"), format!("RELEASE {name}")] {
        connection.execute(script(undo)).now_or_never();
    }
}

/// Whether the database has refused a statement for what it is, and not for what it found.
fn is_plain(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.as_deref() == Some("1")
}

/// A statement has failed: where that has ended the transaction around it, those who go on are refused.
pub(super) async fn look_after(lease: &mut Lease<'_, Sqlite>) {
    match lease {
        Lease::Pooled(_) => {}
        Lease::Borrowed(connection) => {
            // Who counts for himself sees for himself.
            if Manager::get_transaction_depth(connection) > 0 {
                stand_in(connection, true).await;
            }
        }
        Lease::Shared(shared) => {
            let (connection, session) = shared.parts();
            // Whoever drops this half way does not go on either.
            session.set_ended(true);
            session.set_ended(stand_in(connection, false).await);
        }
        Lease::Nested(scope) => look_after_scope(scope).await,
    }
}

async fn look_after_scope(scope: &mut Scope<'_, Sqlite>) {
    match scope.owner() {
        Owner::Nobody => {
            stand_in(&mut *scope, false).await;
        }
        Owner::Caller => {
            stand_in(&mut *scope, true).await;
        }
        Owner::Session(session) => {
            session.set_ended(true);
            session.set_ended(stand_in(&mut *scope, false).await);
        }
    }
}

/// Whether the transaction was ended by the database. Another one then stands in for it, as deep as sqlx
/// counts, so that what sqlx will still do finds what it expects; `for_caller`, who may go on and
/// commit, it is one that can only be rolled back.
pub(super) async fn stand_in(connection: &mut SqliteConnection, for_caller: bool) -> bool {
    // Refused where a transaction is open, and the only way to ask.
    if connection.execute("BEGIN").await.is_err() {
        return false;
    }
    if for_caller && !lock(connection).await.is_ok_and(|is_locked| is_locked) {
        // To commit without a transaction is an error as well.
        connection.execute("ROLLBACK").await.ok();
        return true;
    }
    for depth in 1..Manager::get_transaction_depth(connection) {
        let savepoint = script(format!("SAVEPOINT _sqlx_savepoint_{depth}"));
        connection.execute(savepoint).await.ok();
    }
    true
}

/// Makes a transaction one that cannot be committed: a row points to one that is not there.
async fn lock(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    let foreign_keys = connection.fetch_one("PRAGMA foreign_keys").await?;
    if foreign_keys.try_get::<i64, _>(0)? == 0 {
        return Ok(false);
    }
    connection.execute(LOCK).await?;
    connection.execute(LOCKED).await?;
    Ok(true)
}

const LOCK: &str = "CREATE TEMP TABLE \" orm ended\" (id INTEGER PRIMARY KEY, \
    of INTEGER REFERENCES \" orm ended\" (id) DEFERRABLE INITIALLY DEFERRED)";
const LOCKED: &str = "INSERT INTO temp.\" orm ended\" VALUES (1, 2)";
