//! The values of many records, encoded to be sent together.

use std::fmt::Debug;

use super::Backend;
use crate::error::Complaint;

/// The values of many records, encoded to be sent together.
#[doc(hidden)]
pub trait Gathered: Debug + Send + Sync + Sized {
    /// The backend they are for.
    type Backend: Backend<Gathered = Self>;

    /// Arrays, one for each column, for so many records or about so many bytes at most; `None` where the
    /// database takes values one by one only.
    fn arrays(live: <Self::Backend as Backend>::Live, records: usize, bytes: usize)
    -> Option<Self>;

    /// Rows as `COPY` takes them, behind those that are there; `None` where there is no `COPY`.
    fn rows(live: <Self::Backend as Backend>::Live, there: Vec<u8>) -> Option<Self>;

    /// The values of a record of so many columns follow.
    fn begin_row(&mut self, columns: usize);

    /// Adds a whole number of the library's own to the row.
    fn number(&mut self, value: i64);

    /// How much it is in bytes.
    fn bytes(&self) -> usize;

    /// Whether the server can make sense of it. What only the server knows by number cannot be told
    /// without asking it.
    fn is_self_contained(&self) -> bool;

    /// Adds an array for each column to the arguments of a statement.
    fn bind(self, to: &mut <Self::Backend as Backend>::Arguments) -> Result<(), Complaint>;

    /// The rows, with those that were there.
    fn into_rows(self) -> Vec<u8>;
}
