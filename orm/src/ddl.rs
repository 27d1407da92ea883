//! Tables of a live database: made from their declarations, and compared with them.

mod create;
mod facts;
mod kept;
mod verify;

pub(crate) use create::{Blueprint, create_tables};
pub use create::{Makes, Plan, Tables};
pub(crate) use verify::verify;
