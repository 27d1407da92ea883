//! `orm` side by side with the sqlx that one would write by hand, in one run.
//!
//! Rounds of both alternate, so that what disturbs the machine disturbs both. Printed are the medians of a
//! call in microseconds and the ratio of ours to the one by hand. On small virtual machines a call is
//! dominated by when the other thread wakes up: judge by the ratio, over several runs.

mod measure;
mod workload;

use orm_tests::{Backend, Site, available};

use self::measure::Comparison;

#[tokio::main]
async fn main() {
    println!(
        "{:<14}{:<22}{:>10}{:>10}{:>8}",
        "database", "workload", "by hand", "orm", "ratio"
    );
    let mut backends = vec![Backend::Sqlite];
    // The newest server that can be had, as the tests find it.
    let newest = available()
        .ok()
        .and_then(|found| found.keys().max().copied());
    backends.extend(newest.map(Backend::Postgres));
    for backend in backends {
        // A place of its own for each side, so that neither finds the other's pages or locks.
        let (by_hand, ours) = (Site::new(backend).await, Site::new(backend).await);
        let comparisons = match backend {
            Backend::Sqlite => workload::on_sqlite(by_hand.url(), ours.url()).await,
            Backend::Postgres(_) => workload::on_postgres(by_hand.url(), ours.url()).await,
        };
        for Comparison {
            workload,
            by_hand,
            ours,
        } in comparisons
        {
            let ratio = ours / by_hand;
            println!(
                "{:<14}{workload:<22}{by_hand:>10.1}{ours:>10.1}{ratio:>8.2}",
                backend.to_string()
            );
        }
    }
}
