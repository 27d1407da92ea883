//! Many records: carried to the database, ordered and freed of duplicates there, and written all or none.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_core::future::BoxFuture;

use self::carry::Carriage;
use self::written::Answer;
pub(crate) use self::written::Told;
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

mod blame;
mod carry;
mod chunks;
mod duplicates;
mod in_turn;
mod one_by_one;
mod stage;
mod written;

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

/// Records of a type of the user's, and the closures that they are written with.
pub(crate) struct Records<'c, R, X, DB: Backend> {
    /// The records.
    pub(crate) of: &'c [R],
    /// The closures.
    pub(crate) closures: X,
    /// Binds a record.
    pub(crate) bind: fn(&R, &mut Binder<DB>),
    /// Binds the values of the closures.
    pub(crate) bind_closures: fn(&X, &mut Binder<DB>),
}

impl<R: Sync, X: Send + Sync, DB: Backend> Rows<DB> for Records<'_, R, X, DB> {
    fn len(&self) -> usize {
        self.of.len()
    }

    fn bind(&self, at: usize, to: &mut Binder<DB>) {
        (self.bind)(&self.of[at], to);
    }

    fn bind_closures(&self, to: &mut Binder<DB>) {
        (self.bind_closures)(&self.closures, to);
    }
}

/// Makes the text of a statement about one record.
pub(crate) type Steps<'c> = Box<dyn Fn(Step, &dyn Dialect) -> Result<Text> + Send + Sync + 'c>;

/// Is told how many records of how many have been sent.
pub(crate) type Progress<'c> = Box<dyn Fn(usize, usize) + Send + Sync + 'c>;

/// A batch that is to be written.
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

/// What became of the records of a batch, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Rows that were not there.
    pub(crate) inserted: u64,
    /// Rows that were.
    pub(crate) updated: u64,
    /// Records left out because another one of their key was written.
    pub(crate) left_out: u64,
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
                Answer::Counts(_) | Answer::Told(_) | Answer::Unclear => Err(bug("rows written")),
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
                Answer::Written(_) | Answer::Told(_) | Answer::Unclear => Err(bug("counts")),
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
                Answer::Written(_) | Answer::Counts(_) | Answer::Unclear => Err(bug("rows")),
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
            return Ok(written::nothing(self.batch.gives));
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
            let answer = self.all_or_nothing(&mut connection, kept, load).await;
            match &answer {
                Err(error) if again.is_worth_it(&mut connection, error).await => {}
                _ => break answer,
            }
        };
        connection.set_midway(false);
        let Err(error) = answer else {
            self.tell_progress(all.len());
            return answer;
        };
        if let Some(health) = runs_again(&error) {
            connection.note(health);
        }
        // To look for a record is no progress.
        self.progress = None;
        let insert = &self.batch.insert;
        let error = explain(error, &insert.table, &insert.columns, connection.dialect());
        connection.set_midway(true);
        let error = self.named(&mut connection, all, error).await;
        connection.set_midway(false);
        Err(error)
    }

    /// Writes these records or none of them, whatever else the transaction of the caller has done.
    async fn all_or_nothing<C, T>(
        &self,
        connection: &mut C,
        range: Range<usize>,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let dialect = connection.dialect();
        verify::batch(&self.batch, dialect).map_err(unsupported(&self.batch.insert.table))?;
        let outside = connection.is_outside();
        let carriage = match self.carriage(range.clone(), dialect)? {
            // Outside of any other, one statement needs no transaction of its own.
            Carriage::Carried(carried) if outside && !self.needs_transaction(dialect) => {
                return self.write_carried(connection, range, carried, load).await;
            }
            other => other,
        };
        let begun = connection.begin().await;
        let mut within = begun.map_err(|error| self.failed(error))?;
        // A transaction of our own takes the staging table with it.
        let tidy = !(within.is_whole() && dialect.has_inserts_within());
        let kept = range.clone();
        let mut answer = self.write(&mut within, kept, carriage, tidy, load).await?;
        if let Answer::Unclear = answer {
            drop(within);
            let begun = connection.begin().await;
            within = begun.map_err(|error| self.failed(error))?;
            answer = self
                .write_apart_from_others(&mut within, range, tidy, load)
                .await?;
        }
        within.commit().await.map_err(|error| self.failed(error))?;
        Ok(answer)
    }

    /// Whether more has to be known before what was written can stay.
    fn needs_transaction(&self, dialect: &dyn Dialect) -> bool {
        !dialect.has_inserts_within()
            || self.batch.gives == Gives::Rows
            || one_by_one::is_needed(&self.batch, dialect)
    }

    /// The error, with the records that are at fault, as far as they can be found. Nothing has been
    /// written, and nothing is by looking for them.
    async fn named<C>(&self, connection: &mut C, range: Range<usize>, error: Error) -> Error
    where
        C: Connection<Backend = DB>,
    {
        // The statement itself refuses records of one key by a sub-query.
        let refused = self.batch.on_duplicate.rejects() && error.is_of_several_rows();
        if !error.rows().is_empty() || !(error.is_data() || refused) {
            return error;
        }
        let found = match error.kind() {
            ErrorKind::DuplicateKeyInBatch => self.find_duplicates(connection, range).await,
            _ if refused => self.find_duplicates(connection, range).await,
            _ => self.find_culprit(connection, range).await,
        };
        match found {
            Ok(Some(found)) => found,
            // The first error is what went wrong; that its record was not found is not.
            Ok(None) | Err(_) => error,
        }
    }

    fn tell_progress(&self, done: usize) {
        if let Some(progress) = &self.progress {
            progress(done, self.rows.len());
        }
    }

    fn failed(&self, error: sqlx::Error) -> Error {
        Error::from_sqlx(error).of_table(&self.batch.insert.table.name)
    }
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
