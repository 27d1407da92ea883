//! A transaction, or a savepoint, of this library's own.
//!
//! Not a `Transaction` of sqlx: where its `begin` is dropped half way within another transaction, sqlx 0.9
//! rolls that one back too, and what comes behind it is no longer part of any.

use std::fmt;
use std::ops::{Deref, DerefMut};

use futures_core::future::BoxFuture;
use sqlx::{Database, Pool};
use sqlx_core::transaction::TransactionManager;

use super::session::Session;

/// An open transaction or savepoint. Dropping it rolls back.
pub struct Scope<'c, D: Database> {
    connection: &'c mut D::Connection,
    kind: Kind<D>,
    owner: Owner<'c, D>,
    is_open: bool,
    keeps_statements: bool,
}

/// How a scope is ended.
pub(super) enum Kind<D: Database> {
    /// It is a transaction that sqlx counts.
    Transaction,
    /// It is a savepoint that sqlx counts.
    Savepoint,
    /// The same in a transaction of the caller's, which goes on when the scope is dropped half way.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(dead_code, reason = "SQLite answers before it can be dropped")
    )]
    Guest,
    /// It is a savepoint that sqlx does not count, in a transaction that the caller has begun by hand: how
    /// many there are, and how the last is undone without waiting.
    ByHand(u32, fn(&mut D::Connection, u32)),
}

/// Whose transaction is at stake.
pub(super) enum Owner<'c, D: Database> {
    /// Nobody else's.
    Nobody,
    /// The caller's.
    Caller,
    /// That of those who share it.
    Session(
        #[cfg_attr(
            not(feature = "sqlite"),
            expect(dead_code, reason = "only SQLite ends a transaction by itself")
        )]
        &'c Session<D>,
    ),
}

impl<D: Database> Clone for Kind<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Database> Copy for Kind<D> {}

impl<D: Database> Clone for Owner<'_, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Database> Copy for Owner<'_, D> {}

impl<'c, D: Database> Scope<'c, D> {
    /// It has just been begun on this connection.
    pub(super) fn new(
        connection: &'c mut D::Connection,
        kind: Kind<D>,
        owner: Owner<'c, D>,
    ) -> Self {
        Self {
            connection,
            kind,
            owner,
            is_open: true,
            keeps_statements: true,
        }
    }

    /// The same on a connection that keeps what it has prepared, or does not.
    pub(super) fn keeping(mut self, statements: bool) -> Self {
        self.keeps_statements = statements;
        self
    }

    pub(super) fn keeps_statements(&self) -> bool {
        self.keeps_statements
    }

    pub(super) fn kind(&self) -> Kind<D> {
        self.kind
    }

    pub(super) fn owner(&self) -> Owner<'c, D> {
        self.owner
    }

    /// Whether it is a transaction, and not a savepoint.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.kind, Kind::Transaction)
    }

    /// It has ended, and nothing is left to be undone.
    pub(super) fn close(&mut self) {
        self.is_open = false;
    }

    /// How many transactions and savepoints sqlx counts.
    #[cfg(feature = "postgres")]
    pub(super) fn depth(&self) -> usize {
        D::TransactionManager::get_transaction_depth(self.connection)
    }

    /// Takes back what was done since it was begun, or since a savepoint of the same name, without waiting.
    pub(super) fn undo(&mut self) {
        match self.kind {
            Kind::Transaction | Kind::Savepoint | Kind::Guest => {
                D::TransactionManager::start_rollback(self.connection);
            }
            Kind::ByHand(depth, undo) => undo(self.connection, depth),
        }
    }
}

/// A database whose transactions sqlx counts.
pub trait Counted: Database {
    /// Runs statements that take no arguments.
    fn run(connection: &mut Self::Connection, sql: String) -> BoxFuture<'_, sqlx::Result<()>>;

    /// Whether the database itself has ended the transaction that sqlx counts. Where it has, another one is
    /// open in its place, for sqlx to roll back.
    fn has_ended(connection: &mut Self::Connection) -> BoxFuture<'_, bool>;

    /// Whether a connection of this pool keeps what it has prepared, so that it has to have a name.
    fn keeps_statements(connection: &Self::Connection, pool: &Pool<Self>) -> bool;

    /// Brings the count back to nothing on a connection that has just come from its pool.
    fn mend(connection: &mut Self::Connection) -> BoxFuture<'_, sqlx::Result<()>>;
}

/// The savepoint that sqlx does not count, as statements name it.
pub(super) fn by_hand(depth: u32) -> String {
    format!("SAVEPOINT \" orm by hand {depth}\"")
}

impl<D: Database> fmt::Debug for Scope<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope")
            .field("is_open", &self.is_open)
            .finish_non_exhaustive()
    }
}

impl<D: Database> Drop for Scope<'_, D> {
    fn drop(&mut self) {
        if self.is_open {
            self.undo();
        }
    }
}

impl<D: Database> Deref for Scope<'_, D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        self.connection
    }
}

impl<D: Database> DerefMut for Scope<'_, D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        self.connection
    }
}
