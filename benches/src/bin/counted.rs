//! The same workloads, with an allocator that counts. Prints what `report::add_counts` reads.

use std::alloc::System;

use orm_benches::heap::{Heap, install};
use orm_benches::workloads::{Length, all};
use orm_benches::{report, servers};
use orm_tests::Backend;
use peakmem_alloc::{PeakMemAlloc, PeakMemAllocTrait as _};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static HEAP: PeakMemAlloc<&StatsAlloc<System>> = PeakMemAlloc::new(&INSTRUMENTED_SYSTEM);

struct Counting;

impl Heap for Counting {
    fn allocations(&self) -> u64 {
        let stats = INSTRUMENTED_SYSTEM.stats();
        (stats.allocations + stats.reallocations) as u64
    }

    fn reset(&self) {
        HEAP.reset_peak_memory();
    }

    fn peak(&self) -> u64 {
        HEAP.get_peak_memory() as u64
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    install(Counting);
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
