//! What is said before the tables.

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

/// The tables with what they say, how they came about and where.
pub fn with(tables: &str) -> String {
    let lock = include_str!("../Cargo.lock");
    let versions = PEERS
        .iter()
        .filter_map(|name| Some(format!("{name} {}", version(lock, name)?)));
    let toasty = version(include_str!("../toasty/Cargo.lock"), "toasty");
    let versions: Vec<_> = versions
        .chain(toasty.map(|version| format!("toasty {version}")))
        .collect();
    format!(
        "Written by `scripts/bench` on {date}, on {machine}{load}. {rustc}.\n\
         Versions: {versions}.\n\n\
         {HOW}\n\n{tables}",
        date = said("date", &["+%Y-%m-%d"]),
        machine = machine(),
        load = load(),
        rustc = said("rustc", &["--version"]),
        versions = versions.join(", "),
    )
}

const HOW: &str = "\
**How it is measured.** All peers do the same to the same table of ten columns and two unique keys (JSON and \
earthquakes have tables of their own), on the same server, called in turns from one thread: in each round \
all of them, a little each, in an order of chance. Rows of one call are written in a place of each \
peer's own; bulk upserts in one place whose rows are put back before each peer's turn. The first rounds are \
thrown away. `None` is `NULL` for all. Connections are held, except for `orm on its pool`, `orm Copy`, which \
works on a pool only, and SeaORM, which has pools only (of one connection, without a ping). Where tasks share a pool it is set up as its library \
does, and `orm` works on sqlx's. Who cannot do a workload is not in its table.

**How to read it.** The floor is the first line of each table, and a smaller ratio is quicker; ratios are \
medians of the ratios of rounds. Median and p99 are of all calls, min and max are medians of the quickest \
and of the slowest round. CPU is that of the client's process. Allocations, the peak of the client's heap \
(above what was there before, so without the records that are sent), statements, waits for the server and \
bytes on the wire are counted by another run, through a relay, and are of the cheapest round. A call's \
latency on a small virtual machine is mostly waking up, which takes 15 or 75 µs as it likes: judge by \
instructions, allocations, CPU and ratios. Instructions are those of the cheapest of three runs.

**What to know.** A bulk upsert meets half of its rows where nothing else is said, and its records come in \
no order; it is one transaction for all peers, and of the carriers and ours it takes the rows in the order of \
their key, which the other libraries leave to the user. `server alone` upserts rows that the server has \
already; `bare COPY` sends encoded rows to a table without keys. What is unchanged is skipped by all. On \
SQLite `orm on its pool` waits for the disk, as `orm::connect` sets it up; all other peers have \
`synchronous` off. In memory all connections share one cache. A small `COPY` over TCP takes 40 ms with sqlx, \
by hand and ours alike: it does not turn off Nagle's algorithm. Callgrind counts each byte of what is moved \
in one piece, as is the future of sqlx, of eight kilobytes, that waits for a connection of a pool. Of the earthquakes ours takes the newest version of an \
event that comes twice in a delivery, which the others leave to the user.";

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
    let model = value(&cpu, "model name").map(|model| format!(" of {model}"));
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = value(&memory, "MemTotal").and_then(|size| size.split(' ').next()?.parse().ok());
    let memory = memory.map(|size: u64| format!(", {} GB", size >> 20));
    let (model, memory) = (model.unwrap_or_default(), memory.unwrap_or_default());
    format!("{cores} cores{model}{memory}, {system} {kind}")
}

/// What a file of lines `name : value` says.
fn value<'f>(file: &'f str, name: &str) -> Option<&'f str> {
    let line = file.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim())
}

/// How busy the machine was at the end: the run itself is about one.
fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let fifteen = load.split(' ').nth(2).map(str::to_owned);
    fifteen.map_or_else(String::new, |load| {
        format!(" (mean load of the last 15 minutes {load}; the run alone is about 1)")
    })
}
