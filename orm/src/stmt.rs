//! Statements as data: no types of the user's, no text.

mod batch;
mod conflict;
mod expr;
mod insert;
mod select;

pub use batch::{Batch, Gives, Keep, Source, Tie};
pub use conflict::{Action, Assignment, Conflict, Target};
pub use expr::{Arithmetic, Comparison, Expr, Side};
pub use insert::{Insert, Returned};
pub use select::{Order, Projection, Select};
