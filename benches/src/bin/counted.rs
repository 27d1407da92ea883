//! The same workloads, with an allocator that counts. Prints what `report::add_counts` reads.

use orm_benches::counting::{Allocator, Counting, allocator};
use orm_benches::heap::install;
use orm_benches::workloads::{Length, all};
use orm_benches::{report, servers};
use orm_tests::Backend;

#[global_allocator]
static HEAP: Allocator = allocator();

#[tokio::main(flavor = "current_thread")]
async fn main() {
    install(Counting(&HEAP));
    for backend in servers::postgres().into_iter().chain([Backend::Sqlite]) {
        let section = report::Section {
            backend,
            settings: Vec::new(),
            lines: all(backend, Length::Counted).await,
            instructions: Vec::new(),
        };
        print!("{}", report::counts(&section));
    }
}
