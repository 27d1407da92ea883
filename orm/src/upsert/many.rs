//! Where an upsert of many records ends: they are made into a batch and written.

use futures_core::future::BoxFuture;

use super::Upsert;
use super::amount::{Duplicates, Many, One};
use super::report::{BatchOutcome, Report};
use super::returning::{Chosen, Picked, Picks, Returning};
use super::statement::Complete;
use super::target::Targeted;
use super::terminal::Runs;
use super::text::{OneColumn, Returns, Row, statement_for, step};
use super::version::GuardOf;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{Counts, Job, LoadRow, Reads, Records, Told};
use crate::stmt::{
    Action, Assignment, Batch, Expr, Gives, Insert, Keep, OnDuplicate, Qualifier, Returned, Source,
    Target, Unmatched,
};
use crate::table::guard::Guard;
use crate::table::record::Record;

impl<'r, R, K, A, G, F, X> Upsert<'r, R, K, A, G, F, X, One> {
    /// The one record.
    pub(super) fn record(&self) -> &'r R {
        &self.records[0]
    }
}

impl<'r, R, K, A, G, F, X> Upsert<'r, R, K, A, G, F, X, Many<'r>>
where
    R: Record + Sync,
    K: 'static,
    A: 'static,
    G: Guard + 'static,
    X: Send + Sync,
{
    /// Writes the records, all of them or none; how many rows were written.
    ///
    /// On PostgreSQL one statement and one round trip, up to 4 MiB or [`chunk_rows`](Self::chunk_rows) records;
    /// more of them are staged in a transaction. On SQLite, and in a transaction of the caller's, in a
    /// transaction or savepoint of its own.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`]. [`Error::rows`] has the positions of the records
    /// that are at fault.
    pub fn execute<'c, E: Runs<'c, R, X> + 'c>(self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        'r: 'c,
        X: 'c,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.job::<OneColumn, E>(&on).execute(on)
    }

    /// Writes the records, all of them or none; how many were inserted, updated, skipped and left out.
    ///
    /// As [`execute`](Self::execute), and no more round trips on PostgreSQL; before PostgreSQL 18 it takes
    /// up to three for each record on partitioned tables and views. No rows come back.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn report<'c, E: Runs<'c, R, X> + 'c>(self, on: E) -> BoxFuture<'c, Result<Report>>
    where
        'r: 'c,
        X: 'c,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        let total = self.records.len() as u64;
        let counts = self.job::<OneColumn, E>(&on).counts(on);
        Box::pin(async move { report(total, counts.await?) })
    }

    /// Writes the records, all of them or none; the rows that were written, as they are now, in the order
    /// of the records.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn fetch_all<'c, E: Runs<'c, R, X> + Reads<'c, R::Table> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<R::Table>>>
    where
        'r: 'c,
        R::Table: Send,
        X: 'c,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.written::<Row, _, E>(on, <E as Reads<'c, R::Table>>::load)
    }

    /// Writes the records, all of them or none; what became of each, in their order.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn outcomes<'c, E: Runs<'c, R, X> + Reads<'c, R::Table> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<BatchOutcome<R::Table>>>>
    where
        'r: 'c,
        R::Table: Send,
        X: 'c,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.told::<Row, _, E>(on, <E as Reads<'c, R::Table>>::load)
    }

    /// Updates stored rows, and inserts none; how many rows there were.
    pub(crate) fn update_only<'c, E>(self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        'r: 'c,
        E: Runs<'c, R, X> + 'c,
        X: 'c,
        K: Targeted,
        A: Complete,
    {
        let mut job = self.job::<OneColumn, E>(&on);
        job.batch.unmatched = Unmatched::Skip;
        job.execute(on)
    }

    fn written<'c, S, T, E>(
        self,
        on: E,
        load: LoadRow<E::Backend, T>,
    ) -> BoxFuture<'c, Result<Vec<T>>>
    where
        'r: 'c,
        S: Returns,
        T: Send + 'c,
        E: Runs<'c, R, X> + 'c,
        X: 'c,
        K: Targeted,
        A: Complete,
    {
        let told = self.job::<S, E>(&on).rows(on, load);
        Box::pin(async move { Ok(told.await?.into_rows()) })
    }

    fn told<'c, S, T, E>(
        self,
        on: E,
        load: LoadRow<E::Backend, T>,
    ) -> BoxFuture<'c, Result<Vec<BatchOutcome<T>>>>
    where
        'r: 'c,
        S: Returns,
        T: Send + 'c,
        E: Runs<'c, R, X> + 'c,
        X: 'c,
        K: Targeted,
        A: Complete,
    {
        let total = self.records.len();
        let mut job = self.job::<S, E>(&on);
        job.batch.insert.returning.push(Returned::Inserted);
        let told = job.rows(on, load);
        Box::pin(async move { Ok(outcomes(total, told.await?)) })
    }

    /// The batch that gives `S` of each row back.
    fn job<'c, S, E>(self, on: &E) -> Job<'c, E::Backend>
    where
        'r: 'c,
        S: Returns,
        E: Runs<'c, R, X> + 'c,
        X: 'c,
        K: Targeted,
        A: Complete,
    {
        let added = E::added(&self.closures);
        let insert = statement_for::<R, K, A, G, S>(&added);
        let on_duplicate = on_duplicate(
            self.amount.duplicates,
            &insert,
            G::keep(),
            !added.conditions.is_empty(),
        );
        Job {
            live: on.live(),
            rows: Box::new(Records {
                of: self.records,
                closures: self.closures,
                bind: E::bind,
                bind_closures: E::bind_closures,
            }),
            batch: Batch {
                insert,
                source: Source::Values(0),
                on_duplicate,
                unmatched: Unmatched::Insert,
                gives: Gives::Nothing,
            },
            steps: Box::new(move |which, dialect| step::<R, K, A, G, S>(which, &added, dialect)),
            carrier: self.amount.carrier,
            chunk_rows: self.amount.chunk_rows,
            progress: self.amount.progress,
            may_copy: false,
        }
    }
}

impl<'r, R, K, A, G, F, X, U> Returning<'r, R, K, A, G, F, X, U, Many<'r>>
where
    R: Record + Sync,
    K: 'static,
    A: 'static,
    G: Guard + 'static,
    X: Send + Sync,
    U: Picked,
{
    /// Writes the records, all of them or none; the columns of the rows that were written, as they are
    /// now, in the order of the records.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`].
    pub fn fetch_all<'c, E: Runs<'c, R, X> + Picks<'c, U> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<U::Row>>>
    where
        'r: 'c,
        U::Row: Send + 'c,
        X: 'c,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.upsert
            .written::<Chosen<U>, _, E>(on, <E as Picks<'c, U>>::load)
    }

    /// Writes the records, all of them or none; what became of each, in their order.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`].
    pub fn outcomes<'c, E: Runs<'c, R, X> + Picks<'c, U> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<BatchOutcome<U::Row>>>>
    where
        'r: 'c,
        U::Row: Send + 'c,
        X: 'c,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.upsert
            .told::<Chosen<U>, _, E>(on, <E as Picks<'c, U>>::load)
    }
}

/// What becomes of records of one key: what was said, or else what the upsert itself decides.
pub(crate) fn on_duplicate(
    said: Option<Duplicates>,
    insert: &Insert,
    guard: Option<Keep>,
    has_conditions: bool,
) -> OnDuplicate {
    let conflict = insert.conflict.as_ref();
    let Some(conflict) = conflict.filter(|conflict| conflict.target != Target::Any) else {
        return OnDuplicate::Ignore;
    };
    match (said, &conflict.action) {
        (Some(Duplicates::Error), _) => OnDuplicate::Reject,
        (Some(Duplicates::KeepFirst), _) | (None, Action::Nothing) => {
            OnDuplicate::Keep(Keep::First)
        }
        (Some(Duplicates::KeepLast), _) => OnDuplicate::Keep(Keep::Last),
        (None, Action::Update { assignments, .. }) => match guard {
            // One that is left out must not have had a part in the row.
            Some(newest) if !has_conditions && !assignments.iter().any(reads_the_stored_row) => {
                OnDuplicate::Keep(newest)
            }
            Some(_) | None => OnDuplicate::Reject,
        },
    }
}

fn reads_the_stored_row(assignment: &Assignment) -> bool {
    let value = match &assignment.value {
        Expr::Made(_, value) => &**value,
        value => value,
    };
    !matches!(value, Expr::Column(Qualifier::Incoming, _) | Expr::Bind(_))
}

pub(crate) fn report(total: u64, counts: Counts) -> Result<Report> {
    let Counts {
        inserted,
        updated,
        left_out,
    } = counts;
    let skipped = total.checked_sub(inserted + updated + left_out);
    let Some(skipped) = skipped else {
        let message = format!(
            "of {total} records {inserted} were inserted, {updated} updated and {left_out} left out"
        );
        return Err(Error::new(ErrorKind::Bug, message));
    };
    Ok(Report {
        total,
        inserted,
        updated,
        skipped,
        deduplicated: left_out,
        failed: 0,
    })
}

pub(crate) fn outcomes<T>(total: usize, told: Told<T>) -> Vec<BatchOutcome<T>> {
    let mut outcomes: Vec<_> = std::iter::repeat_with(|| BatchOutcome::Skipped)
        .take(total)
        .collect();
    for (at, inserted, row) in told.rows {
        outcomes[at] = if inserted {
            BatchOutcome::Inserted(row)
        } else {
            BatchOutcome::Updated(row)
        };
    }
    for (at, of) in told.left_out {
        outcomes[at] = BatchOutcome::Duplicate { of };
    }
    outcomes
}
