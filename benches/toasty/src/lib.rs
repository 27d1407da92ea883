//! Toasty at the workloads of `orm-benches`, which asks for them line by line.
//!
//! `orm-benches-toasty WORKLOAD URL CALLS` waits for lines with the first call and the one after the last,
//! and answers with what they took. With a fourth word it makes all calls at once and is done.

use std::hint::black_box;
use std::io::{BufRead as _, Write as _};

#[path = "../../src/counting.rs"]
pub mod counting;
#[path = "../../src/heap.rs"]
pub mod heap;
#[path = "../../src/measure.rs"]
pub mod measure;

use measure::{Work, work};

/// The table of all workloads.
#[derive(Debug, toasty::Model)]
#[table = "devices"]
pub struct Device {
    #[key]
    #[auto]
    pub id: i64,
    #[unique]
    pub serial: String,
    pub name: String,
    pub kind: i32,
    pub value: f64,
    pub humidity: Option<f64>,
    pub note: Option<String>,
    pub active: bool,
    pub version: i64,
    pub seen_at: i64,
}

/// The device of a number, as all peers have it.
fn record(number: usize) -> Device {
    let whole = i32::try_from(number).expect("a number that a test has");
    Device {
        id: 0,
        serial: format!("device {number:09}"),
        name: format!("Device {number} in the hall"),
        kind: whole % 7,
        value: f64::from(whole) * 0.5,
        humidity: (!number.is_multiple_of(3)).then(|| f64::from(whole % 100)),
        note: (!number.is_multiple_of(4)).then(|| format!("calibrated by team {}", number % 10)),
        active: number.is_multiple_of(2),
        version: 6,
        seen_at: 1_700_000_000_000_000 + i64::from(whole),
    }
}

async fn start(workload: &str, url: &str, calls: usize) -> Box<dyn Work> {
    let db = toasty::Db::builder()
        .models(toasty::models!(Device))
        .max_pool_size(1)
        .connect(&url.replacen("sqlite://", "sqlite:", 1))
        .await
        .expect("a database");
    let mut db = db.connection().await.expect("a connection");
    if url.starts_with("sqlite") {
        let set = toasty::sql::statement("PRAGMA synchronous = OFF").exec(&mut db);
        set.await.expect("a setting");
    }
    // As many as there are calls, or the thousand that are there before.
    let new = matches!(workload, "upsert of new rows" | "insert");
    let count = if new { calls } else { 1_000 };
    let at = move |key: usize| key % count;
    let records: Vec<_> = (0..count).map(record).collect();
    match workload {
        "upsert of new rows" | "upsert of rows there" => work(async move |key| {
            let of = &records[at(key)];
            let upsert = Device::upsert_by_serial(of.serial.clone())
                .name(of.name.clone())
                .kind(of.kind)
                .value(of.value)
                .humidity(of.humidity)
                .note(of.note.clone())
                .active(of.active)
                .version(of.version)
                .seen_at(of.seen_at);
            black_box(upsert.exec(&mut db).await.expect("an upsert"));
        }),
        "find by key" => work(async move |key| {
            let find = Device::filter_by_serial(records[at(key)].serial.clone()).first();
            black_box(find.exec(&mut db).await.expect("a look-up"));
        }),
        "insert" => work(async move |key| {
            let of = &records[at(key)];
            let insert = Device::create()
                .serial(of.serial.clone())
                .name(of.name.clone())
                .kind(of.kind)
                .value(of.value)
                .humidity(of.humidity)
                .note(of.note.clone())
                .active(of.active)
                .version(of.version)
                .seen_at(of.seen_at);
            black_box(insert.exec(&mut db).await.expect("an insert"));
        }),
        "read 10,000 rows" => work(async move |_| {
            let select = Device::all().order_by(Device::fields().id().asc());
            black_box(select.exec(&mut db).await.expect("rows"));
        }),
        other => panic!("Toasty does not do {other}"),
    }
}

/// What the programs of this package do.
pub async fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [workload, url, calls, ..] = &given[..] else {
        panic!("WORKLOAD URL CALLS");
    };
    let calls = calls.parse().expect("a number");
    let mut work = start(workload, url, calls).await;
    if given.len() > 3 {
        work.run(0..calls, &mut Vec::new()).await;
        return;
    }
    println!("ready");
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let (from, to) = line.split_once(' ').expect("two numbers");
        let keys = from.parse().expect("a number")..to.parse().expect("a number");
        let mut times = Vec::new();
        let cost = work.run(keys, &mut times).await;
        let mut out = std::io::stdout().lock();
        write!(
            out,
            "{} {} {}",
            cost.cpu.as_nanos(),
            cost.allocations,
            cost.peak
        )
        .expect("a pipe");
        for time in times {
            write!(out, " {}", time.as_nanos()).expect("a pipe");
        }
        writeln!(out).and_then(|()| out.flush()).expect("a pipe");
    }
}
