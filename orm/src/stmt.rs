//! Statements as data: no types of the user's, no text.

mod batch;
mod change;
mod conflict;
mod expr;
mod insert;
mod piece;
mod select;
mod table_ref;

pub use batch::{Batch, Gives, Keep, OnDuplicate, Source, Tie, Unmatched};
pub use change::{Change, Verb};
pub use conflict::{Action, Assignment, Conflict, Target};
pub use expr::{Aggregate, Arithmetic, Cast, Comparison, Expr, Function, List, Part, Side, Slot};
pub use insert::{Insert, Returned};
pub use piece::{Of, Piece};
pub use select::{Distinct, Lock, Order, Projection, Select, Wait};
pub use table_ref::TableRef;
