//! How often something is tried again that others have got in the way of, and after which pauses.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::run::runs_again;
use crate::backend::{Connection, Health};
use crate::error::{Error, ErrorKind};
use crate::pool::{ATTEMPTS, pause};

/// How long conflicts are borne at least, from the first of them on. A deadlock alone takes the server a
/// second to see (`deadlock_timeout`), and of many writers that meet one goes through at a time.
const PATIENCE: Duration = Duration::from_secs(30);

/// The conflicts of something that is tried again.
#[derive(Debug, Default)]
pub(super) struct Conflicts {
    since: Option<Instant>,
    tries: u32,
}

impl Conflicts {
    /// One more conflict: whether to try again, after the pause that this takes.
    pub(super) async fn pause(&mut self) -> bool {
        let Some(pause) = self.next(Instant::now()) else {
            return false;
        };
        tracing::debug!(attempt = self.tries, "conflict, trying again");
        sleep(pause).await;
        true
    }

    /// The pause after a conflict at this time; `None` where there have been enough.
    fn next(&mut self, now: Instant) -> Option<Duration> {
        let since = *self.since.get_or_insert(now);
        self.tries += 1;
        let is_enough = self.tries >= ATTEMPTS && now.duration_since(since) >= PATIENCE;
        (!is_enough).then(|| pause(self.tries))
    }
}

/// Several statements in a transaction of our own, of which nothing is done when one of them fails.
#[derive(Debug, Default)]
pub(super) struct Again {
    conflicts: Conflicts,
    has_repeated: bool,
}

impl Again {
    /// Whether to run all of it again after this error, where no transaction of the caller's is at stake.
    ///
    /// What others got in the way of is run until it goes through; what was out of date, and a key that
    /// another writer of the same row has taken first, once.
    pub(super) async fn is_worth_it<C: Connection>(&mut self, on: &mut C, error: &Error) -> bool {
        if !on.can_send_again() {
            return false;
        }
        if let Some(Health::Conflict) = runs_again(error) {
            return self.conflicts.pause().await;
        }
        let is_first = !std::mem::replace(&mut self.has_repeated, true);
        if !is_first && error.is_surely_stale() {
            on.close();
        }
        is_first && (error.is_stale() || error.kind() == ErrorKind::UniqueViolation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicts_are_borne_for_their_time_and_not_for_ever() {
        let began = Instant::now();
        let (mut conflicts, mut now) = (Conflicts::default(), began);
        while let Some(pause) = conflicts.next(now) {
            now += pause;
        }
        assert!(conflicts.tries > ATTEMPTS);
        let took = now - began;
        let longest = crate::pool::LONGEST_PAUSE;
        assert!(took >= PATIENCE && took < PATIENCE + longest, "{took:?}");
    }

    #[test]
    fn what_takes_long_is_tried_as_often() {
        let (mut conflicts, mut now) = (Conflicts::default(), Instant::now());
        for _ in 1..ATTEMPTS {
            assert!(conflicts.next(now).is_some());
            now += PATIENCE;
        }
        assert!(conflicts.next(now).is_none());
    }
}
