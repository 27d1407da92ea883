//! The plain insert of many records.

use std::fmt;

use futures_core::future::BoxFuture;

use super::{statement, text};
use crate::error::Result;
use crate::exec::{Carrier, Job, NO_LIMIT, Progress, Reads, Records, Writes};
use crate::stmt::{Batch, Gives, OnDuplicate, Source, Unmatched};
use crate::table::record::Record;

/// Gives every slice of records its `insert`.
pub trait InsertRecords {
    /// What they are.
    type Record: Record;

    /// Begins an insert of these records, all of them or none.
    ///
    /// A `Vec` has an `insert` of its own, which the compiler takes first: write
    /// `records.as_slice().insert()`.
    fn insert(&self) -> InsertMany<'_, Self::Record>;
}

impl<R: Record> InsertRecords for [R] {
    type Record = R;

    fn insert(&self) -> InsertMany<'_, R> {
        InsertMany {
            records: self,
            carrier: Carrier::Auto,
            chunk_rows: NO_LIMIT,
            progress: None,
        }
    }
}

/// An insert of many records.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// #[table(insert = NewCity)]
/// struct City {
///     #[column(primary_key, auto)]
///     id: i64,
///     name: String,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, City).await?;
/// let records = ["Rome", "Oslo"].map(|name| NewCity { name: name.to_owned() });
/// let cities = records.insert().fetch_all(&db).await?;
/// assert_eq!((cities[1].id, cities[1].name.as_str()), (2, "Oslo"));
/// # Ok(())
/// # }
/// ```
#[must_use = "an insert does nothing until it is executed: end it with `execute` or `fetch_all`"]
pub struct InsertMany<'r, R> {
    records: &'r [R],
    carrier: Carrier,
    chunk_rows: usize,
    progress: Option<Progress<'r>>,
}

impl<'r, R: Record + Sync> InsertMany<'r, R> {
    /// How the records get to the database; [`Carrier::Auto`] chooses well.
    pub fn carrier(mut self, carrier: Carrier) -> Self {
        self.carrier = carrier;
        self
    }

    /// How many records are carried at once at most; unless told, as many as 4 MiB hold.
    pub fn chunk_rows(mut self, rows: usize) -> Self {
        self.chunk_rows = rows.max(1);
        self
    }

    /// Calls this with the number of records that have been sent, and the number of all, after each chunk
    /// and at the end.
    pub fn on_progress(mut self, progress: impl Fn(usize, usize) + Send + Sync + 'r) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Inserts the records, all of them or none; how many rows were written.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind). [`Error::rows`](crate::Error::rows)
    /// has the positions of the records that are at fault.
    pub fn execute<'c, E: Writes<'c, R> + 'c>(self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        'r: 'c,
    {
        self.job(&on).execute(on)
    }

    /// Inserts the records, all of them or none; the rows as they are now, in the order of the records.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn fetch_all<'c, E: Writes<'c, R> + Reads<'c, R::Table> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<R::Table>>>
    where
        'r: 'c,
        R::Table: Send,
    {
        let told = self.job(&on).rows(on, <E as Reads<'c, R::Table>>::load);
        Box::pin(async move { Ok(told.await?.into_rows()) })
    }

    fn job<'c, E>(self, on: &E) -> Job<'c, E::Backend>
    where
        'r: 'c,
        E: Writes<'c, R> + 'c,
    {
        Job {
            live: on.live(),
            rows: Box::new(Records {
                of: self.records,
                closures: (),
                bind: E::bind,
                bind_closures: |&(), _| {},
            }),
            batch: Batch {
                insert: statement::<R>(true),
                source: Source::Values(0),
                on_duplicate: OnDuplicate::Ignore,
                unmatched: Unmatched::Insert,
                gives: Gives::Nothing,
            },
            steps: Box::new(|_, dialect| text::<R, true>(dialect)),
            carrier: self.carrier,
            chunk_rows: self.chunk_rows,
            progress: self.progress,
            may_copy: false,
        }
    }
}

impl<R> fmt::Debug for InsertMany<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the records: an insert may end up in a log.
        f.debug_struct("InsertMany").finish_non_exhaustive()
    }
}
