//! A connection that is ours for a while, wherever it came from.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::pool::PoolConnection;
use sqlx::{Database, Transaction};
use tokio::sync::MappedMutexGuard;

/// A connection of a pool, of the caller, or of a transaction.
pub enum Lease<'c, D: Database> {
    /// Goes back to its pool afterwards.
    Pooled(PoolConnection<D>),
    /// Belongs to the caller.
    Borrowed(&'c mut D::Connection),
    /// Is shared by all who hold the transaction, one at a time.
    Shared(MappedMutexGuard<'c, D::Connection>, &'c Session<D>),
    /// Is a transaction, or a savepoint, of this library's own.
    Nested(Transaction<'c, D>),
}

impl<D: Database> Deref for Lease<'_, D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        match self {
            Self::Pooled(connection) => connection,
            Self::Borrowed(connection) => connection,
            Self::Shared(connection, _) => connection,
            Self::Nested(transaction) => transaction,
        }
    }
}

impl<D: Database> DerefMut for Lease<'_, D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        match self {
            Self::Pooled(connection) => connection,
            Self::Borrowed(connection) => connection,
            Self::Shared(connection, _) => connection,
            Self::Nested(transaction) => transaction,
        }
    }
}

impl<D: Database> fmt::Debug for Lease<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pooled(_) => "Pooled",
            Self::Borrowed(_) => "Borrowed",
            Self::Shared(..) => "Shared",
            Self::Nested(_) => "Nested",
        })
    }
}

/// A transaction that several handles share.
pub struct Session<D: Database> {
    /// The transaction until it is committed.
    pub(crate) transaction: tokio::sync::Mutex<Option<Transaction<'static, D>>>,
    worth_a_retry: AtomicBool,
}

impl<D: Database> Session<D> {
    pub(crate) fn new(transaction: Transaction<'static, D>) -> Self {
        Self {
            transaction: tokio::sync::Mutex::new(Some(transaction)),
            worth_a_retry: AtomicBool::new(false),
        }
    }

    /// A statement failed because of other transactions: all of it can be run again.
    pub(crate) fn note_conflict(&self) {
        self.worth_a_retry.store(true, Ordering::Relaxed);
    }

    /// Whether a statement failed because of other transactions.
    pub(crate) fn is_worth_a_retry(&self) -> bool {
        self.worth_a_retry.load(Ordering::Relaxed)
    }
}

impl<D: Database> fmt::Debug for Session<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("worth_a_retry", &self.worth_a_retry)
            .finish_non_exhaustive()
    }
}
