//! Many records: carried to the database, ordered and freed of duplicates there, and written all or none.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_core::future::BoxFuture;

use self::answer::Answer;
pub(crate) use self::answer::{Counts, Told};
use self::bisect::FaultFinder;
use self::encode::{Encoder, Payload};
use self::send::Meter;
use self::strategy::Finding;
use self::write::BatchWriter;
use super::again::Again;
use super::outcome::Step;
use super::run::{LoadRow, runs_again};
use super::sequence::explain;
use super::text::unsupported;
use super::{Executor, Text};
use crate::backend::{Backend, Connection};
use crate::dialect::{Dialect, verify};
use crate::error::{Error, ErrorKind, Result};
use crate::stmt::{Batch, Gives};
use crate::value::Binder;

mod answer;
mod bisect;
mod duplicates;
mod encode;
mod per_row;
mod send;
mod sequential;
mod stage;
mod strategy;
#[cfg(all(test, feature = "sqlite"))]
mod tests;
mod write;

/// How the records of a batch get to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Carrier {
    /// The one that is fastest for their number and their types.
    #[default]
    Auto,
    /// Value by value, as arguments of a statement. What is more than one statement can have is staged
    /// in a temporary table, and on SQLite sent by several.
    Values,
    /// An array for each column, as arguments of a statement that is the same for every number of
    /// records. What is more than 4 MiB, or [`chunk_rows`](crate::upsert::Upsert::chunk_rows), is staged
    /// in a temporary table. Records with columns that are arrays themselves go by `Copy`. PostgreSQL only.
    Arrays,
    /// By `COPY` into a temporary table. PostgreSQL only, and only on a pool: in a transaction of the
    /// caller's, and on a connection of the caller's, records go by `Arrays`, since a `COPY` that is
    /// dropped half way leaves a connection that can only be closed.
    Copy,
}

/// Nothing but their size limits how many records are carried at once.
pub(crate) const NO_LIMIT: usize = usize::MAX;

/// The records of a batch.
pub(crate) trait Rows<DB: Backend>: Send + Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// Binds the values of the one at this position.
    fn bind(&self, at: usize, to: &mut Binder<DB>);

    /// Binds the values that are the same for all of them: those of closures.
    fn bind_closures(&self, to: &mut Binder<DB>);
}

/// Records of a type of the user's, and the closures that they are written with. They may be borrowed as a
/// slice, or owned: a `Vec`, or an `Arc<[R]>` that others hold as well.
pub(crate) struct Records<S, R, X, DB: Backend> {
    /// The records.
    pub(crate) of: S,
    /// The closures.
    pub(crate) closures: X,
    /// Binds a record.
    pub(crate) bind: fn(&R, &mut Binder<DB>),
    /// Binds the values of the closures.
    pub(crate) bind_closures: fn(&X, &mut Binder<DB>),
}

impl<S, R, X, DB> Rows<DB> for Records<S, R, X, DB>
where
    S: AsRef<[R]> + Send + Sync,
    X: Send + Sync,
    DB: Backend,
{
    fn len(&self) -> usize {
        self.of.as_ref().len()
    }

    fn bind(&self, at: usize, to: &mut Binder<DB>) {
        (self.bind)(&self.of.as_ref()[at], to);
    }

    fn bind_closures(&self, to: &mut Binder<DB>) {
        (self.bind_closures)(&self.closures, to);
    }
}

/// Makes the text of a statement about one record.
pub(crate) type Steps<'c> = Box<dyn Fn(Step, &dyn Dialect) -> Result<Text> + Send + Sync + 'c>;

/// Is told how many records of how many have been sent.
pub(crate) type Progress<'c> = Box<dyn Fn(usize, usize) + Send + Sync + 'c>;

/// A batch that is to be written. It owns all but what its rows and its progress borrow from the caller: where
/// they borrow nothing it is `'static`, and can be kept, or moved to another task.
pub(crate) struct Job<'c, DB: Backend> {
    /// Which database it is.
    pub(crate) live: DB::Live,
    /// The records.
    pub(crate) rows: Box<dyn Rows<DB> + 'c>,
    /// What is done with them. Where they are is seen to here.
    pub(crate) batch: Batch,
    /// Makes the texts of statements about one record.
    pub(crate) steps: Steps<'c>,
    /// How they are carried.
    pub(crate) carrier: Carrier,
    /// How many are carried at once at most.
    pub(crate) chunk_rows: usize,
    /// Is told about it.
    pub(crate) progress: Option<Progress<'c>>,
    /// Whether they may go by `COPY`; known once there is a connection.
    pub(crate) may_copy: bool,
}

impl<'c, DB: Backend> Job<'c, DB> {
    /// Writes the records; how many rows were written.
    pub(crate) fn execute<'e, E>(mut self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        'e: 'c,
        E: Executor<'e, Backend = DB> + 'c,
    {
        self.batch.gives = Gives::Nothing;
        Box::pin(async move {
            match self.run(on, |_| Ok(())).await? {
                Answer::Written(rows) => Ok(rows),
                Answer::Counts(_) | Answer::Told(_) | Answer::Unmatched => Err(bug("rows written")),
            }
        })
    }

    /// Writes the records; how many rows were inserted and how many updated.
    pub(crate) fn counts<'e, E>(mut self, on: E) -> BoxFuture<'c, Result<Counts>>
    where
        'e: 'c,
        E: Executor<'e, Backend = DB> + 'c,
    {
        self.batch.gives = Gives::Counts;
        Box::pin(async move {
            match self.run(on, |_| Ok(())).await? {
                Answer::Counts(counts) => Ok(counts),
                Answer::Written(_) | Answer::Told(_) | Answer::Unmatched => Err(bug("counts")),
            }
        })
    }

    /// Writes the records; what `load` reads of each row that was written, with what is known of its
    /// record.
    pub(crate) fn rows<'e, E, T>(
        mut self,
        on: E,
        load: LoadRow<DB, T>,
    ) -> BoxFuture<'c, Result<Told<T>>>
    where
        'e: 'c,
        E: Executor<'e, Backend = DB> + 'c,
        T: Send + 'c,
    {
        self.batch.gives = Gives::Rows;
        Box::pin(async move {
            match self.run(on, load).await? {
                Answer::Told(told) => Ok(told),
                Answer::Written(_) | Answer::Counts(_) | Answer::Unmatched => Err(bug("rows")),
            }
        })
    }

    async fn run<'e, E, T>(mut self, on: E, load: LoadRow<DB, T>) -> Result<Answer<T>>
    where
        E: Executor<'e, Backend = DB>,
        T: Send,
    {
        let all = 0..self.rows.len();
        if all.is_empty() {
            return Ok(Answer::nothing(self.batch.gives));
        }
        let mut connection = on.lease().await?;
        self.may_copy = connection.is_own();
        // What is run again is told of only where it comes further than before.
        self.progress = self.progress.take().map(rising);
        connection.set_midway(true);
        // When it fails nothing of it is done, so that it can be tried again where no transaction of the
        // caller's is at stake. The values are taken from the records once more, and no copy of them is held.
        let mut again = Again::default();
        let answer = loop {
            let kept = all.clone();
            let answer = all_or_nothing(self.writer(), &mut connection, kept, load).await;
            match &answer {
                Err(error) if again.is_worth_it(&mut connection, error).await => {}
                _ => break answer,
            }
        };
        connection.set_midway(false);
        let Err(error) = answer else {
            self.writer().meter.tell(all.len());
            return answer;
        };
        if let Some(health) = runs_again(&error) {
            connection.note(health);
        }
        let insert = &self.batch.insert;
        let error = explain(error, &insert.table, &insert.columns, connection.dialect());
        connection.set_midway(true);
        let mut writer = self.writer();
        // To look for a record is no progress.
        writer.meter = writer.meter.silent();
        let finder = FaultFinder { writer };
        let error = finder.name(&mut connection, all, error).await;
        connection.set_midway(false);
        Err(error)
    }

    /// What writes the records.
    fn writer(&self) -> BatchWriter<'_, DB> {
        BatchWriter {
            batch: &self.batch,
            encoder: Encoder {
                live: self.live,
                rows: &*self.rows,
                batch: &self.batch,
                chunk_rows: self.chunk_rows,
            },
            steps: &self.steps,
            meter: Meter {
                progress: self.progress.as_ref(),
                total: self.rows.len(),
            },
            carrier: self.carrier,
            may_copy: self.may_copy,
        }
    }
}

/// Writes these records or none of them, whatever else the transaction of the caller has done.
async fn all_or_nothing<C, T>(
    writer: BatchWriter<'_, C::Backend>,
    connection: &mut C,
    range: Range<usize>,
    load: LoadRow<C::Backend, T>,
) -> Result<Answer<T>>
where
    C: Connection,
    T: Send,
{
    let (batch, dialect) = (writer.batch, connection.dialect());
    verify::batch(batch, dialect).map_err(unsupported(&batch.insert.table))?;
    let (strategy, payload) = writer.plan(range.clone(), dialect)?;
    let payload = match payload {
        // Outside of any other, one statement needs no transaction of its own.
        Payload::Arguments(source, arguments)
            if connection.is_outside() && !strategy.needs_transaction =>
        {
            let (first, write) = (range.start, strategy.write);
            return writer
                .write_found(connection, first, write, source, arguments, load)
                .await;
        }
        other => other,
    };
    let capabilities = dialect.capabilities();
    let begun = connection.begin().await;
    let mut within = begun.map_err(|error| writer.failed(error))?;
    // A transaction of our own takes the staging table with it.
    let tidy = !(within.is_whole() && capabilities.has_inserts_within);
    let (kept, write) = (range.clone(), strategy.write);
    let mut answer = writer
        .write(&mut within, kept, write, payload, tidy, load)
        .await?;
    if let Answer::Unmatched = answer {
        drop(within);
        let (_, payload) = writer.plan(range.clone(), dialect)?;
        let finding = Finding::UnmatchedRows;
        let write = strategy::after_finding(finding, write, batch, capabilities);
        let begun = connection.begin().await;
        within = begun.map_err(|error| writer.failed(error))?;
        answer = writer
            .write(&mut within, range, write, payload, tidy, load)
            .await?;
    }
    let committed = within.commit().await;
    committed.map_err(|error| writer.failed(error))?;
    Ok(answer)
}

/// The same, which is told of each number of records once.
fn rising(progress: Progress<'_>) -> Progress<'_> {
    let most = AtomicUsize::new(0);
    Box::new(move |done, total| {
        if most.fetch_max(done, Ordering::Relaxed) < done {
            progress(done, total);
        }
    })
}

/// What was asked for is not what came.
fn bug(what: &str) -> Error {
    Error::new(
        ErrorKind::Bug,
        format!("a batch was to give {what} and gave something else"),
    )
}
