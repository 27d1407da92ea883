//! Calling several ways of one thing in turns.
//!
//! All of them are called in each round, a little each, in an order that turns round: what disturbs the
//! machine disturbs all of them. Ratios are taken within rounds.

use std::ops::Range;
use std::time::{Duration, Instant};

use futures_util::future::LocalBoxFuture;
use rustix::time::{ClockId, clock_gettime};

use crate::heap;

/// What calls have cost the process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// On all its threads.
    pub cpu: Duration,
    pub allocations: u64,
    /// Bytes of heap, above those before.
    pub peak: u64,
}

/// One way of doing a thing, ready to do it.
pub trait Work {
    /// Does it for these keys, one after the other; how long each took goes to `times`.
    fn run<'a>(
        &'a mut self,
        keys: Range<usize>,
        times: &'a mut Vec<Duration>,
    ) -> LocalBoxFuture<'a, Cost>;
}

/// Work that a closure does.
pub fn work(call: impl AsyncFnMut(usize) + 'static) -> Box<dyn Work> {
    Box::new(Calls(call))
}

struct Calls<F>(F);

impl<F: AsyncFnMut(usize)> Work for Calls<F> {
    fn run<'a>(
        &'a mut self,
        keys: Range<usize>,
        times: &'a mut Vec<Duration>,
    ) -> LocalBoxFuture<'a, Cost> {
        times.reserve(keys.len());
        Box::pin(async move {
            let heap = heap::installed();
            if let Some(heap) = heap {
                heap.reset();
            }
            let (allocations, cpu) = (heap.map_or(0, |heap| heap.allocations()), cpu());
            for key in keys {
                let began = Instant::now();
                self.0(key).await;
                times.push(began.elapsed());
            }
            Cost {
                cpu: self::cpu().saturating_sub(cpu),
                allocations: heap.map_or(0, |heap| heap.allocations()) - allocations,
                peak: heap.map_or(0, |heap| heap.peak()),
            }
        })
    }
}

fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = Duration::from_secs(time.tv_sec.cast_unsigned());
    seconds + Duration::from_nanos(time.tv_nsec.cast_unsigned())
}

/// How much is done.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Rounds that are thrown away.
    pub warm_up: usize,
    /// Rounds that count.
    pub rounds: usize,
    /// Calls of each peer in a round.
    pub calls: usize,
}

impl Pace {
    /// How many calls of each peer there are.
    pub fn total(self) -> usize {
        (self.warm_up + self.rounds) * self.calls
    }
}

/// A peer at one workload.
pub struct Contender {
    pub name: &'static str,
    pub work: Box<dyn Work>,
    /// Puts its database back as it was before each round.
    pub reset: Option<Box<dyn Work>>,
}

/// What was measured of a peer at one workload.
#[derive(Debug, Clone)]
pub struct Line {
    pub workload: String,
    pub peer: &'static str,
    /// Microseconds a call.
    pub median: f64,
    /// Where there are enough calls for it.
    pub p99: Option<f64>,
    /// The median of each round, in microseconds a call.
    pub rounds: Vec<f64>,
    /// Microseconds of the client's processor a call, the median of all rounds.
    pub cpu: f64,
    /// A call, in the cheapest round.
    pub allocations: u64,
    /// Bytes above what there was before, in the cheapest round.
    pub peak: u64,
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

/// Lets all peers do a workload.
pub async fn compare(workload: &str, mut peers: Vec<Contender>, pace: Pace) -> Vec<Line> {
    let count = peers.len();
    let mut measured: Vec<Measured> = (0..count).map(|_| Measured::default()).collect();
    for round in 0..pace.warm_up + pace.rounds {
        for turn in 0..count {
            let at = (turn + round) % count;
            let peer = &mut peers[at];
            if let Some(reset) = &mut peer.reset {
                reset.run(round..round + 1, &mut Vec::new()).await;
            }
            let mut times = Vec::new();
            let keys = round * pace.calls..(round + 1) * pace.calls;
            let cost = peer.work.run(keys, &mut times).await;
            if round >= pace.warm_up {
                measured[at].add(&times, cost);
            }
        }
    }
    peers
        .into_iter()
        .zip(measured)
        .map(|(peer, measured)| measured.line(workload, peer.name))
        .collect()
}

#[derive(Default)]
struct Measured {
    times: Vec<f64>,
    rounds: Vec<f64>,
    cpu: Vec<f64>,
    allocations: Vec<u64>,
    peaks: Vec<u64>,
}

impl Measured {
    fn add(&mut self, times: &[Duration], cost: Cost) {
        let mut times: Vec<f64> = times.iter().copied().map(micros).collect();
        self.times.extend(&times);
        self.rounds.push(median(&mut times));
        self.cpu.push(micros(cost.cpu) / times.len() as f64);
        self.allocations.push(cost.allocations / times.len() as u64);
        self.peaks.push(cost.peak);
    }

    fn line(mut self, workload: &str, peer: &'static str) -> Line {
        let median = median(&mut self.times);
        let enough = self.times.len() >= 100;
        Line {
            workload: workload.to_owned(),
            peer,
            median,
            p99: enough.then(|| self.times[self.times.len() * 99 / 100]),
            rounds: self.rounds,
            cpu: self::median(&mut self.cpu),
            allocations: self.allocations.into_iter().min().unwrap_or_default(),
            peak: self.peaks.into_iter().min().unwrap_or_default(),
        }
    }
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The value in the middle; sorts them.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
