//! A `COPY` that is dropped half way.
//!
//! sqlx does not count the answer to it, so that each statement after it would be given the answer to the
//! one before. The connection is closed instead; one that is not ours to close is not copied on.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::backend::Connection;

/// Whether a `COPY` has begun and not ended.
#[derive(Debug, Clone, Default)]
pub(crate) struct Copying(Arc<AtomicBool>);

impl Copying {
    /// Notes that one begins, or that it has ended.
    pub(super) fn note(&self, copying: bool) {
        self.0.store(copying, Ordering::Relaxed);
    }
}

/// A connection that is closed when it is dropped while it copies.
pub(super) struct Watched<C: Connection> {
    connection: C,
    copying: Copying,
}

impl<C: Connection> Watched<C> {
    pub(super) fn new(connection: C, copying: Copying) -> Self {
        Self {
            connection,
            copying,
        }
    }
}

impl<C: Connection> Deref for Watched<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.connection
    }
}

impl<C: Connection> DerefMut for Watched<C> {
    fn deref_mut(&mut self) -> &mut C {
        &mut self.connection
    }
}

impl<C: Connection> Drop for Watched<C> {
    fn drop(&mut self) {
        if self.copying.0.load(Ordering::Relaxed) {
            self.connection.discard();
        }
    }
}
