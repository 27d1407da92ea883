//! Statements as data: no types of the user's, no text.

mod conflict;
mod expr;
mod insert;
mod select;

pub use conflict::{Action, Assignment, Conflict, Target};
pub use expr::{Arithmetic, Comparison, Expr, Side};
pub use insert::{Insert, Returned};
pub use select::{Order, Projection, Select};
