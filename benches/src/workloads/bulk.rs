//! Many rows at once, whose records come in no order.

use orm::prelude::Carrier;
use orm_tests::Backend;

use super::{Peer, in_turns, start};
use crate::compare::{Entry, Workload};
use crate::device::{NewDevice, devices, place, shuffled};
use crate::pace::{Length, Pace};
use crate::peers::ours::{
    Asked, bulk_on_pool as pool, bulk_on_postgres as postgres, bulk_on_sqlite as sqlite,
};
use crate::peers::{Load, Update, by_hand, diesel, diesel_async, floor, rusqlite, sea_orm};
use crate::place::{Host, Link};
use crate::report::OURS;

/// The name of a workload of so many rows, which is in the picture.
pub fn drawn(rows: usize) -> String {
    format!("bulk upsert of {rows}")
}

/// Which of the rows are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mix {
    New,
    /// Every second one.
    Half,
    Existing,
    /// All of them, and the records say the same.
    Unchanged,
}

impl Mix {
    fn there(self, rows: usize) -> Vec<NewDevice> {
        let step = match self {
            Self::New => return Vec::new(),
            Self::Half => 2,
            Self::Existing | Self::Unchanged => 1,
        };
        devices(0..rows, 5).iter().step_by(step).cloned().collect()
    }

    fn load(self, url: String, rows: usize) -> Load {
        let (version, update) = match self {
            Self::Unchanged => (5, Update::Changed),
            Self::New | Self::Half | Self::Existing => (6, Update::All),
        };
        Load {
            url,
            records: shuffled(0..rows, version),
            update,
        }
    }
}

/// Peers that upsert so many rows.
fn entries(peers: Vec<Peer<Load>>, host: Host, rows: usize, mix: Mix) -> Vec<Entry> {
    in_turns("devices", peers, async move || {
        let place = place(host, &mix.there(rows)).await;
        let load = mix.load(place.url().to_owned(), rows);
        (place, load)
    })
}

/// `orm` on PostgreSQL, on a held connection or on its pool.
macro_rules! ours {
    (by $carrier:ident, $on:path) => {
        start!(|load| $on(load, Asked::Execute(Carrier::$carrier)))
    };
    ($asked:ident) => {
        start!(|load| postgres(load, Asked::$asked))
    };
}

/// By `COPY` it works on a pool only.
pub const ON_POOL: &str = "orm on its pool";

fn peers(backend: Backend) -> Vec<Peer<Load>> {
    match backend {
        Backend::Postgres(_) => vec![
            ("server alone", start!(floor::on_server)),
            ("bare COPY", start!(by_hand::bulk::bare_copy)),
            ("sqlx Values", start!(by_hand::bulk::values)),
            ("sqlx Arrays", start!(by_hand::bulk::arrays)),
            ("sqlx Copy", start!(by_hand::bulk::copy)),
            ("orm Values", ours!(by Values, postgres)),
            ("orm Arrays", ours!(by Arrays, postgres)),
            ("orm Copy", ours!(by Copy, pool)),
            (OURS, ours!(by Auto, postgres)),
            (ON_POOL, ours!(by Auto, pool)),
            ("orm report", ours!(Report)),
            ("orm outcomes", ours!(Outcomes)),
            ("diesel-async", start!(diesel_async::bulk)),
            ("SeaORM", start!(sea_orm::bulk)),
        ],
        Backend::Sqlite => vec![
            ("rusqlite", start!(rusqlite::bulk)),
            (
                OURS,
                start!(|load| sqlite(load, Asked::Execute(Carrier::Auto))),
            ),
            ("orm report", start!(|load| sqlite(load, Asked::Report))),
            ("orm outcomes", start!(|load| sqlite(load, Asked::Outcomes))),
            ("Diesel", start!(diesel::bulk)),
            ("SeaORM", start!(sea_orm::bulk)),
        ],
    }
}

/// All sizes with all peers.
pub(super) fn all(host: Host, length: Length) -> Vec<Workload> {
    let memory = if host.link == Link::Memory {
        ", in memory"
    } else {
        ""
    };
    let workload = |(rows, pace)| Workload {
        name: format!("{}{memory}", drawn(rows)),
        rows: Some(rows),
        pace,
        entries: entries(peers(host.backend), host, rows, Mix::Half),
    };
    sizes(host.backend, length)
        .into_iter()
        .map(workload)
        .collect()
}

fn sizes(backend: Backend, length: Length) -> Vec<(usize, Pace)> {
    match (backend, length) {
        (Backend::Sqlite, Length::Full) => vec![(10_000, Pace::new(2, 20, 1, 20))],
        (Backend::Sqlite, Length::Quick) => vec![(10_000, Pace::new(1, 5, 1, 10))],
        (Backend::Sqlite, Length::Counted) => vec![(10_000, Pace::new(1, 1, 1, 10))],
        (Backend::Postgres(_), Length::Full) => vec![
            (10, Pace::new(10, 100, 1, 15)),
            (100, Pace::new(5, 60, 1, 15)),
            (1_000, Pace::new(2, 30, 1, 25)),
            (5_000, Pace::new(1, 12, 1, 30)),
            (10_000, Pace::new(1, 9, 1, 40)),
            (100_000, Pace::new(0, 3, 1, 100)),
        ],
        (Backend::Postgres(_), Length::Quick) => vec![
            (10, Pace::new(5, 30, 1, 8)),
            (100, Pace::new(5, 30, 1, 8)),
            (1_000, Pace::new(2, 12, 1, 12)),
            (10_000, Pace::new(1, 3, 1, 20)),
        ],
        (Backend::Postgres(_), Length::Counted) => vec![
            (10, Pace::new(2, 3, 1, 5)),
            (1_000, Pace::new(1, 2, 1, 5)),
            (10_000, Pace::new(1, 1, 1, 10)),
        ],
    }
}

/// New, existing and unchanged rows: what is half new is among the sizes.
pub(super) fn mixes(host: Host, length: Length) -> Vec<Workload> {
    const ROWS: usize = 10_000;
    let pace = match length {
        Length::Full => Pace::new(1, 9, 1, 25),
        Length::Quick => Pace::new(0, 3, 1, 12),
        Length::Counted => Pace::new(1, 1, 1, 8),
    };
    let peers = || -> Vec<Peer<Load>> {
        vec![
            ("server alone", start!(floor::on_server)),
            ("sqlx Arrays", start!(by_hand::bulk::arrays)),
            ("sqlx Copy", start!(by_hand::bulk::copy)),
            (OURS, ours!(by Auto, postgres)),
            (ON_POOL, ours!(by Auto, pool)),
            ("orm report", ours!(Report)),
            ("orm outcomes", ours!(Outcomes)),
            ("diesel-async", start!(diesel_async::bulk)),
            ("SeaORM", start!(sea_orm::bulk)),
        ]
    };
    let mixes = [
        ("all new", Mix::New),
        ("all there", Mix::Existing),
        ("all unchanged", Mix::Unchanged),
    ];
    let workload = |(name, mix)| Workload {
        name: format!("bulk upsert of {ROWS}, {name}"),
        rows: Some(ROWS),
        pace,
        entries: entries(peers(), host, ROWS, mix),
    };
    mixes.map(workload).into()
}

/// A million rows, once or twice.
pub(super) fn million(host: Host, length: Length) -> Workload {
    let rows = 1_000_000;
    let mut peers: Vec<Peer<Load>> = vec![
        ("sqlx Copy", start!(by_hand::bulk::copy)),
        ("orm Arrays", ours!(by Arrays, postgres)),
        ("orm Copy", ours!(by Copy, pool)),
        (OURS, ours!(by Auto, postgres)),
        (ON_POOL, ours!(by Auto, pool)),
    ];
    let pace = if length == Length::Counted {
        Pace::new(0, 1, 1, 110)
    } else {
        // There is nothing to count at it.
        peers.insert(0, ("server alone", start!(floor::on_server)));
        Pace::new(0, 2, 1, 150)
    };
    Workload {
        name: drawn(rows),
        rows: Some(rows),
        pace,
        entries: entries(peers, host, rows, Mix::Half),
    }
}

/// By TCP and by a unix socket.
pub(super) fn by_socket(backend: Backend, length: Length) -> Workload {
    const ROWS: usize = 1_000;
    let by = |link, peers| entries(peers, Host { backend, link }, ROWS, Mix::Half);
    let mut both = by(
        Link::Usual,
        vec![
            ("sqlx Arrays", start!(by_hand::bulk::arrays)),
            ("sqlx Copy", start!(by_hand::bulk::copy)),
            (OURS, ours!(by Auto, postgres)),
            ("orm Copy", ours!(by Copy, pool)),
        ],
    );
    both.extend(by(
        Link::Socket,
        vec![
            ("sqlx Arrays, socket", start!(by_hand::bulk::arrays)),
            ("sqlx Copy, socket", start!(by_hand::bulk::copy)),
            ("orm, socket", ours!(by Auto, postgres)),
            ("orm Copy, socket", ours!(by Copy, pool)),
        ],
    ));
    Workload {
        name: format!("bulk upsert of {ROWS}, TCP and unix socket"),
        rows: Some(ROWS),
        pace: match length {
            Length::Full => Pace::new(2, 25, 1, 15),
            Length::Quick | Length::Counted => Pace::new(1, 8, 1, 6),
        },
        entries: both,
    }
}
