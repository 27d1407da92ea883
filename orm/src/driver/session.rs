//! A transaction that several handles share, and the savepoints in it.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

use futures_util::future::{Either, select};
use sqlx::{Database, Transaction};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard, Notify};

use crate::backend::Health;
use crate::error::{Error, ErrorKind, Result};

/// A transaction, or a savepoint in one. The handles of either share it.
pub struct Session<D: Database> {
    root: Arc<Root<D>>,
    /// Tells it from all others of its root.
    number: u64,
    /// How many savepoints are around it, itself included.
    depth: u32,
    health: AtomicU8,
    is_over: AtomicBool,
}

/// What a transaction and the savepoints in it have in common.
struct Root<D: Database> {
    /// The transaction until it is committed.
    transaction: Mutex<Option<Transaction<'static, D>>>,
    /// The number of the innermost savepoint that is open: the only one that statements run in.
    innermost: AtomicU64,
    /// The number of the last savepoint that was begun.
    begun: AtomicU64,
    is_midway: AtomicBool,
    is_ended: AtomicBool,
    is_streaming: AtomicBool,
    keeps_statements: bool,
    /// Wakes those who wait when a stream has begun.
    stream_begun: Notify,
}

impl<D: Database> Session<D> {
    /// On a connection that keeps what it has prepared, or does not.
    pub(crate) fn new(transaction: Transaction<'static, D>, keeps_statements: bool) -> Self {
        Self::with(
            Arc::new(Root {
                transaction: Mutex::new(Some(transaction)),
                innermost: AtomicU64::new(0),
                begun: AtomicU64::new(0),
                is_midway: AtomicBool::new(false),
                is_ended: AtomicBool::new(false),
                is_streaming: AtomicBool::new(false),
                keeps_statements,
                stream_begun: Notify::new(),
            }),
            0,
            0,
        )
    }

    fn with(root: Arc<Root<D>>, number: u64, depth: u32) -> Self {
        Self {
            root,
            number,
            depth,
            health: AtomicU8::new(Health::Sound as u8),
            is_over: AtomicBool::new(false),
        }
    }

    /// A savepoint in it. It is to be [opened](Self::open) once the database has it.
    pub(crate) fn within(&self) -> Self {
        let number = self.root.begun.fetch_add(1, Ordering::Relaxed) + 1;
        Self::with(Arc::clone(&self.root), number, self.depth + 1)
    }

    /// From here on statements run in this savepoint.
    pub(crate) fn open(&self) {
        self.root.innermost.store(self.number, Ordering::Relaxed);
    }

    /// From here on statements run in the one around this savepoint.
    pub(crate) fn close(&self, around: &Self) {
        self.is_over.store(true, Ordering::Relaxed);
        around.open();
    }

    /// The savepoint, as statements name it.
    pub(crate) fn savepoint(&self) -> String {
        format!("SAVEPOINT \" orm {}\"", self.depth)
    }

    pub(super) fn keeps_statements(&self) -> bool {
        self.root.keeps_statements
    }

    pub(crate) fn note(&self, health: Health) {
        self.health.fetch_max(health as u8, Ordering::Relaxed);
    }

    /// Says that something has begun that must not be dropped half way, or that it has ended.
    pub(crate) fn set_midway(&self, is_midway: bool) {
        self.root.is_midway.store(is_midway, Ordering::Relaxed);
    }

    /// Whether something was dropped half way, so that nobody knows which savepoint is open.
    pub(crate) fn is_midway(&self) -> bool {
        self.root.is_midway.load(Ordering::Relaxed)
    }

    /// Says that the database itself has ended the transaction, or that it has not.
    #[cfg(feature = "sqlite")]
    pub(crate) fn set_ended(&self, is_ended: bool) {
        self.root.is_ended.store(is_ended, Ordering::Relaxed);
    }

    pub(crate) fn health(&self) -> Health {
        if self.is_midway() {
            return Health::Ended;
        }
        match self.health.load(Ordering::Relaxed) {
            0 if self.root.is_ended.load(Ordering::Relaxed) => Health::Ended,
            0 => Health::Sound,
            1 => Health::Ended,
            2 => Health::Stale,
            _ => Health::Conflict,
        }
    }

    /// The transaction, once the others who hold it have finished their statements, for its end.
    pub(crate) async fn take(&self) -> Option<Transaction<'static, D>> {
        self.root.transaction.lock().await.take()
    }

    /// The connection, once the others who hold it have finished their statements.
    pub(crate) async fn lease(&self) -> Result<Shared<'_, D>> {
        let guard = self.lock().await?;
        self.check()?;
        MutexGuard::try_map(guard, |transaction| {
            transaction.as_mut().map(|open| &mut **open)
        })
        .map(|connection| Shared {
            connection,
            session: self,
            is_streaming: false,
        })
        .map_err(|_| over())
    }

    async fn lock(&self) -> Result<MutexGuard<'_, Option<Transaction<'static, D>>>> {
        let root = &*self.root;
        if let Ok(guard) = root.transaction.try_lock() {
            return Ok(guard);
        }
        let mut lock = pin!(root.transaction.lock());
        loop {
            let mut stream_begun = pin!(root.stream_begun.notified());
            stream_begun.as_mut().enable();
            // Whoever reads it may be the one who waits here, and then neither would ever go on.
            if root.is_streaming.load(Ordering::Relaxed) {
                return Err(Error::new(
                    ErrorKind::Transaction,
                    "a stream of this transaction is still open; collect it first",
                ));
            }
            if let Either::Left((guard, _)) = select(lock.as_mut(), stream_begun).await {
                return Ok(guard);
            }
        }
    }

    /// Whether a statement can run in it.
    fn check(&self) -> Result<()> {
        let say = if self.is_over.load(Ordering::Relaxed) {
            return Err(over());
        } else if self.is_midway() {
            "a batch or a savepoint was dropped half way, and nothing of the transaction can be kept"
        } else if self.root.is_ended.load(Ordering::Relaxed) {
            "an error has made the database end the transaction: all of it is rolled back"
        } else if self.root.innermost.load(Ordering::Relaxed) != self.number {
            "a savepoint of this transaction is open; use the handle that its closure was given"
        } else {
            return Ok(());
        };
        Err(Error::new(ErrorKind::Transaction, say))
    }
}

fn over() -> Error {
    Error::new(
        ErrorKind::Transaction,
        "the transaction is over; run the statement before its closure returns",
    )
}

impl<D: Database> fmt::Debug for Session<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("health", &self.health())
            .finish_non_exhaustive()
    }
}

/// The connection of a transaction that several handles share, for one statement.
pub struct Shared<'c, D: Database> {
    connection: MappedMutexGuard<'c, D::Connection>,
    session: &'c Session<D>,
    is_streaming: bool,
}

impl<'c, D: Database> Shared<'c, D> {
    /// Says that it is held until its rows have been read, by whoever reads them.
    pub(super) fn set_streaming(&mut self) {
        self.is_streaming = true;
        let root = &self.session.root;
        root.is_streaming.store(true, Ordering::Relaxed);
        root.stream_begun.notify_waiters();
    }

    /// The transaction, or the savepoint in it.
    pub(super) fn session(&self) -> &'c Session<D> {
        self.session
    }

    pub(super) fn parts(&mut self) -> (&mut D::Connection, &'c Session<D>) {
        (&mut self.connection, self.session)
    }
}

impl<D: Database> fmt::Debug for Shared<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

impl<D: Database> Drop for Shared<'_, D> {
    fn drop(&mut self) {
        if self.is_streaming {
            let root = &self.session.root;
            root.is_streaming.store(false, Ordering::Relaxed);
        }
    }
}

impl<D: Database> Deref for Shared<'_, D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        &self.connection
    }
}

impl<D: Database> DerefMut for Shared<'_, D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        &mut self.connection
    }
}
