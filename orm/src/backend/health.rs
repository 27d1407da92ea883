//! The state of a transaction.

/// The state of an open transaction. The worst one that was noted is kept.
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
