//! Values on their way to a database and back, and records and rows of them: what the derives implement.

pub use crate::ddl::Makes;
pub use crate::exec::Begin;
pub use crate::table::Typed;
pub use crate::value::{Read, Supply};
