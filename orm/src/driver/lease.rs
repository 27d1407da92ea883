//! A connection that is ours for a while, wherever it came from.

use std::fmt;
use std::ops::{Deref, DerefMut};

use sqlx::Database;
use sqlx::pool::PoolConnection;
use tokio::runtime::Handle;

use super::scope::Scope;
use super::session::Shared;

/// A connection of a pool, of the caller, or of a transaction.
pub enum Lease<'c, D: Database> {
    /// Goes back to its pool afterwards.
    Pooled(Pooled<D>),
    /// Belongs to the caller.
    Borrowed(&'c mut D::Connection),
    /// Is shared by all who hold the transaction, one at a time.
    Shared(Shared<'c, D>),
    /// Is a transaction, or a savepoint, of this library's own.
    Nested(Scope<'c, D>),
}

/// A connection of a pool, which goes back to it unless something was dropped half way.
#[derive(Debug)]
pub struct Pooled<D: Database> {
    connection: PoolConnection<D>,
    is_midway: bool,
    is_answered: bool,
    keeps_statements: bool,
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
    /// Has just come from its pool, and keeps what it has prepared or does not.
    pub(crate) fn new(connection: PoolConnection<D>, keeps_statements: bool) -> Self {
        Self {
            connection,
            is_midway: false,
            is_answered: false,
            keeps_statements,
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

impl<D: Database> Lease<'_, D> {
    /// Whether a prepared statement is kept, and has to have a name. Of a connection of the caller's that is
    /// not known, and it is taken for one that keeps them, as sqlx does.
    #[inline]
    pub(super) fn keeps_statements(&self) -> bool {
        match self {
            Self::Pooled(pooled) => pooled.keeps_statements,
            Self::Borrowed(_) => true,
            Self::Shared(shared) => shared.session().keeps_statements(),
            Self::Nested(scope) => scope.keeps_statements(),
        }
    }
}

impl<D: Database> Deref for Lease<'_, D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        match self {
            Self::Pooled(pooled) => &pooled.connection,
            Self::Borrowed(connection) => connection,
            Self::Shared(shared) => shared,
            Self::Nested(scope) => scope,
        }
    }
}

impl<D: Database> DerefMut for Lease<'_, D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        match self {
            Self::Pooled(pooled) => &mut pooled.connection,
            Self::Borrowed(connection) => connection,
            Self::Shared(shared) => shared,
            Self::Nested(scope) => scope,
        }
    }
}

impl<D: Database> fmt::Debug for Lease<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pooled(_) => "Pooled",
            Self::Borrowed(_) => "Borrowed",
            Self::Shared(_) => "Shared",
            Self::Nested(_) => "Nested",
        })
    }
}
