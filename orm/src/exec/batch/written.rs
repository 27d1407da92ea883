//! Writes the records once they are where the database can see them.

use std::ops::Range;

use super::carry::{Carriage, Carried};
use super::{Counts, Job, one_by_one};
use crate::backend::{Backend, Connection};
use crate::error::Result;
use crate::exec::run::{LoadRow, failed};
use crate::render;
use crate::stmt::{Action, Batch, Gives, Source};
use crate::value::Reader;

/// What a batch gives.
pub(super) enum Answer<T> {
    /// How many rows were written.
    Written(u64),
    /// How many were inserted and how many updated.
    Counts(Counts),
    /// The rows.
    Told(Told<T>),
    /// Rows were written of which it cannot be told whose they are: nothing of it can stay.
    Unclear,
}

/// The rows that a batch wrote, and the records that were left out for others of their key.
#[derive(Debug)]
pub(crate) struct Told<T> {
    /// The position of each record that was written, whether its row was inserted, and the row, in the
    /// order of the records.
    pub(crate) rows: Vec<(usize, bool, T)>,
    /// The position of each record that was left out, and of the one of its key that was not.
    pub(crate) left_out: Vec<(usize, usize)>,
}

impl<T> Told<T> {
    /// The rows alone, in the order of the records.
    pub(crate) fn into_rows(self) -> Vec<T> {
        self.rows.into_iter().map(|(_, _, row)| row).collect()
    }
}

/// What a batch of no records gives.
pub(super) fn nothing<T>(gives: Gives) -> Answer<T> {
    match gives {
        Gives::Nothing => Answer::Written(0),
        Gives::Counts => Answer::Counts(Counts {
            inserted: 0,
            updated: 0,
            left_out: 0,
        }),
        Gives::Rows => Answer::Told(Told {
            rows: Vec::new(),
            left_out: Vec::new(),
        }),
    }
}

impl<DB: Backend> Job<'_, DB> {
    /// Writes these records in a transaction that is open. `tidy` leaves no staging table behind.
    pub(super) async fn write<C, T>(
        &self,
        within: &mut C,
        range: Range<usize>,
        carriage: Carriage<DB>,
        tidy: bool,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let (way, types) = match carriage {
            Carriage::Carried(carried) => {
                return self.write_carried(within, range, carried, load).await;
            }
            Carriage::Staged(way, types) => (way, types),
            Carriage::Empty => {
                let order = range.map(|at| (at, at)).collect();
                return self
                    .write_one_by_one(within, &self.batch, order, load)
                    .await;
            }
        };
        self.stage(within, way, range.clone(), &types).await?;
        let answer = if within.dialect().has_inserts_within() {
            let carried = Carried {
                source: Source::Staged,
                arguments: DB::arguments(self.live),
            };
            self.write_carried(within, range, carried, load).await?
        } else {
            self.write_apart(within, range, load).await?
        };
        if tidy {
            self.unstage(within).await?;
        }
        Ok(answer)
    }

    /// Where one statement can write the records and tell of it.
    pub(super) async fn write_carried<C, T>(
        &self,
        connection: &mut C,
        range: Range<usize>,
        carried: Carried<DB>,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let Carried { source, arguments } = carried;
        let batch = Batch {
            source,
            ..self.batch.clone()
        };
        if one_by_one::is_needed(&batch, connection.dialect()) {
            let order = self
                .in_order(connection, &batch, arguments, range.start)
                .await?;
            return self.write_one_by_one(connection, &batch, order, load).await;
        }
        let left_out = match (batch.gives, &batch.keep) {
            (Gives::Rows, Some(_)) => {
                self.duplicates(connection, &batch, arguments.clone(), range.start)
                    .await?
            }
            _ => Vec::new(),
        };
        let text = render::batch(&batch, connection.dialect());
        let arguments = self.with_closures(arguments)?;
        self.answer(connection, &batch, text, arguments, range, left_out, load)
            .await
    }

    /// Where an insert is a statement for itself: the staged records are sorted out before it.
    async fn write_apart<C, T>(
        &self,
        within: &mut C,
        range: Range<usize>,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let dialect = within.dialect();
        let none = || DB::arguments(self.live);
        let table = self.batch.insert.table;
        let mut batch = self.batch.clone();
        // What is read from here on stays as it is until it is written.
        let lock = render::lock_for_writing(table, dialect);
        let locked = within.execute(lock.into(), none()).await;
        locked.map_err(|error| failed(within, error, &table.name))?;
        if batch.refuses {
            self.refuse_duplicates(within, &batch, none(), range.start)
                .await?;
            batch.refuses = false;
        }
        let left_out = match batch.keep {
            Some(_) => self.duplicates(within, &batch, none(), range.start).await?,
            None => Vec::new(),
        };
        if left_out.is_empty() {
            batch.keep = None;
        }
        let one_by_one = match batch.gives {
            Gives::Nothing => false,
            Gives::Rows => true,
            Gives::Counts => {
                self.number(within, render::has_triggers(table, dialect))
                    .await?
                    > 0
            }
        };
        if one_by_one {
            let order = self.in_order(within, &batch, none(), range.start).await?;
            return self.write_one_by_one(within, &batch, order, load).await;
        }
        let updates = batch.insert.conflict.as_ref().is_some_and(|conflict| {
            // Where nothing is done about a conflict, all that is written is new.
            matches!(conflict.action, Action::Update { .. })
        });
        let existing = match batch.gives {
            Gives::Counts if updates => {
                let text = render::existing(&batch, dialect);
                Some(self.number(within, text).await?)
            }
            Gives::Counts | Gives::Nothing | Gives::Rows => None,
        };
        let insert = Batch {
            gives: Gives::Nothing,
            ..batch.clone()
        };
        let arguments = self.with_closures(none())?;
        let written = within
            .execute(render::batch(&insert, dialect).into(), arguments)
            .await;
        let written = written.map_err(|error| failed(within, error, &table.name))?;
        let left_out = left_out.len() as u64;
        Ok(match batch.gives {
            Gives::Counts => {
                let inserted =
                    existing.map_or(written, |existing| range.len() as u64 - left_out - existing);
                Answer::Counts(Counts {
                    inserted,
                    updated: written.saturating_sub(inserted),
                    left_out,
                })
            }
            Gives::Nothing | Gives::Rows => Answer::Written(written),
        })
    }

    /// The number that a statement without arguments gives.
    async fn number<C>(&self, within: &mut C, text: String) -> Result<u64>
    where
        C: Connection<Backend = DB>,
    {
        let row = within
            .fetch_optional(text.into(), DB::arguments(self.live))
            .await;
        let row = row.map_err(|error| failed(within, error, &self.batch.insert.table.name))?;
        row.map_or(Ok(0), |row| Reader::<DB>::new(&row).count())
    }

    #[expect(clippy::too_many_arguments, reason = "all that one statement is about")]
    async fn answer<C, T>(
        &self,
        connection: &mut C,
        batch: &Batch<'_>,
        text: String,
        arguments: DB::Arguments,
        range: Range<usize>,
        left_out: Vec<(usize, usize)>,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let about = &batch.insert.table.name;
        match batch.gives {
            Gives::Nothing => {
                let written = connection.execute(text.into(), arguments).await;
                written
                    .map(Answer::Written)
                    .map_err(|error| failed(connection, error, about))
            }
            Gives::Counts => {
                let row = connection.fetch_optional(text.into(), arguments).await;
                let row = row.map_err(|error| failed(connection, error, about))?;
                let row = row.ok_or_else(|| super::bug("counts"))?;
                let mut reader = Reader::<DB>::new(&row);
                let (inserted, updated) = (reader.count()?, reader.count()?);
                let left_out = match batch.keep {
                    Some(_) => reader.count()?,
                    None => 0,
                };
                Ok(Answer::Counts(Counts {
                    inserted,
                    updated,
                    left_out,
                }))
            }
            Gives::Rows => {
                let rows = connection.fetch_all(text.into(), arguments).await;
                let rows = rows.map_err(|error| failed(connection, error, about))?;
                let read = |row: &DB::Row| {
                    let mut reader = Reader::<DB>::new(row);
                    let number = usize::try_from(reader.count()?).unwrap_or(usize::MAX);
                    let inserted = reader.flag()?;
                    let Some(at) = number.checked_sub(1) else {
                        return Ok(None);
                    };
                    Ok(Some((range.start + at, inserted, load(&mut reader)?)))
                };
                let rows = rows.iter().map(read).collect::<Result<Option<Vec<_>>>>();
                let rows = rows.map_err(|error| error.of_table(about))?;
                Ok(rows.map_or(Answer::Unclear, |rows| {
                    Answer::Told(Told { rows, left_out })
                }))
            }
        }
    }
}
