//! Rows that are mostly JSON.

use std::rc::Rc;

use orm_tests::Backend;

use super::{Peer, apart, in_turns, start};
use crate::compare::Workload;
use crate::document::{documents, place};
use crate::pace::{Length, Pace};
use crate::peers::documents::{Load, by_hand, diesel_async, ours, sea_orm};
use crate::place::{Host, Place};
use crate::report::OURS;

/// Rows that are there before, and that are written at once.
const ROWS: usize = 1_000;

fn one(backend: Backend) -> Vec<Peer<Load>> {
    match backend {
        Backend::Postgres(_) => vec![
            ("sqlx by position", start!(by_hand::one_on_postgres)),
            (OURS, start!(ours::one_on_postgres)),
            ("diesel-async", start!(diesel_async::one)),
            ("SeaORM", start!(sea_orm::one)),
        ],
        Backend::Sqlite => vec![
            ("sqlx by position", start!(by_hand::one_on_sqlite)),
            (OURS, start!(ours::one_on_sqlite)),
            ("SeaORM", start!(sea_orm::one)),
        ],
    }
}

fn many(backend: Backend) -> Vec<Peer<Load>> {
    match backend {
        Backend::Postgres(_) => vec![
            ("sqlx Arrays", start!(by_hand::many_on_postgres)),
            (OURS, start!(ours::many_on_postgres)),
            ("diesel-async", start!(diesel_async::many)),
            ("SeaORM", start!(sea_orm::many)),
        ],
        Backend::Sqlite => vec![
            ("sqlx one by one", start!(by_hand::many_on_sqlite)),
            (OURS, start!(ours::many_on_sqlite)),
            ("SeaORM", start!(sea_orm::many)),
        ],
    }
}

async fn there(host: Host) -> (Rc<Place>, Load) {
    let place = place(host, &documents(0..ROWS, 5)).await;
    let load = (place.url().to_owned(), documents(0..ROWS, 6));
    (place, load)
}

/// One at a time, and all at once.
pub(super) fn all(host: Host, length: Length) -> Vec<Workload> {
    let (one_pace, many_pace) = match length {
        Length::Full => (Pace::new(5, 60, 20, 10), Pace::new(2, 25, 1, 20)),
        Length::Quick => (Pace::new(3, 20, 10, 4), Pace::new(1, 6, 1, 6)),
        Length::Counted => (Pace::new(2, 3, 20, 5), Pace::new(1, 2, 1, 5)),
    };
    vec![
        Workload {
            name: "upsert of 2 kB of JSON".to_owned(),
            rows: None,
            pace: one_pace,
            entries: apart(one(host.backend), async move || there(host).await),
        },
        Workload {
            name: format!("bulk upsert of {ROWS} with 2 kB of JSON, all there"),
            rows: Some(ROWS),
            pace: many_pace,
            entries: in_turns("documents", many(host.backend), async move || {
                there(host).await
            }),
        },
    ]
}
