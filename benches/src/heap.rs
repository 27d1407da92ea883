//! What is allocated, where the program has an allocator that counts.
//!
//! Counting takes time, so it is done by a program of its own, `src/bin/counted.rs`, which does the same.

use std::sync::OnceLock;

/// An allocator that counts.
pub trait Heap: Send + Sync {
    /// How many allocations there have been.
    fn allocations(&self) -> u64;

    /// Forgets the peak.
    fn reset(&self);

    /// How many bytes there were at most, above those at the last reset.
    fn peak(&self) -> u64;
}

static HEAP: OnceLock<Box<dyn Heap>> = OnceLock::new();

/// Says that the allocator of this program is this one.
pub fn install(heap: impl Heap + 'static) {
    // Twice the same is once.
    drop(HEAP.set(Box::new(heap)));
}

/// The allocator of this program, where it counts.
pub fn installed() -> Option<&'static dyn Heap> {
    HEAP.get().map(|heap| &**heap)
}
