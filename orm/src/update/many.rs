//! Many rows updated by records.

use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use crate::error::Result;
use crate::exec::{Carrier, NO_LIMIT};
use crate::table::record::Record;
use crate::upsert::{Assign, Complete, On, Open, Runs, Targeted, Undecided, Upsert};

/// An update of many rows, each by a record of its own: what [`update_many`](super::UpdateTable::update_many)
/// gives.
///
/// All or none, in one statement, like an upsert of many records that inserts none of them: records of the same
/// key are refused, and the rows are locked in the order of the key.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
///     inhabitants: i64,
/// }
///
/// #[derive(Insert)]
/// #[insert(table = City)]
/// struct Census<'a> {
///     name: &'a str,
///     inhabitants: i64,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, City).await?;
/// City { name: "Rome".to_owned(), inhabitants: 0 }.insert().execute(&db).await?;
///
/// let census = [
///     Census { name: "Rome", inhabitants: 2_800_000 },
///     Census { name: "Atlantis", inhabitants: 1 },
/// ];
/// let updated = City::update_many(&census, City::NAME, City::INHABITANTS).execute(&db).await?;
/// assert_eq!(updated, 1);
/// assert_eq!(City::get("Rome").fetch_one(&db).await?.inhabitants, 2_800_000);
/// # Ok(())
/// # }
/// ```
#[must_use = "an update does nothing until it is executed: end it with `execute`"]
pub struct UpdateMany<'r, R, K, U> {
    records: &'r [R],
    carrier: Carrier,
    chunk_rows: usize,
    what: PhantomData<fn() -> (K, U)>,
}

impl<'r, R, K, U> UpdateMany<'r, R, K, U>
where
    R: Record + Sync,
    K: 'static,
    U: 'static,
{
    pub(super) fn of(records: &'r [R]) -> Self {
        Self {
            records,
            carrier: Carrier::Auto,
            chunk_rows: NO_LIMIT,
            what: PhantomData,
        }
    }

    /// How the records get to the database; [`Carrier::Auto`] chooses well.
    pub fn carrier(mut self, carrier: Carrier) -> Self {
        self.carrier = carrier;
        self
    }

    /// How many records are carried at once at most; unless told, as many as 4 MiB hold.
    pub fn chunk_rows(mut self, rows: usize) -> Self {
        self.chunk_rows = rows;
        self
    }

    /// Updates the rows, all of them or none; how many there were. A record without a row is passed over.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::DuplicateKeyInBatch`](crate::ErrorKind::DuplicateKeyInBatch) for records of the same key,
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for a key that is partial or on an expression,
    /// and what the database refuses; [`Error::rows`](crate::Error::rows) has the positions of the records that
    /// are at fault.
    pub fn execute<'c, E: Runs<'c, R, Open> + 'c>(self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        'r: 'c,
        On<K>: Targeted,
        Assign<U, Undecided>: Complete,
    {
        Upsert::<R, On<K>, Assign<U, Undecided>, _, _, _, _>::of(self.records)
            .carrier(self.carrier)
            .chunk_rows(self.chunk_rows)
            .update_only(on)
    }
}

impl<R, K, U> fmt::Debug for UpdateMany<'_, R, K, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the records: an update may end up in a log.
        f.debug_struct("UpdateMany").finish_non_exhaustive()
    }
}
