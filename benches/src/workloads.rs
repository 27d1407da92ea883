//! What is done, and by whom. A workload is its name, its pace and its peers.

use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_util::future::LocalBoxFuture;
use orm_tests::Backend;
use tokio::sync::OnceCell;

use crate::compare::{Compared, Contender, Entry, Workload, compare, entry};
use crate::measure::Work;
use crate::pace::Length;
use crate::place::{Host, Link, Place};

pub mod bulk;
pub mod documents;
pub mod pools;
pub mod quakes;
pub mod single;

/// Lets a peer get ready with what it is told.
pub(crate) type Start<T> = Box<dyn Fn(T) -> LocalBoxFuture<'static, Box<dyn Work>>>;

/// A peer with its name in tables.
pub(crate) type Peer<T> = (&'static str, Start<T>);

/// A function that lets a peer get ready, as a value.
macro_rules! start {
    ($start:path) => {
        start!(|told| $start(told))
    };
    (|$told:ident| $start:expr) => {
        Box::new(move |$told| Box::pin($start))
    };
}
pub(crate) use start;

/// Peers in a place each.
pub(crate) fn apart<T: 'static>(
    peers: Vec<Peer<T>>,
    make: impl AsyncFn() -> (Rc<Place>, T) + 'static,
) -> Vec<Entry> {
    let make = Rc::new(make);
    let apart = |(name, start): Peer<T>| {
        let make = Rc::clone(&make);
        entry(name, async move || {
            let (place, told) = make().await;
            Contender {
                work: start(told).await,
                reset: None,
                place,
            }
        })
    };
    peers.into_iter().map(apart).collect()
}

/// Peers in one place, of which a table is put back before each of their rounds.
pub(crate) fn in_turns<T: Clone + 'static>(
    table: &'static str,
    peers: Vec<Peer<T>>,
    make: impl AsyncFn() -> (Rc<Place>, T) + 'static,
) -> Vec<Entry> {
    let make = Rc::new(make);
    let made = Rc::new(OnceCell::new());
    let in_turns = |(name, start): Peer<T>| {
        let (make, made) = (Rc::clone(&make), Rc::clone(&made));
        entry(name, async move || {
            let (place, told): &(Rc<Place>, T) = made.get_or_init(|| make()).await;
            Contender {
                // Before the peer gets ready, which may fill the table.
                reset: Some(place.reset(table).await),
                work: start(told.clone()).await,
                place: Rc::clone(place),
            }
        })
    };
    peers.into_iter().map(in_turns).collect()
}

/// Everything that is measured on a backend.
pub fn all(backend: Backend, length: Length) -> Vec<Workload> {
    let host = Host::from(backend);
    let mut all = single::all(host, length);
    match backend {
        Backend::Postgres(_) => {
            if length != Length::Counted {
                all.push(single::by_socket(backend, length));
                all.push(bulk::by_socket(backend, length));
                all.extend(pools::all(host, length));
            }
            all.extend(bulk::all(host, length));
            all.extend(bulk::mixes(host, length));
        }
        Backend::Sqlite => {
            let memory = Host {
                backend,
                link: Link::Memory,
            };
            all.extend(single::all(memory, length));
            all.extend(bulk::all(host, length));
            all.extend(bulk::all(memory, length));
        }
    }
    all.extend(documents::all(host, length));
    all.push(quakes::replay(host, length));
    if length != Length::Quick && backend != Backend::Sqlite {
        all.push(bulk::million(host, length));
    }
    all
}

/// Measures everything on a backend, and tells of each workload when it is done. What does not fit into the
/// time is left out.
pub async fn measure(
    backend: Backend,
    length: Length,
    mut told: impl FnMut(&Compared),
) -> Vec<Compared> {
    let workloads = all(backend, length);
    let within: Duration = workloads.iter().map(|workload| workload.pace.within).sum();
    let began = Instant::now();
    let mut measured = Vec::new();
    for workload in workloads {
        let (name, at) = (workload.name.clone(), Instant::now());
        if began.elapsed() > within {
            eprintln!("{backend}: {name} is left out, the time is up");
            continue;
        }
        let compared = compare(workload).await;
        eprintln!("{backend}: {name}: {:.1} s", at.elapsed().as_secs_f64());
        told(&compared);
        measured.push(compared);
    }
    measured
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instructions;

    fn takes(length: Length) -> Duration {
        [Backend::Postgres(15), Backend::Sqlite]
            .into_iter()
            .flat_map(|backend| all(backend, length))
            .map(|workload| workload.pace.within)
            .sum()
    }

    #[test]
    fn a_run_ends_in_time() {
        assert!(takes(Length::Quick) <= Duration::from_secs(5 * 60));
        let all = takes(Length::Full) + takes(Length::Counted) + instructions::WITHIN;
        assert!(all <= Duration::from_secs(25 * 60), "{all:?}");
    }
}
