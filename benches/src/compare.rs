//! Calling several ways of one thing in turns.
//!
//! All of them are called in each round, a little each, in an order of chance: what disturbs the machine
//! disturbs all of them, and nobody has always the same one before him. Ratios are taken within rounds. Who
//! fails is left out of the rest, and nobody else is disturbed by it.

use std::any::Any;
use std::ops::Range;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

use crate::heap;
use crate::line::{self, Counts, Line};
use crate::measure::{Cost, Work};
use crate::pace::Pace;
use crate::place::Place;
use crate::relay::Traffic;

/// A call that takes longer does not end.
const PATIENCE: Duration = Duration::from_secs(90);

/// Something to do, and who does it.
pub struct Workload {
    pub name: String,
    /// How many rows a call is about, where it is about many.
    pub rows: Option<usize>,
    pub pace: Pace,
    pub entries: Vec<Entry>,
}

/// A peer that has not got ready yet.
pub struct Entry {
    pub name: &'static str,
    start: Box<dyn FnOnce() -> LocalBoxFuture<'static, Contender>>,
}

/// A peer, by what lets it get ready.
pub fn entry(name: &'static str, start: impl AsyncFnOnce() -> Contender + 'static) -> Entry {
    let start = move || start_of(start).boxed_local();
    Entry {
        name,
        start: Box::new(start),
    }
}

async fn start_of(start: impl AsyncFnOnce() -> Contender) -> Contender {
    start().await
}

/// A peer that is ready.
pub struct Contender {
    // Dropped first, since the place ends its connections.
    pub work: Box<dyn Work>,
    /// Puts its database back as it was before each round.
    pub reset: Option<Box<dyn Work>>,
    pub place: Rc<Place>,
}

/// What was measured at one workload.
#[derive(Debug, Clone)]
pub struct Compared {
    pub workload: String,
    pub rows: Option<usize>,
    /// The first is the floor.
    pub lines: Vec<Line>,
    /// Who failed, and how.
    pub failed: Vec<(&'static str, String)>,
}

/// Lets all peers do a workload.
pub async fn compare(workload: Workload) -> Compared {
    let Pace {
        warm_up,
        rounds,
        calls,
        within,
    } = workload.pace;
    let until = Instant::now() + within;
    let mut failed = Vec::new();
    let mut peers = Vec::new();
    for Entry { name, start } in workload.entries {
        match safely((start)()).await {
            Ok(contender) => peers.push((name, contender, Measured::default())),
            Err(why) => failed.push((name, why)),
        }
    }
    let (mut round, mut counted) = (0, 0);
    // The same each time.
    let mut chance = fastrand::Rng::with_seed(7);
    while counted < rounds && (counted == 0 || Instant::now() < until) {
        let counts = round >= warm_up || Instant::now() >= until;
        let mut gone = Vec::new();
        let mut order: Vec<usize> = (0..peers.len()).collect();
        chance.shuffle(&mut order);
        for at in order {
            let (name, contender, measured) = &mut peers[at];
            let keys = round * calls..(round + 1) * calls;
            match safely(one_round(contender, keys)).await {
                Ok((times, cost, wire)) if counts => measured.add(&times, cost, wire),
                Ok(_) => {}
                Err(why) => {
                    failed.push((*name, why));
                    gone.push(*name);
                }
            }
        }
        peers.retain(|(name, ..)| !gone.contains(name));
        counted += usize::from(counts);
        round += 1;
    }
    for (name, why) in &failed {
        eprintln!("{name} fails at {}: {why}", workload.name);
    }
    Compared {
        workload: workload.name,
        rows: workload.rows,
        lines: peers
            .into_iter()
            .map(|(name, _, measured)| measured.line(name))
            .collect(),
        failed,
    }
}

type Round = (Vec<Duration>, Cost, Option<Traffic>);

async fn one_round(contender: &mut Contender, keys: Range<usize>) -> Round {
    if let Some(reset) = &mut contender.reset {
        reset.run(keys.start..keys.start + 1, &mut Vec::new()).await;
    }
    let mut times = Vec::new();
    let calls = keys.len() as u64;
    let before = contender.place.traffic();
    let cost = contender.work.run(keys, &mut times).await;
    let after = contender.place.traffic();
    let wire = after.zip(before);
    (
        times,
        cost,
        wire.map(|(after, before)| after.since(before, calls)),
    )
}

/// What comes of it, or why nothing does.
async fn safely<T>(doing: impl Future<Output = T>) -> Result<T, String> {
    let caught = AssertUnwindSafe(doing).catch_unwind();
    match tokio::time::timeout(PATIENCE, caught).await {
        Ok(done) => done.map_err(|panic| said(&*panic)),
        Err(_) => Err(format!("no end after {} s", PATIENCE.as_secs())),
    }
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic").to_owned()
}

#[derive(Default)]
struct Measured {
    times: Vec<f64>,
    rounds: Vec<f64>,
    cpu: Vec<f64>,
    counts: Option<Counts>,
}

impl Measured {
    fn add(&mut self, times: &[Duration], cost: Cost, wire: Option<Traffic>) {
        let mut times: Vec<f64> = times.iter().copied().map(micros).collect();
        self.times.extend(&times);
        self.rounds.push(line::median(&mut times));
        self.cpu.push(micros(cost.cpu) / times.len() as f64);
        if heap::installed().is_some() {
            let counts = Counts {
                allocations: cost.allocations / times.len() as u64,
                peak: cost.peak,
                wire,
            };
            // The cheapest round has grown no buffer of the client's.
            self.counts = Some(self.counts.map_or(counts, |other| other.least(counts)));
        }
    }

    fn line(mut self, peer: &'static str) -> Line {
        let median = line::median(&mut self.times);
        let enough = self.times.len() >= 100;
        Line {
            peer,
            median,
            p99: enough.then(|| self.times[self.times.len() * 99 / 100]),
            rounds: self.rounds,
            cpu: line::median(&mut self.cpu),
            counts: self.counts,
        }
    }
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
