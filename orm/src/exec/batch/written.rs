//! Writes the records once they are where the database can see them.

use std::ops::Range;

use super::carry::{Carriage, Carried};
use super::{Counts, Job, one_by_one};
use crate::backend::{Backend, Connection};
use crate::error::Result;
use crate::exec::Text;
use crate::exec::run::{LoadRow, failed};
use crate::render;
use crate::stmt::{Batch, Gives, Returned, Source};
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
        match carriage {
            Carriage::Carried(carried) => self.write_carried(within, range, carried, load).await,
            Carriage::Staged(way, types) => {
                let kept = range.clone();
                self.stage(within, &self.batch, way, kept, &types).await?;
                let carried = Carried {
                    source: Source::Staged(types.clone()),
                    arguments: DB::arguments(self.live),
                };
                let answer = self.write_carried(within, range, carried, load).await?;
                if tidy {
                    self.unstage(within, &self.batch, &types).await?;
                }
                Ok(answer)
            }
            Carriage::InTurn => self.write_in_turn(within, range, load).await,
            Carriage::Empty => {
                let order = range.map(|at| (at, at)).collect();
                self.write_one_by_one(within, &self.batch, order, load)
                    .await
            }
        }
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
        let left_out = match (batch.gives, batch.on_duplicate.keep()) {
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

    #[expect(clippy::too_many_arguments, reason = "all that one statement is about")]
    async fn answer<C, T>(
        &self,
        connection: &mut C,
        batch: &Batch,
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
        let statement = Text::from(text);
        let text = Text::clone(&statement);
        match batch.gives {
            Gives::Nothing => {
                let written = connection.execute(text, arguments).await;
                written
                    .map(Answer::Written)
                    .map_err(|error| failed(connection, error, about).of_text(&statement))
            }
            Gives::Counts => {
                let row = connection.fetch_optional(text, arguments).await;
                let row =
                    row.map_err(|error| failed(connection, error, about).of_text(&statement))?;
                let row = row.ok_or_else(|| super::bug("counts"))?;
                let mut reader = Reader::<DB>::new(&row);
                let (inserted, updated) = (reader.count()?, reader.count()?);
                let left_out = match batch.on_duplicate.keep() {
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
                let read = |row: &DB::Row| {
                    let mut reader = Reader::<DB>::new(row);
                    let number = usize::try_from(reader.count()?).unwrap_or(usize::MAX);
                    let inserted = reader.flag()?;
                    let Some(at) = number.checked_sub(1) else {
                        return Ok(None);
                    };
                    let first = reader.place();
                    let loaded = load(&mut reader);
                    // The statement has names of its own for what it gives.
                    let column = |place: usize| column_of(batch, place.checked_sub(first + 1)?);
                    let loaded = loaded.map_err(|error| error.of_column(column(reader.place())))?;
                    Ok(Some((range.start + at, inserted, loaded)))
                };
                let mut rows: Result<_> = Ok(Some(Vec::new()));
                let mut each = |row| {
                    if let Ok(Some(known)) = &mut rows {
                        match read(&row) {
                            Ok(Some(row)) => known.push(row),
                            Ok(None) => rows = Ok(None),
                            Err(error) => rows = Err(error),
                        }
                    }
                };
                let sent = connection.fetch_each(text, arguments, &mut each);
                let sent = sent.await;
                sent.map_err(|error| failed(connection, error, about).of_text(&statement))?;
                let rows = rows.map_err(|error| error.of_table(about))?;
                Ok(rows.map_or(Answer::Unclear, |rows| {
                    Answer::Told(Told { rows, left_out })
                }))
            }
        }
    }
}

/// The name of the column whose value is given at this place.
fn column_of(batch: &Batch, place: usize) -> Option<&str> {
    let mut columns = batch.insert.returning.iter().filter_map(|each| match each {
        Returned::Column(at) | Returned::Text(at) => Some(&*batch.insert.table.columns[*at].name),
        Returned::Inserted => None,
    });
    columns.nth(place)
}
