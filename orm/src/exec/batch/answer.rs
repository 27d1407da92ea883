//! What comes back of a batch.

use crate::backend::{Backend, Connection};
use crate::error::Result;
use crate::exec::Text;
use crate::exec::run::{LoadRow, failed};
use crate::stmt::{Batch, Gives, OnDuplicate, Returned};
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
    Unmatched,
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

impl<T> Answer<T> {
    /// What `gives` asks for of these rows and of the records that were left out.
    pub(super) fn of(gives: Gives, mut told: Told<T>) -> Self {
        match gives {
            Gives::Nothing => Self::Written(told.rows.len() as u64),
            Gives::Counts => {
                let written = told.rows.len();
                let inserted = told.rows.iter().filter(|(_, inserted, _)| *inserted);
                let inserted = inserted.count();
                Self::Counts(Counts {
                    inserted: inserted as u64,
                    updated: (written - inserted) as u64,
                    left_out: told.left_out.len() as u64,
                })
            }
            Gives::Rows => {
                told.rows.sort_unstable_by_key(|(at, ..)| *at);
                told.left_out.sort_unstable();
                Self::Told(told)
            }
        }
    }

    /// What a batch of no records gives.
    pub(super) fn nothing(gives: Gives) -> Self {
        Self::of(
            gives,
            Told {
                rows: Vec::new(),
                left_out: Vec::new(),
            },
        )
    }
}

/// The statement that writes a batch.
pub(super) struct Statement<DB: Backend> {
    pub(super) text: Text,
    pub(super) arguments: DB::Arguments,
    /// The position of its first record.
    pub(super) first: usize,
    /// The records that it leaves out.
    pub(super) left_out: Vec<(usize, usize)>,
}

impl<DB: Backend> Statement<DB> {
    /// Sends it; what the batch gives.
    pub(super) async fn send<C, T>(
        self,
        connection: &mut C,
        batch: &Batch,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        match batch.gives {
            Gives::Nothing => self.count(connection, batch).await.map(Answer::Written),
            Gives::Counts => self.counts(connection, batch).await.map(Answer::Counts),
            Gives::Rows => self.rows(connection, batch, load).await,
        }
    }

    async fn count<C>(self, connection: &mut C, batch: &Batch) -> Result<u64>
    where
        C: Connection<Backend = DB>,
    {
        let about = &batch.insert.table.name;
        let text = Text::clone(&self.text);
        let written = connection.execute(text, self.arguments).await;
        written.map_err(|error| failed(connection, error, about).of_text(&self.text))
    }

    async fn counts<C>(self, connection: &mut C, batch: &Batch) -> Result<Counts>
    where
        C: Connection<Backend = DB>,
    {
        let about = &batch.insert.table.name;
        let text = Text::clone(&self.text);
        let row = connection.fetch_optional(text, self.arguments).await;
        let row = row.map_err(|error| failed(connection, error, about).of_text(&self.text))?;
        let row = row.ok_or_else(|| super::bug("counts"))?;
        let mut reader = Reader::<DB>::new(&row);
        let (inserted, updated) = (reader.count()?, reader.count()?);
        let left_out = match batch.on_duplicate {
            OnDuplicate::Keep(_) => reader.count()?,
            OnDuplicate::Ignore | OnDuplicate::Reject => 0,
        };
        Ok(Counts {
            inserted,
            updated,
            left_out,
        })
    }

    async fn rows<C, T>(
        self,
        connection: &mut C,
        batch: &Batch,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let about = &batch.insert.table.name;
        let first_record = self.first;
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
            Ok(Some((first_record + at, inserted, loaded)))
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
        let text = Text::clone(&self.text);
        let sent = connection.fetch_each(text, self.arguments, &mut each).await;
        sent.map_err(|error| failed(connection, error, about).of_text(&self.text))?;
        let rows = rows.map_err(|error| error.of_table(about))?;
        let left_out = self.left_out;
        Ok(rows.map_or(Answer::Unmatched, |rows| {
            Answer::Told(Told { rows, left_out })
        }))
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
