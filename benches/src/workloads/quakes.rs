//! The replay of a real feed.

use orm_tests::Backend;

use super::{Peer, in_turns, start};
use crate::compare::Workload;
use crate::pace::{Length, Pace};
use crate::peers::quakes::{Load, by_hand, ours, sea_orm};
use crate::place::Host;
use crate::quake::{feed, place};
use crate::report::OURS;

fn peers(backend: Backend) -> Vec<Peer<Load>> {
    match backend {
        Backend::Postgres(_) => vec![
            ("sqlx Arrays", start!(by_hand::on_postgres)),
            (OURS, start!(ours::on_postgres)),
            ("SeaORM", start!(sea_orm::start)),
        ],
        Backend::Sqlite => vec![
            ("sqlx one by one", start!(by_hand::on_sqlite)),
            (OURS, start!(ours::on_sqlite)),
            ("SeaORM", start!(sea_orm::start)),
        ],
    }
}

/// All events are there, every tenth in an older version.
pub(super) fn replay(host: Host, length: Length) -> Workload {
    let feed = feed();
    Workload {
        name: format!("earthquakes: {} again, a tenth newer", feed.len()),
        rows: Some(feed.len()),
        pace: match length {
            Length::Full => Pace::new(2, 25, 1, 12),
            Length::Quick => Pace::new(1, 8, 1, 4),
            Length::Counted => Pace::new(1, 2, 1, 3),
        },
        entries: in_turns("quakes", peers(host.backend), async move || {
            let mut there = feed.to_vec();
            for event in there.iter_mut().step_by(10) {
                event.updated -= 60_000;
            }
            let place = place(host, &there).await;
            let url = place.url().to_owned();
            (place, (url, feed.clone()))
        }),
    }
}
