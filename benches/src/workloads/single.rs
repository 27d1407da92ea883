//! One row at a time, and many rows read.

use std::rc::Rc;

use orm_tests::Backend;

use super::{Peer, apart, start};
use crate::compare::Workload;
use crate::device::{NewDevice, devices, place};
use crate::pace::{Length, Pace};
use crate::peers::{
    self, Task, by_hand, diesel, diesel_async, ours, rusqlite, sea_orm, toasty, tokio_postgres,
};
use crate::place::{Host, Link, Place};
use crate::report::OURS;

/// It runs in another program, where it has been built.
pub const TOASTY: &str = "Toasty";

/// Rows that are there before all but the first.
pub(super) const THERE: usize = 1_000;

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

    fn workload(self) -> peers::Workload {
        match self {
            Self::New | Self::Old => peers::Workload::Upsert,
            Self::Stale => peers::Workload::Guarded,
            Self::Find => peers::Workload::Find,
            Self::Insert => peers::Workload::Insert,
            Self::Read => peers::Workload::Read,
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
pub fn peers(backend: Backend) -> Vec<Peer<Task>> {
    match backend {
        Backend::Postgres(_) => vec![
            ("tokio-postgres", start!(tokio_postgres::start)),
            ("sqlx by name", start!(by_hand::postgres_by_name)),
            ("sqlx by position", start!(by_hand::postgres_by_position)),
            (OURS, start!(ours::on_postgres)),
            ("orm on its pool", start!(ours::on_db)),
            #[cfg(feature = "libpq")]
            ("Diesel", start!(diesel::start_on_postgres)),
            ("diesel-async", start!(diesel_async::start)),
            ("SeaORM", start!(sea_orm::start)),
        ],
        Backend::Sqlite => vec![
            ("rusqlite", start!(rusqlite::start)),
            ("sqlx by name", start!(by_hand::sqlite_by_name)),
            ("sqlx by position", start!(by_hand::sqlite_by_position)),
            (OURS, start!(ours::on_sqlite)),
            ("orm on its pool", start!(ours::on_db)),
            ("Diesel", start!(diesel::start_on_sqlite)),
            ("SeaORM", start!(sea_orm::start)),
        ],
    }
}

/// What a peer is told.
pub fn task(url: &str, what: What, calls: usize) -> Task {
    Task {
        url: url.to_owned(),
        workload: what.workload(),
        records: what.records(calls),
    }
}

/// A place, and what is done there.
async fn there(host: Host, what: What, calls: usize) -> (Rc<Place>, Task) {
    let place = place(host, &what.there()).await;
    let task = task(place.url(), what, calls);
    (place, task)
}

/// All workloads with all peers.
pub(super) fn all(host: Host, length: Length) -> Vec<Workload> {
    let workload = |(name, what): (&'static str, What)| {
        let pace = pace(what, length);
        let mut peers = peers(host.backend);
        if what.is_done_by_toasty() && host.link == Link::Usual {
            let start = move |task: Task| toasty::start(name, task.url, pace.total());
            peers.push((TOASTY, start!(start)));
        }
        let memory = if host.link == Link::Memory {
            ", in memory"
        } else {
            ""
        };
        Workload {
            name: format!("{name}{memory}"),
            rows: (what == What::Read).then_some(READ),
            pace,
            entries: apart(peers, async move || there(host, what, pace.total()).await),
        }
    };
    WORKLOADS.map(workload).into()
}

/// By TCP and by a unix socket.
pub(super) fn by_socket(backend: Backend, length: Length) -> Workload {
    let what = What::Old;
    let pace = pace(what, length);
    let by = |link, peers| {
        let host = Host { backend, link };
        apart(peers, async move || there(host, what, pace.total()).await)
    };
    let mut entries = by(
        Link::Usual,
        vec![
            ("tokio-postgres", start!(tokio_postgres::start)),
            ("sqlx by position", start!(by_hand::postgres_by_position)),
            (OURS, start!(ours::on_postgres)),
        ],
    );
    entries.extend(by(
        Link::Socket,
        vec![
            ("tokio-postgres, socket", start!(tokio_postgres::start)),
            (
                "sqlx by position, socket",
                start!(by_hand::postgres_by_position),
            ),
            ("orm, socket", start!(ours::on_postgres)),
        ],
    ));
    Workload {
        name: "upsert of rows there, TCP and unix socket".to_owned(),
        rows: None,
        pace,
        entries,
    }
}

fn pace(what: What, length: Length) -> Pace {
    match (what, length) {
        (What::Read, Length::Full) => Pace::new(3, 40, 1, 15),
        (What::Read, Length::Quick) => Pace::new(1, 8, 1, 7),
        (What::Read, Length::Counted) => Pace::new(1, 2, 1, 5),
        (_, Length::Full) => Pace::new(5, 100, 40, 12),
        (_, Length::Quick) => Pace::new(3, 30, 20, 6),
        (_, Length::Counted) => Pace::new(2, 5, 20, 3),
    }
}
