//! Runs statements: the only layer that awaits.

mod again;
mod batch;
mod executor;
mod found;
mod outcome;
mod read;
mod run;
mod sequence;
mod text;
mod transaction;

pub use batch::Carrier;
pub(crate) use batch::{Counts, Job, NO_LIMIT, Progress, Records, Rows, Told};
pub use executor::{Executor, Reads, WithinTransaction, Writes};
pub(crate) use found::{Lookup, found};
pub(crate) use outcome::{Asked, Step, outcome};
pub(crate) use read::{fetch, fetch_locked, fetch_raw};
pub(crate) use run::{LoadRow, Ready, execute, fetch_all, fetch_one, fetch_optional, no_row};
pub(crate) use sequence::{Explain, explain, explain_record};
pub(crate) use text::{Text, cached, insert, unsupported};
pub use transaction::{Begin, Tx, transaction};
