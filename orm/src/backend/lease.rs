//! A connection that is ours for a while, wherever it came from.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use sqlx::pool::PoolConnection;
use sqlx::{Database, Transaction};
use tokio::runtime::Handle;
use tokio::sync::MappedMutexGuard;

/// A connection of a pool, of the caller, or of a transaction.
pub enum Lease<'c, D: Database> {
    /// Goes back to its pool afterwards.
    Pooled(Pooled<D>),
    /// Belongs to the caller.
    Borrowed(&'c mut D::Connection),
    /// Is shared by all who hold the transaction, one at a time.
    Shared(MappedMutexGuard<'c, D::Connection>, &'c Session<D>),
    /// Is a transaction, or a savepoint, of this library's own.
    Nested(Transaction<'c, D>),
}

/// A connection of a pool, which goes back to it unless something was dropped half way.
#[derive(Debug)]
pub struct Pooled<D: Database> {
    connection: PoolConnection<D>,
    is_midway: bool,
    is_answered: bool,
}

tokio::task_local! {
    /// Set while a connection goes back to its pool of which it is known that nothing is open on it.
    static ANSWERED: ();
}

/// Whether nothing can be open on the connection that goes back to its pool in this task.
#[cfg(feature = "postgres")]
pub(crate) fn is_answered() -> bool {
    ANSWERED.try_with(|()| ()).is_ok()
}

impl<D: Database> Pooled<D> {
    pub(crate) fn new(connection: PoolConnection<D>) -> Self {
        Self {
            connection,
            is_midway: false,
            is_answered: false,
        }
    }

    /// Says that something has begun that must not be dropped half way, or that it has ended.
    pub(crate) fn set_midway(&mut self, is_midway: bool) {
        self.is_midway = is_midway;
    }

    /// Says that the pool is not to have it back.
    pub(crate) fn close(&mut self) {
        self.connection.close_on_drop();
    }

    /// Says that the only statement has been answered in full, and that it has opened nothing.
    pub(crate) fn set_answered(&mut self) {
        self.is_answered = true;
    }
}

impl<D: Database> Drop for Pooled<D> {
    fn drop(&mut self) {
        if self.is_midway {
            self.connection.close_on_drop();
        } else if self.is_answered
            && let Ok(runtime) = Handle::try_current()
        {
            // What the pool does itself when the connection is dropped, but that its options are told.
            runtime.spawn(ANSWERED.scope((), self.connection.return_to_pool()));
        }
    }
}

impl<D: Database> Deref for Lease<'_, D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        match self {
            Self::Pooled(pooled) => &pooled.connection,
            Self::Borrowed(connection) => connection,
            Self::Shared(connection, _) => connection,
            Self::Nested(transaction) => transaction,
        }
    }
}

impl<D: Database> DerefMut for Lease<'_, D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        match self {
            Self::Pooled(pooled) => &mut pooled.connection,
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
    health: AtomicU8,
    is_midway: AtomicBool,
}

/// What has become of a transaction while it was open. The worst is kept.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Health {
    /// It can be committed.
    Sound,
    /// An error has ended it: on PostgreSQL nothing of it can be kept, and `COMMIT` would roll back and
    /// call that success.
    Ended,
    /// A statement of it had been prepared before its table changed. It is prepared anew when all of it
    /// is run again.
    Stale,
    /// It got into the way of another one, and all of it can be run again.
    Conflict,
}

impl<D: Database> Session<D> {
    pub(crate) fn new(transaction: Transaction<'static, D>) -> Self {
        Self {
            transaction: tokio::sync::Mutex::new(Some(transaction)),
            health: AtomicU8::new(Health::Sound as u8),
            is_midway: AtomicBool::new(false),
        }
    }

    pub(crate) fn note(&self, health: Health) {
        self.health.fetch_max(health as u8, Ordering::Relaxed);
    }

    /// Says that something has begun that must not be dropped half way, or that it has ended.
    pub(crate) fn set_midway(&self, is_midway: bool) {
        self.is_midway.store(is_midway, Ordering::Relaxed);
    }

    /// Whether something was dropped half way, so that nobody knows which savepoint is open.
    pub(crate) fn is_midway(&self) -> bool {
        self.is_midway.load(Ordering::Relaxed)
    }

    pub(crate) fn health(&self) -> Health {
        if self.is_midway() {
            return Health::Ended;
        }
        match self.health.load(Ordering::Relaxed) {
            0 => Health::Sound,
            1 => Health::Ended,
            2 => Health::Stale,
            _ => Health::Conflict,
        }
    }
}

impl<D: Database> fmt::Debug for Session<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("health", &self.health())
            .finish_non_exhaustive()
    }
}
