//! How many instructions the client takes for a call: by callgrind, which no other program disturbs.
//!
//! A program that makes few calls is run, and one that makes many; what is between them is the calls.

use std::process::Command;

use orm_tests::Backend;

use crate::peers::toasty;
use crate::servers::site;
use crate::workloads::single::{TOASTY, WORKLOADS, What, peers, task};

/// So many calls are made before any is counted: statements are prepared, caches are full.
const FEW: usize = 100;

const MANY: usize = 600;

/// What a peer takes for a call.
#[derive(Debug)]
pub struct Instructions {
    pub workload: &'static str,
    pub peer: &'static str,
    pub count: f64,
}

/// The workloads that are counted.
const COUNTED: [What; 3] = [What::Old, What::Find, What::Insert];

/// Counts for all peers; nothing where there is no valgrind.
pub async fn count(backend: Backend) -> Vec<Instructions> {
    let mut counted = Vec::new();
    if Command::new("valgrind").arg("--version").output().is_err() {
        return counted;
    }
    for (workload, what) in WORKLOADS {
        if !COUNTED.contains(&what) {
            continue;
        }
        let peers = peers(backend).into_iter().map(|(name, _)| name);
        for peer in peers.chain(what.is_done_by_toasty().then_some(TOASTY)) {
            let few = run(backend, what, workload, peer, FEW).await;
            let many = run(backend, what, workload, peer, MANY).await;
            if let (Some(few), Some(many)) = (few, many) {
                let count = (many - few) / (MANY - FEW) as f64;
                counted.push(Instructions {
                    workload,
                    peer,
                    count,
                });
            }
        }
    }
    counted
}

/// The instructions of a program that makes so many calls.
async fn run(
    backend: Backend,
    what: What,
    workload: &str,
    peer: &str,
    calls: usize,
) -> Option<f64> {
    let site = site(backend, &what.there()).await;
    let calls = calls.to_string();
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    if peer == TOASTY {
        valgrind.arg(toasty::program()?);
        valgrind.args([workload, site.url(), &calls, "at once"]);
    } else {
        valgrind.arg(std::env::current_exe().ok()?.with_file_name("one"));
        valgrind.args([workload, peer, site.url(), &calls]);
    }
    let output = valgrind.output().ok()?;
    if !output.status.success() {
        return None;
    }
    let said = String::from_utf8_lossy(&output.stderr);
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
