//! What RESULTS.md says before the tables.

use std::process::Command;

/// The peers whose versions are told.
const PEERS: [&str; 7] = [
    "sqlx",
    "tokio-postgres",
    "rusqlite",
    "diesel",
    "diesel-async",
    "sea-orm",
    "libsqlite3-sys",
];

/// The whole file.
pub fn results(tables: &str) -> String {
    let lock = include_str!("../Cargo.lock");
    let versions: Vec<_> = PEERS
        .iter()
        .filter_map(|name| Some(format!("{name} {}", version(lock, name)?)))
        .collect();
    format!(
        "# Results\n\n\
         Written by `scripts/bench` on {date}, on {machine}{load}. {rustc}.\n\
         Peers: {versions}.\n\n\
         {READ}\n\n{tables}",
        date = said("date", &["+%Y-%m-%d"]),
        machine = machine(),
        load = load(),
        rustc = said("rustc", &["--version"]),
        versions = versions.join(", "),
    )
}

const READ: &str = "\
All peers do the same to the same table of ten columns and two unique keys, each in a place of its own on \
the same server, called in turns from one thread. `None` is `NULL` for all. Connections are held, except \
for `orm on its pool` and SeaORM, which has pools only (of one connection, without a ping). \
`floor` is the first line of each table, a smaller ratio is quicker; ratios are medians of the ratios of \
rounds, and noise is the median of the quickest and of the slowest round. A call's latency on a small \
virtual machine is mostly waking up, which takes 15 or 75 µs as it likes: judge by instructions, \
allocations, CPU and ratios. CPU is that of the client's process, allocations and the peak of its heap \
(above what was there before) are counted by another run. A bulk upsert meets half of its rows, and its \
records come in no order; it is one transaction for all peers, and of the carriers and ours it takes the \
rows in the order of their key, which the other libraries leave to the user. `bare COPY` sends encoded rows \
to a table without keys.";

fn version<'l>(lock: &'l str, name: &str) -> Option<&'l str> {
    let start = format!("name = \"{name}\"\nversion = \"");
    let (_, rest) = lock.split_once(&start)?;
    rest.split('"').next()
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    output.unwrap_or_else(|_| format!("(no {program})"))
}

/// Its class and nothing that names it.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let system = match std::env::consts::OS {
        "linux" => "Linux",
        "macos" => "macOS",
        other => other,
    };
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let kind = if cpu.contains("hypervisor") {
        "VM"
    } else {
        "machine"
    };
    format!("{cores} cores, {system} {kind}")
}

/// How busy the machine was at the end: the run itself is about one.
fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let fifteen = load.split(' ').nth(2).map(str::to_owned);
    fifteen.map_or_else(String::new, |load| {
        format!(" (mean load of the last 15 minutes {load}; the run alone is about 1)")
    })
}
