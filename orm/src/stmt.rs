//! Statements as data: no types of the user's, no text.

mod batch;
mod change;
mod conflict;
mod derived;
mod expr;
mod insert;
mod join;
mod operator;
mod piece;
mod select;
mod shift;
mod table_ref;
mod window;

pub use batch::{Batch, Gives, Keep, OnDuplicate, Source, Tie, Unmatched};
pub use change::{Change, Verb};
pub use conflict::{Action, Assignment, Conflict, Target};
pub use derived::{Derived, SetOperator};
pub use expr::{Expr, List, Qualifier, Slot};
pub use insert::{Insert, Returned};
pub use join::{Join, JoinKind};
pub use operator::{Aggregate, Arithmetic, Cast, Comparison, Function, Part};
pub use piece::{Of, Piece};
pub use select::{Distinct, Lock, Order, Projection, Select, Wait};
pub use table_ref::TableRef;
pub use window::{Frame, FrameBound, Window, WindowCall, WindowFunction};
