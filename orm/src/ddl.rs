//! Tables of a live database: made from their declarations, and compared with them.

mod create;
mod declared;
mod introspect;
mod kept;
mod verify;

pub(crate) use create::{Blueprint, create_tables};
pub use create::{Makes, Plan, Tables};
#[cfg(feature = "migrate")]
pub(crate) use declared::schema as declared;
#[cfg(feature = "migrate")]
pub(crate) use introspect::introspect;
pub(crate) use verify::verify;
