//! Runs statements: the only layer that awaits.

mod again;
mod batch;
mod connect;
mod create;
mod executor;
mod facts;
mod found;
mod kept;
mod outcome;
mod read;
mod run;
mod sequence;
mod text;
mod transaction;
mod verify;

pub use batch::Carrier;
pub(crate) use batch::{Counts, Job, NO_LIMIT, Progress, Records, Rows, Told};
pub use connect::connect;
#[cfg(feature = "postgres")]
pub use connect::pool_options;
pub(crate) use create::{Blueprint, create_tables};
pub use create::{Makes, Plan, Tables};
pub use executor::{Executor, Reads, WithinTransaction, Writes};
pub(crate) use found::{Lookup, found};
pub(crate) use outcome::{Asked, Step, outcome};
pub(crate) use read::{fetch, fetch_locked, fetch_raw};
pub(crate) use run::{LoadRow, Ready, execute, fetch_all, fetch_one, fetch_optional, no_row};
pub(crate) use sequence::{Explain, explain, explain_record};
pub(crate) use text::{Text, cached, insert};
pub use transaction::{Begin, Tx, transaction};
pub(crate) use verify::verify;
