//! Panics of decoders and encoders that are foretold.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::Complaint;
use crate::error::Plain;
use crate::value::Value;

/// Runs what may panic on this value; a panic becomes this complaint.
#[cold]
pub(super) fn caught<T>(
    panic: Plain,
    run: impl FnOnce() -> Result<T, Complaint>,
) -> Result<T, Complaint> {
    // Whatever it has half done is dropped with it.
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err(panic.into()))
}

/// Whether dates and times in this type are of this crate, as far as its name tells. That of a `Value` is
/// of chrono.
pub(super) fn is_of<T>(of: &str) -> bool {
    let name = std::any::type_name::<T>();
    let is_value = name.contains(std::any::type_name::<Value>());
    let is_of_name = |character: char| character.is_alphanumeric() || character == '_';
    let is_crate = |at: usize| {
        let before = name.get(..at).unwrap_or_default();
        let behind = name.get(at + of.len()..).unwrap_or_default();
        !before.ends_with(is_of_name) && behind.starts_with("::")
    };
    (is_value && of == "chrono") || name.match_indices(of).any(|(at, _)| is_crate(at))
}
