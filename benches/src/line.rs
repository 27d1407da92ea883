//! What was measured of a peer at one workload.

use crate::relay::Traffic;

/// What was measured of a peer at one workload.
#[derive(Debug, Clone)]
pub struct Line {
    pub peer: &'static str,
    /// Microseconds a call.
    pub median: f64,
    /// Where there are enough calls for it.
    pub p99: Option<f64>,
    /// The median of each round, in microseconds a call.
    pub rounds: Vec<f64>,
    /// Microseconds of the client's processor a call, the median of all rounds.
    pub cpu: f64,
    /// Where the program counts, or has been told what another has counted.
    pub counts: Option<Counts>,
}

impl Line {
    /// How much slower than another peer: the median of the ratios of the rounds.
    pub fn ratio_to(&self, other: &Line) -> f64 {
        let pairs = self.rounds.iter().zip(&other.rounds);
        median(&mut pairs.map(|(own, other)| own / other).collect::<Vec<_>>())
    }

    /// The quickest and the slowest round.
    pub fn noise(&self) -> (f64, f64) {
        let least = self.rounds.iter().copied().fold(f64::INFINITY, f64::min);
        (least, self.rounds.iter().copied().fold(0.0, f64::max))
    }
}

/// What a call takes that is the same each time, in the cheapest round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub allocations: u64,
    /// Bytes of heap above what there was before.
    pub peak: u64,
    /// Nothing on SQLite, which has no wire.
    pub wire: Option<Traffic>,
}

impl Counts {
    /// The least of both.
    #[must_use]
    pub fn least(self, other: Self) -> Self {
        let wire = self.wire.zip(other.wire);
        Self {
            allocations: self.allocations.min(other.allocations),
            peak: self.peak.min(other.peak),
            wire: wire.map(|(one, other)| Traffic {
                statements: one.statements.min(other.statements),
                waits: one.waits.min(other.waits),
                sent: one.sent.min(other.sent),
                received: one.received.min(other.received),
            }),
        }
    }

    /// Words that [`Counts::parse`] reads.
    pub fn words(self) -> String {
        let wire = self.wire.map(|wire| {
            let Traffic {
                statements,
                waits,
                sent,
                received,
            } = wire;
            format!(" {statements} {waits} {sent} {received}")
        });
        format!(
            "{} {}{}",
            self.allocations,
            self.peak,
            wire.unwrap_or_default()
        )
    }

    /// Reads what [`Counts::words`] writes.
    pub fn parse(words: &str) -> Option<Self> {
        let numbers: Result<Vec<u64>, _> = words.split(' ').map(str::parse).collect();
        let (allocations, peak, wire) = match numbers.ok()?[..] {
            [allocations, peak] => (allocations, peak, None),
            [allocations, peak, statements, waits, sent, received] => {
                let wire = Traffic {
                    statements,
                    waits,
                    sent,
                    received,
                };
                (allocations, peak, Some(wire))
            }
            _ => return None,
        };
        Some(Self {
            allocations,
            peak,
            wire,
        })
    }
}

/// The value in the middle; sorts them.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_they_are_written() {
        let wire = Traffic {
            statements: 3,
            waits: 4,
            sent: 5,
            received: 6,
        };
        for wire in [None, Some(wire)] {
            let counts = Counts {
                allocations: 1,
                peak: 2,
                wire,
            };
            assert_eq!(Counts::parse(&counts.words()), Some(counts));
        }
    }
}
