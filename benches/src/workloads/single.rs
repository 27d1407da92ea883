//! One row at a time, and many rows read.

use std::rc::Rc;

use orm_tests::{Backend, Site};

use super::{Contender, Length, Line, Pace, Start, compare, devices, housed, site, start};
use crate::device::NewDevice;
use crate::measure::Work;
use crate::peers::{
    Task, Workload, by_hand, diesel, diesel_async, ours, rusqlite, sea_orm, toasty, tokio_postgres,
};
use crate::report;

/// It runs in another program, where it has been built.
pub const TOASTY: &str = "Toasty";

/// Rows that are there before all but the first.
const THERE: usize = 1_000;

/// Rows that are read at once.
const READ: usize = 10_000;

/// A workload with its name in tables.
pub const WORKLOADS: [(&str, What); 6] = [
    ("upsert of new rows", What::New),
    ("upsert of rows there", What::Old),
    ("upsert that is skipped", What::Stale),
    ("find by key", What::Find),
    ("insert", What::Insert),
    ("read 10,000 rows", What::Read),
];

/// What is done, and what is there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    New,
    Old,
    Stale,
    Find,
    Insert,
    Read,
}

impl What {
    /// It knows no guards.
    pub(crate) fn is_done_by_toasty(self) -> bool {
        self != Self::Stale && toasty::program().is_some()
    }

    fn workload(self) -> Workload {
        match self {
            Self::New | Self::Old => Workload::Upsert,
            Self::Stale => Workload::Guarded,
            Self::Find => Workload::Find,
            Self::Insert => Workload::Insert,
            Self::Read => Workload::Read,
        }
    }

    pub(crate) fn there(self) -> Rc<[NewDevice]> {
        match self {
            Self::New | Self::Insert => devices(0..0, 5),
            Self::Read => devices(0..READ, 5),
            Self::Old | Self::Stale | Self::Find => devices(0..THERE, 5),
        }
    }

    fn records(self, calls: usize) -> Rc<[NewDevice]> {
        match self {
            Self::New | Self::Insert => devices(0..calls, 6),
            Self::Stale => devices(0..THERE, 4),
            Self::Old | Self::Find | Self::Read => devices(0..THERE, 6),
        }
    }
}

/// Who does it.
pub fn peers(backend: Backend) -> Vec<(&'static str, Start<Task>)> {
    match backend {
        Backend::Postgres(_) => vec![
            (
                "tokio-postgres",
                start!(|task: Task| tokio_postgres::start(task)),
            ),
            (
                "sqlx by name",
                start!(|task: Task| by_hand::postgres_by_name(task)),
            ),
            (
                "sqlx by position",
                start!(|task: Task| by_hand::postgres_by_position(task)),
            ),
            (report::OURS, start!(|task: Task| ours::on_postgres(task))),
            ("orm on its pool", start!(|task: Task| ours::on_db(task))),
            (
                "diesel-async",
                start!(|task: Task| diesel_async::start(task)),
            ),
            ("SeaORM", start!(|task: Task| sea_orm::start(task))),
        ],
        Backend::Sqlite => vec![
            ("rusqlite", start!(|task: Task| rusqlite::start(task))),
            (
                "sqlx by name",
                start!(|task: Task| by_hand::sqlite_by_name(task)),
            ),
            (
                "sqlx by position",
                start!(|task: Task| by_hand::sqlite_by_position(task)),
            ),
            (report::OURS, start!(|task: Task| ours::on_sqlite(task))),
            ("orm on its pool", start!(|task: Task| ours::on_db(task))),
            ("Diesel", start!(|task: Task| diesel::start(task))),
            ("SeaORM", start!(|task: Task| sea_orm::start(task))),
        ],
    }
}

/// A peer that is ready for so many calls, in a place of its own.
pub async fn ready(
    backend: Backend,
    what: What,
    start: &Start<Task>,
    calls: usize,
) -> (Rc<Site>, Box<dyn Work>) {
    let site = Rc::new(site(backend, &what.there()).await);
    let task = task(site.url(), what, calls);
    (Rc::clone(&site), housed(start(task).await, site))
}

/// What a peer is told.
pub fn task(url: &str, what: What, calls: usize) -> Task {
    Task {
        url: url.to_owned(),
        workload: what.workload(),
        records: what.records(calls),
    }
}

/// All workloads with all peers.
pub async fn all(backend: Backend, length: Length) -> Vec<Line> {
    let mut lines = Vec::new();
    for (name, what) in WORKLOADS {
        let pace = pace(what, length);
        let mut contenders = Vec::new();
        for (name, start) in peers(backend) {
            let (_, work) = ready(backend, what, &start, pace.total()).await;
            contenders.push(Contender {
                name,
                work,
                reset: None,
            });
        }
        if what.is_done_by_toasty() {
            let site = Rc::new(site(backend, &what.there()).await);
            let work = toasty::start(name, site.url(), pace.total());
            contenders.push(Contender {
                name: TOASTY,
                work: housed(work, site),
                reset: None,
            });
        }
        lines.extend(compare(name, contenders, pace).await);
    }
    lines
}

fn pace(what: What, length: Length) -> Pace {
    let (warm_up, rounds, calls) = match (what, length) {
        (What::Read, Length::Full) => (3, 40, 1),
        (What::Read, Length::Quick) => (2, 15, 1),
        (What::Read, Length::Counted) => (1, 3, 1),
        (_, Length::Full) => (5, 100, 40),
        (_, Length::Quick) => (3, 30, 20),
        (_, Length::Counted) => (2, 5, 20),
    };
    Pace {
        warm_up,
        rounds,
        calls,
    }
}
