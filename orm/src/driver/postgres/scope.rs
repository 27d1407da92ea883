//! Transactions and savepoints on PostgreSQL that leave nothing behind when they are dropped half way.
//!
//! What sqlx counts it rolls back without waiting. But it counts only what has been answered, so the wait for
//! that answer is what has to be harmless.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::future::BoxFuture;
use futures_util::FutureExt as _;
use sqlx::{Database, Executor, PgConnection, Postgres, Row, SqlSafeStr};
use sqlx_core::transaction::TransactionManager;

use super::super::Lease;
use super::super::scope::{Kind, Owner, Scope, by_hand};
use super::super::script;

type Manager = <Postgres as Database>::TransactionManager;

/// A transaction on this connection, or a savepoint in the one that is open.
pub(super) async fn begin<'l>(
    lease: &'l mut Lease<'_, Postgres>,
) -> sqlx::Result<Scope<'l, Postgres>> {
    match lease {
        // These are closed, or rolled back as a whole, when anything is dropped.
        Lease::Pooled(_) => counted(&mut *lease, Kind::Transaction, Owner::Nobody).await,
        Lease::Shared(shared) => {
            let (connection, session) = shared.parts();
            counted(connection, Kind::Savepoint, Owner::Session(session)).await
        }
        Lease::Borrowed(connection) => {
            if Manager::get_transaction_depth(connection) > 0 {
                guest(connection, Owner::Caller).await
            } else {
                on_a_connection(connection).await
            }
        }
        Lease::Nested(scope) => {
            let owner = scope.owner();
            match scope.kind() {
                Kind::Transaction | Kind::Savepoint => {
                    counted(&mut *scope, Kind::Savepoint, owner).await
                }
                Kind::Guest => guest(&mut *scope, owner).await,
                Kind::ByHand(depth, _) => savepoint_by_hand(&mut *scope, depth + 1).await,
            }
        }
    }
}

/// Commits, or releases the savepoint.
pub(super) async fn commit(mut scope: Scope<'_, Postgres>) -> sqlx::Result<()> {
    match scope.kind() {
        Kind::Transaction | Kind::Savepoint => Manager::commit(&mut scope).await?,
        Kind::Guest => {
            let name = format!("SAVEPOINT _sqlx_savepoint_{}", scope.depth() - 1);
            // sqlx counts the savepoint as long as this is not answered, and rolls back to it when it is
            // dropped. So there has to be one of its name, which now is behind what was written.
            let kept = script(format!("RELEASE {name}; {name}"));
            (&mut *scope).execute(kept).await?;
            scope.undo();
            scope.close();
            (&mut *scope)
                .execute(script(format!("RELEASE {name}")))
                .await?;
        }
        Kind::ByHand(depth, _) => {
            let release = script(format!("RELEASE {}", by_hand(depth)));
            (&mut *scope).execute(release).await?;
        }
    }
    scope.close();
    Ok(())
}

async fn counted<'l>(
    connection: &'l mut PgConnection,
    kind: Kind<Postgres>,
    owner: Owner<'l, Postgres>,
) -> sqlx::Result<Scope<'l, Postgres>> {
    Manager::begin(connection, None).await?;
    Ok(Scope::new(connection, kind, owner))
}

async fn guest<'l>(
    connection: &'l mut PgConnection,
    owner: Owner<'l, Postgres>,
) -> sqlx::Result<Scope<'l, Postgres>> {
    Begin(Some(Manager::begin(connection, None).boxed())).await?;
    Ok(Scope::new(connection, Kind::Guest, owner))
}

/// A `begin` of sqlx within a transaction of the caller's.
///
/// Dropped half way it rolls that transaction back, although the savepoint that was sent does no harm. So it
/// is not dropped but forgotten: some hundred bytes stay behind for each that is.
struct Begin<'c>(Option<BoxFuture<'c, sqlx::Result<()>>>);

impl Future for Begin<'_> {
    type Output = sqlx::Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<sqlx::Result<()>> {
        let Some(begin) = &mut self.0 else {
            return Poll::Pending;
        };
        let answer = begin.as_mut().poll(context);
        if answer.is_ready() {
            self.0 = None;
        }
        answer
    }
}

impl Drop for Begin<'_> {
    fn drop(&mut self) {
        if let Some(begin) = self.0.take() {
            std::mem::forget(begin);
        }
    }
}

/// On a connection of the caller's, which sqlx takes to be in no transaction.
async fn on_a_connection(connection: &mut PgConnection) -> sqlx::Result<Scope<'_, Postgres>> {
    let [is_outside, reads_only] = asked(connection).await?;
    if !is_outside {
        return savepoint_by_hand(connection, 1).await;
    }
    // Dropped before it is answered it stays open. Nothing can be written in it, so that whatever comes next
    // is refused, and not acknowledged and lost.
    Manager::begin(connection, Some("BEGIN READ ONLY".into_sql_str())).await?;
    let mut scope: Scope<'_, Postgres> = Scope::new(connection, Kind::Transaction, Owner::Nobody);
    if !reads_only {
        (&mut *scope)
            .execute(script("SET TRANSACTION READ WRITE".to_owned()))
            .await?;
    }
    Ok(scope)
}

/// Whether the connection is in no transaction, and whether a new one is to read only. Who has written
/// `BEGIN` by hand has begun before this statement.
async fn asked(connection: &mut PgConnection) -> sqlx::Result<[bool; 2]> {
    let question = "SELECT now() = statement_timestamp(), \
                    current_setting('default_transaction_read_only')::bool OR pg_is_in_recovery()";
    let row = connection.fetch_one(script(question.to_owned())).await?;
    Ok([row.try_get(0)?, row.try_get(1)?])
}

async fn savepoint_by_hand(
    connection: &mut PgConnection,
    depth: u32,
) -> sqlx::Result<Scope<'_, Postgres>> {
    connection.execute(script(by_hand(depth))).await?;
    Ok(Scope::new(
        connection,
        Kind::ByHand(depth, undo),
        Owner::Caller,
    ))
}

/// A statement has failed: what sqlx does not count is undone at once, since that can be waited for here.
pub(super) async fn look_after(lease: &mut Lease<'_, Postgres>) {
    if let Lease::Nested(scope) = lease
        && let Kind::ByHand(depth, _) = scope.kind()
    {
        let name = by_hand(depth);
        let undo = script(format!("ROLLBACK TO {name}; RELEASE {name}"));
        let connection: &mut PgConnection = &mut *scope;
        if connection.execute(undo).await.is_ok() {
            scope.close();
        }
    }
}

/// Undoes a savepoint that sqlx does not count. What has been dropped half way cannot be undone so: sqlx
/// sends nothing before it has been answered.
fn undo(connection: &mut PgConnection, depth: u32) {
    let name = by_hand(depth);
    let undo = script(format!("ROLLBACK TO {name}; RELEASE {name}"));
    connection.execute(undo).now_or_never();
}
