//! Many tasks that share a pool.

use std::rc::Rc;

use super::single::THERE;
use super::{Peer, apart, start};
use crate::compare::Workload;
use crate::device::{devices, place};
use crate::pace::{Length, Pace};
use crate::peers::pools::{self, EACH, Shared};
use crate::place::Host;
use crate::report::OURS;

fn peers() -> Vec<Peer<Shared>> {
    vec![
        ("sqlx", start!(pools::by_hand)),
        (OURS, start!(pools::ours)),
        ("orm on its pool", start!(pools::ours_on_its_own)),
        ("diesel-async", start!(pools::diesel_async)),
        ("SeaORM", start!(pools::sea_orm)),
    ]
}

/// A call is what all tasks do.
pub(super) fn all(host: Host, length: Length) -> Vec<Workload> {
    let pace = match length {
        Length::Full => Pace::new(3, 40, 3, 20),
        Length::Quick | Length::Counted => Pace::new(2, 12, 1, 8),
    };
    let workload = |tasks| Workload {
        name: format!("upsert of rows there, {tasks} tasks on 8 connections"),
        rows: Some(tasks * EACH),
        pace,
        entries: apart(peers(), async move || {
            let place = place(host, &devices(0..THERE, 5)).await;
            let shared = Shared {
                url: place.url().to_owned(),
                records: devices(0..THERE, 6),
                tasks,
            };
            (Rc::clone(&place), shared)
        }),
    };
    [8, 64].map(workload).into()
}
