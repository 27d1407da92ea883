//! The allocator of the programs that count.

use std::alloc::System;

use peakmem_alloc::{PeakMemAlloc, PeakMemAllocTrait as _};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use crate::heap::Heap;

/// Counts allocations, and knows the peak.
pub type Allocator = PeakMemAlloc<&'static StatsAlloc<System>>;

/// The allocator, to be the one of a program.
pub const fn allocator() -> Allocator {
    PeakMemAlloc::new(&INSTRUMENTED_SYSTEM)
}

/// What it has counted.
#[derive(Debug)]
pub struct Counting(pub &'static Allocator);

impl Heap for Counting {
    fn allocations(&self) -> u64 {
        let stats = INSTRUMENTED_SYSTEM.stats();
        (stats.allocations + stats.reallocations) as u64
    }

    fn reset(&self) {
        self.0.reset_peak_memory();
    }

    fn peak(&self) -> u64 {
        self.0.get_peak_memory() as u64
    }
}
