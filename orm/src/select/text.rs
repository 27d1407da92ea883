//! The text of a query, without a connection.

use crate::backend::Backend;

/// The backend itself: lets the compiler find the backend of a query from the one its text is for.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this query is for `{DB}`, so there is no text of it for `{Self}`",
    note = "leave the backend of the query open: `T::select()` without a type"
)]
pub trait SameBackend<DB: Backend> {
    /// The only kind of connection that it has.
    fn live() -> DB::Live;
}

impl<DB: Backend<Live = ()>> SameBackend<DB> for DB {
    fn live() {}
}
