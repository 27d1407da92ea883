//! Pauses between tries.

use std::time::Duration;

/// How often something is tried at least before its conflict is given back.
pub(crate) const ATTEMPTS: u32 = 10;

/// The longest pause is twice as long as it takes a server to see a deadlock.
const LONGEST_PAUSE: u64 = 2_000;

/// Twice as long each time, and never the same for two, so that they do not meet again.
pub(crate) fn pause(attempt: u32) -> Duration {
    let longest = 1_u64 << attempt.min(16);
    Duration::from_micros(fastrand::u64(500..=longest.min(LONGEST_PAUSE) * 1_000))
}
