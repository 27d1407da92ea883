//! How many instructions the client takes for a call: by callgrind, which no other program disturbs.
//!
//! A program that makes few calls is run, and one that makes many; what is between them is the calls. Each is
//! run several times and the cheapest counts, since how often a call waits for the database is chance.

use std::future;
use std::num::NonZero;
use std::thread;
use std::time::{Duration, Instant};

use futures_util::{StreamExt as _, stream};
use orm_tests::Backend;
use tokio::process::Command;

use crate::device::place;
use crate::peers::toasty;
use crate::report::Section;
use crate::workloads::single::{TOASTY, WORKLOADS, What, peers, task};

/// So many calls are made before any is counted: statements are prepared, caches are full.
const FEW: usize = 100;

const MANY: usize = 600;

const RUNS: usize = 3;

/// A program that takes longer does not end.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a peer takes for a call.
#[derive(Debug)]
pub struct Instructions {
    pub workload: &'static str,
    pub peer: &'static str,
    pub count: f64,
}

/// The workloads that are counted.
const COUNTED: [What; 3] = [What::Old, What::Find, What::Insert];

/// What counting all of them may take. It says the same on a busy machine, so all cores are used.
pub const WITHIN: Duration = Duration::from_secs(6 * 60);

/// Counts for all peers on these backends, as far as there are a valgrind and the time.
pub async fn count(sections: &mut [Section]) {
    let until = Instant::now() + WITHIN;
    if Command::new("valgrind")
        .arg("--version")
        .output()
        .await
        .is_err()
    {
        eprintln!("there is no valgrind here, so instructions are not counted");
        return;
    }
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    for section in sections {
        let backend = section.backend;
        let counted = asked(backend)
            .into_iter()
            .map(async |(workload, what, peer)| {
                if Instant::now() > until {
                    return None;
                }
                let cheapest = async |calls| {
                    let mut cheapest = f64::INFINITY;
                    for _ in 0..RUNS {
                        cheapest = run(backend, what, workload, peer, calls)
                            .await?
                            .min(cheapest);
                    }
                    Some(cheapest)
                };
                let (few, many) = (cheapest(FEW).await?, cheapest(MANY).await?);
                let count = (many - few) / (MANY - FEW) as f64;
                Some(Instructions {
                    workload,
                    peer,
                    count,
                })
            });
        let counted = stream::iter(counted)
            .buffered(cores)
            .filter_map(future::ready);
        section.instructions = counted.collect().await;
    }
}

fn asked(backend: Backend) -> Vec<(&'static str, What, &'static str)> {
    let counted = WORKLOADS
        .into_iter()
        .filter(|(_, what)| COUNTED.contains(what));
    let with_peers = counted.flat_map(|(workload, what)| {
        let peers = peers(backend).into_iter().map(|(name, _)| name);
        let peers = peers.chain(what.is_done_by_toasty().then_some(TOASTY));
        peers.map(move |peer| (workload, what, peer))
    });
    with_peers.collect()
}

/// The instructions of a program that makes so many calls.
async fn run(
    backend: Backend,
    what: What,
    workload: &str,
    peer: &str,
    calls: usize,
) -> Option<f64> {
    let place = place(backend.into(), &what.there()).await;
    let calls = calls.to_string();
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    if peer == TOASTY {
        valgrind.arg(toasty::program()?);
        valgrind.args([workload, place.url(), &calls, "at once"]);
    } else {
        valgrind.arg(std::env::current_exe().ok()?.with_file_name("one"));
        valgrind.args([workload, peer, place.url(), &calls]);
    }
    let output = valgrind.kill_on_drop(true).output();
    let output = tokio::time::timeout(PATIENCE, output).await.ok()?.ok()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        eprintln!("{peer} fails at {workload} under callgrind: {said}");
        return None;
    }
    let collected = said.lines().find_map(|line| line.split_once("Collected :"));
    collected?.1.trim().parse().ok()
}

/// What the program does that is counted.
///
/// # Panics
///
/// When there is no such workload or peer.
pub async fn one(workload: &str, peer: &str, url: &str, calls: usize) {
    // Of the backend only which it is matters here.
    let backend = if url.starts_with("sqlite") {
        Backend::Sqlite
    } else {
        Backend::Postgres(0)
    };
    let workload = WORKLOADS.iter().find(|(name, _)| *name == workload);
    let (_, what) = workload.expect("a workload of this name");
    let mut peers = peers(backend).into_iter();
    let (_, start) = peers
        .find(|(name, _)| *name == peer)
        .expect("a peer of this name");
    let mut work = start(task(url, *what, MANY)).await;
    work.run(0..calls, &mut Vec::new()).await;
}
