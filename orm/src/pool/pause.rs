//! Pauses between tries.

use std::time::Duration;

/// How often something is tried at least before its conflict is given back.
pub(crate) const ATTEMPTS: u32 = 10;

/// The longest pause is twice as long as it takes a server to see a deadlock.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Twice as long each time, and never the same for two, so that they do not meet again.
pub(crate) fn pause(attempt: u32) -> Duration {
    let longest = Duration::from_millis(1 << attempt.min(16)).min(LONGEST_PAUSE);
    let longest = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX);
    Duration::from_micros(fastrand::u64(500..=longest))
}
