//! How much is done.

use std::time::Duration;

/// How long a run may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// A few minutes.
    Quick,
    /// Less than half an hour, with counts and instructions.
    Full,
    /// As much as counting needs, whose numbers are the same each time.
    Counted,
}

/// How much is done of a workload.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Rounds that are thrown away.
    pub warm_up: usize,
    /// Rounds that count.
    pub rounds: usize,
    /// Calls of each peer in a round.
    pub calls: usize,
    /// No round begins later than this, except for the first that counts.
    pub within: Duration,
}

impl Pace {
    /// Rounds that are thrown away, rounds that count, calls of each peer in a round, and seconds.
    pub const fn new(warm_up: usize, rounds: usize, calls: usize, seconds: u64) -> Self {
        Self {
            warm_up,
            rounds,
            calls,
            within: Duration::from_secs(seconds),
        }
    }

    /// How many calls of each peer there are.
    pub fn total(self) -> usize {
        (self.warm_up + self.rounds) * self.calls
    }
}
