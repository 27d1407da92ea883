//! One record or many, and what is said about many.

use std::fmt;

use super::Upsert;
use crate::exec::{Carrier, NO_LIMIT, Progress};
use crate::table::record::Record;

/// The upsert is of one record.
#[derive(Debug, Clone, Copy)]
pub struct One;

/// The upsert is of many records.
pub struct Many<'r> {
    pub(super) duplicates: Option<Duplicates>,
    pub(super) carrier: Carrier,
    pub(super) chunk_rows: usize,
    pub(super) progress: Option<Progress<'r>>,
}

/// What becomes of records of one batch that have the same key, as the database compares keys.
///
/// Rows that the key does not hold apart, because a column of it is `NULL` or because they are outside of
/// a partial key, are no duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duplicates {
    /// They are an error, [`ErrorKind::DuplicateKeyInBatch`](crate::ErrorKind::DuplicateKeyInBatch), which
    /// names their positions; nothing is written.
    Error,
    /// The first is written.
    KeepFirst,
    /// The last is written.
    KeepLast,
}

/// The upsert is of one record.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`get_or_insert` is for one record",
    label = "not for many records",
    note = "say `.do_nothing()`, and select the rows afterwards"
)]
pub trait OneRecord {}

#[diagnostic::do_not_recommend]
impl OneRecord for One {}

/// The upsert is of many records.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is an upsert of one record, and that word is for many",
    label = "for many records",
    note = "leave it out, or begin with a slice of records: `records.upsert()`"
)]
pub trait ManyRecords<'r> {
    /// What is said about them.
    fn many(&mut self) -> &mut Many<'r>;
}

#[diagnostic::do_not_recommend]
impl<'r> ManyRecords<'r> for Many<'r> {
    fn many(&mut self) -> &mut Self {
        self
    }
}

impl Default for Many<'_> {
    fn default() -> Self {
        Self {
            duplicates: None,
            carrier: Carrier::Auto,
            chunk_rows: NO_LIMIT,
            progress: None,
        }
    }
}

impl<'r, R: Record, K, A, G, F, X, N> Upsert<'r, R, K, A, G, F, X, N> {
    /// Says what becomes of records that have the same key.
    ///
    /// Without it they are an error, unless the upsert itself decides: `keep_newest` takes the newest and
    /// of the same version the later record, `keep_newer` the earlier one, as they would one after the
    /// other; `do_nothing` takes the first. Where a row is computed from the stored one, by `set_with`,
    /// `coalesce` or a condition of `where_`, a record that is left out could be missed, and they are an
    /// error again. On any conflict nothing is left out.
    pub fn on_duplicates(mut self, duplicates: Duplicates) -> Self
    where
        N: ManyRecords<'r>,
    {
        self.amount.many().duplicates = Some(duplicates);
        self
    }

    /// How the records get to the database; [`Carrier::Auto`] chooses well.
    ///
    /// What the database or the types of the records cannot be carried by goes by the next best; the
    /// result is the same.
    pub fn carrier(mut self, carrier: Carrier) -> Self
    where
        N: ManyRecords<'r>,
    {
        self.amount.many().carrier = carrier;
        self
    }

    /// How many records are carried at once at most; unless told, as many as 4 MiB hold. More than that
    /// are first staged in a temporary table, in chunks of this size or of half a MiB, and then written
    /// by one statement; on SQLite, where a statement takes fewer than that, chunk by chunk in one
    /// transaction.
    pub fn chunk_rows(mut self, rows: usize) -> Self
    where
        N: ManyRecords<'r>,
    {
        self.amount.many().chunk_rows = rows.max(1);
        self
    }

    /// Calls this with the number of records that have been sent, and the number of all, after each chunk
    /// and at the end.
    pub fn on_progress(mut self, progress: impl Fn(usize, usize) + Send + Sync + 'r) -> Self
    where
        N: ManyRecords<'r>,
    {
        self.amount.many().progress = Some(Box::new(progress));
        self
    }
}

impl fmt::Debug for Many<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Many")
            .field("duplicates", &self.duplicates)
            .field("carrier", &self.carrier)
            .field("chunk_rows", &self.chunk_rows)
            .finish_non_exhaustive()
    }
}
