//! Counts allocations.
//!
//! Not in `support`, since a program that links the counter gets its allocator.

/// How many allocations the current thread makes while `work` runs.
///
/// To count those of a future, create a current-thread runtime before and call its `block_on` here.
pub(crate) fn count_allocations(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).count_total
}

/// How many bytes more than before the current thread holds at most while `work` runs.
pub(crate) fn peak(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).bytes_max
}
