//! Many rows at once: half of them are there, and they come in no order.

use std::rc::Rc;

use orm::prelude::Carrier;
use orm_tests::Backend;

use super::{Contender, Length, Line, Pace, Start, compare, devices, housed, site, start};
use crate::device::{NewDevice, shuffled};
use crate::peers::ours::Asked;
use crate::peers::{by_hand, diesel, diesel_async, floor, ours, rusqlite, sea_orm};
use crate::report;
use crate::servers::reset;

/// An address, and what is written there.
pub type Load = (String, Rc<[NewDevice]>);

/// The name of a workload of so many rows.
pub fn name(rows: usize) -> String {
    format!("bulk upsert of {rows}")
}

/// How many rows a workload of this name has.
pub fn rows(name: &str) -> Option<usize> {
    name.strip_prefix("bulk upsert of ")?.parse().ok()
}

/// Who does it.
pub fn peers(backend: Backend) -> Vec<(&'static str, Start<Load>)> {
    macro_rules! ours {
        ($on:path, $asked:expr) => {
            start!(|load: Load| $on(load.0, load.1, $asked))
        };
    }
    macro_rules! peer {
        ($start:path) => {
            start!(|load: Load| $start(load.0, load.1))
        };
    }
    use ours::{bulk_on_postgres as postgres, bulk_on_sqlite as sqlite};
    match backend {
        Backend::Postgres(_) => vec![
            ("server alone", peer!(floor::on_server)),
            ("bare COPY", peer!(by_hand::bulk::bare_copy)),
            ("sqlx Values", peer!(by_hand::bulk::values)),
            ("sqlx Arrays", peer!(by_hand::bulk::arrays)),
            ("sqlx Copy", peer!(by_hand::bulk::copy)),
            (
                "orm Values",
                ours!(postgres, Asked::Execute(Carrier::Values)),
            ),
            (
                "orm Arrays",
                ours!(postgres, Asked::Execute(Carrier::Arrays)),
            ),
            ("orm Copy", ours!(postgres, Asked::Execute(Carrier::Copy))),
            (report::OURS, ours!(postgres, Asked::Execute(Carrier::Auto))),
            ("orm report", ours!(postgres, Asked::Report)),
            ("orm outcomes", ours!(postgres, Asked::Outcomes)),
            ("diesel-async", peer!(diesel_async::bulk)),
            ("SeaORM", peer!(sea_orm::bulk)),
        ],
        Backend::Sqlite => vec![
            ("rusqlite", peer!(rusqlite::bulk)),
            (report::OURS, ours!(sqlite, Asked::Execute(Carrier::Auto))),
            ("orm report", ours!(sqlite, Asked::Report)),
            ("orm outcomes", ours!(sqlite, Asked::Outcomes)),
            ("Diesel", peer!(diesel::bulk)),
            ("SeaORM", peer!(sea_orm::bulk)),
        ],
    }
}

/// All sizes with all peers.
pub async fn all(backend: Backend, length: Length) -> Vec<Line> {
    let mut lines = Vec::new();
    for (rows, pace) in sizes(backend, length) {
        // Every second one is there.
        let there = devices(0..rows, 5);
        let there: Vec<_> = there.iter().step_by(2).cloned().collect();
        let records = shuffled(0..rows, 6);
        let mut contenders = Vec::new();
        for (name, start) in peers(backend) {
            let site = Rc::new(site(backend, &there).await);
            let reset = reset(&site).await;
            let load = (site.url().to_owned(), Rc::clone(&records));
            contenders.push(Contender {
                name,
                reset: Some(reset),
                work: housed(start(load).await, site),
            });
        }
        lines.extend(compare(&name(rows), contenders, pace).await);
    }
    lines
}

fn sizes(backend: Backend, length: Length) -> Vec<(usize, Pace)> {
    let pace = |warm_up, rounds| Pace {
        warm_up,
        rounds,
        calls: 1,
    };
    match (backend, length) {
        (Backend::Sqlite, Length::Full) => vec![(10_000, pace(2, 20))],
        (Backend::Sqlite, Length::Quick) => vec![(10_000, pace(1, 7))],
        (Backend::Sqlite, Length::Counted) => vec![(10_000, pace(1, 2))],
        (Backend::Postgres(_), Length::Full) => vec![
            (10, pace(10, 100)),
            (100, pace(5, 60)),
            (1_000, pace(2, 30)),
            (5_000, pace(1, 12)),
            (10_000, pace(1, 9)),
            (100_000, pace(0, 3)),
        ],
        (Backend::Postgres(_), Length::Quick) => vec![
            (10, pace(5, 40)),
            (100, pace(5, 40)),
            (1_000, pace(3, 20)),
            (10_000, pace(1, 5)),
        ],
        (Backend::Postgres(_), Length::Counted) => vec![
            (10, pace(2, 3)),
            (1_000, pace(1, 3)),
            (10_000, pace(1, 2)),
            (100_000, pace(0, 1)),
        ],
    }
}
