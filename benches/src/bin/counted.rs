//! The same workloads, with an allocator that counts, and relays before PostgreSQL that do. Prints what
//! `report::add_counts` reads.

use orm_benches::counting::{Allocator, Counting, allocator};
use orm_benches::heap::install;
use orm_benches::pace::Length;
use orm_benches::workloads::measure;
use orm_benches::{place, report};
use orm_tests::Backend;

#[global_allocator]
static HEAP: Allocator = allocator();

#[tokio::main(flavor = "current_thread")]
async fn main() {
    install(Counting(&HEAP));
    for backend in place::postgres().into_iter().chain([Backend::Sqlite]) {
        measure(backend, Length::Counted, |compared| {
            print!("{}", report::counts(backend, compared));
        })
        .await;
    }
}
