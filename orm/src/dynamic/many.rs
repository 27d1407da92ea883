//! Many rows of values, written together.

use std::fmt;

use super::conflict::OnConflict;
use super::lower::Bound;
use super::reading::{self, Reading};
use super::record::Record;
use super::row::Row;
use super::wire::{self, Wire};
use crate::driver::HoldsValues;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{Carrier, Executor, Job, NO_LIMIT, Progress, Rows, Told};
use crate::stmt::{Batch, Gives, Insert, Keep, Returned, Source, TableRef, Unmatched};
use crate::upsert::{
    BatchOutcome, Duplicates, Report, on_duplicate, outcomes_of, report_of, step_of,
};
use crate::value::{Binder, Kind, Read, Value};

/// The rows of an insert or upsert of many, and what is said about them.
pub struct Many<'r> {
    pub(super) rows: &'r [Vec<Value>],
    pub(super) duplicates: Option<Duplicates>,
    pub(super) carrier: Carrier,
    pub(super) chunk_rows: usize,
    pub(super) progress: Option<Progress<'r>>,
}

impl<'r> Many<'r> {
    pub(super) fn new(rows: &'r [Vec<Value>]) -> Self {
        Self {
            rows,
            duplicates: None,
            carrier: Carrier::Auto,
            chunk_rows: NO_LIMIT,
            progress: None,
        }
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

/// Gives a builder the settings of how its rows are carried.
macro_rules! carried {
    ($builder:ident) => {
        impl<'r> $builder<Many<'r>> {
            /// How the rows get to the database; [`Carrier::Auto`](crate::Carrier::Auto) chooses well.
            pub fn carrier(mut self, carrier: crate::exec::Carrier) -> Self {
                self.record.values.carrier = carrier;
                self
            }

            /// How many rows are carried at once at most; unless told, as many as 4 MiB hold.
            pub fn chunk_rows(mut self, rows: usize) -> Self {
                self.record.values.chunk_rows = rows.max(1);
                self
            }

            /// Calls this with the number of rows that have been sent, and the number of all, after each chunk and
            /// at the end.
            pub fn on_progress(
                mut self,
                progress: impl Fn(usize, usize) + Send + Sync + 'r,
            ) -> Self {
                self.record.values.progress = Some(Box::new(progress));
                self
            }
        }
    };
}

pub(super) use carried;

/// Rows that have been checked, and the statement that writes them.
pub(super) struct Checked<'r, DB: HoldsValues> {
    record: Record<Many<'r>>,
    wires: Vec<Wire>,
    statement: Insert,
    bound: Bound,
    /// Which of several rows of one key a guard lets win.
    keep: Option<Keep>,
    has_conditions: bool,
    reading: Reading,
    live: DB::Live,
}

impl<'r> Record<Many<'r>> {
    /// Checks the rows and what is said about them.
    pub(super) fn batch<DB: HoldsValues>(
        self,
        conflict: Option<&OnConflict>,
        live: DB::Live,
    ) -> Result<Checked<'r, DB>> {
        let dialect = DB::dialect(live);
        self.mistake.check()?;
        let kinds = self.kinds(dialect.types_arguments())?;
        let samples = self.samples();
        let wires = self.wires_of(&kinds, dialect);
        let assembled = match conflict {
            Some(conflict) => Some(conflict.assemble(&self, &samples, dialect)?),
            None => None,
        };
        let (clause, bound, keep, has_conditions) = match assembled {
            Some(known) => (
                Some(known.clause),
                known.bound,
                known.keep,
                known.has_conditions,
            ),
            None => (None, Bound::default(), None, false),
        };
        Ok(Checked {
            statement: self.insert(&wires, clause),
            reading: self.reading(dialect),
            record: self,
            wires,
            bound,
            keep,
            has_conditions,
            live,
        })
    }

    /// Of each column a value that is not `NULL`, where a row has one.
    fn samples(&self) -> Vec<&'r Value> {
        let sample = |place: usize| {
            let values = self.values.rows.iter().filter_map(|row| row.get(place));
            let mut values = values.filter(|value| !value.is_null());
            values.next().unwrap_or(&Value::Null)
        };
        (0..self.columns.len()).map(sample).collect()
    }

    /// The kind of each column that has a value in any row; a mistake where a row is not like the others.
    fn kinds(&self, typed: bool) -> Result<Vec<Option<Kind>>> {
        let def = &self.table.def;
        let mistake = |row, kind, message: String| {
            let error = Error::new(kind, message);
            Err(error.of_table(&def.name).of_rows(vec![row]))
        };
        let mut kinds = vec![None; self.columns.len()];
        let mut as_text = vec![false; self.columns.len()];
        for (row, values) in self.values.rows.iter().enumerate() {
            if values.len() != kinds.len() {
                let (has, names) = (values.len(), kinds.len());
                let message = format!("the row has {has} values for {names} columns");
                return mistake(row, ErrorKind::Statement, message);
            }
            for (place, value) in values.iter().enumerate() {
                // What no kind holds goes as text, and takes the others with it.
                as_text[place] |= wire::is_written_as_text(value);
                match (kinds[place], Kind::of(value)) {
                    (None, kind) => kinds[place] = kind,
                    (Some(Kind::Int), Some(Kind::Float)) => kinds[place] = Some(Kind::Float),
                    (Some(Kind::Float), Some(Kind::Int)) => {}
                    (Some(kind), Some(other)) if kind != other && as_text[place] => {
                        kinds[place] = Some(Kind::Text);
                    }
                    (Some(kind), Some(other)) if kind != other => {
                        let column = &def.columns[self.columns[place]].name;
                        let message = format!(
                            "the row has {} for `{column}`, where those before it have {}",
                            other.name(),
                            kind.name()
                        );
                        return mistake(row, ErrorKind::Statement, message);
                    }
                    (Some(_), _) => {}
                }
            }
            if let Some((kind, message)) = self.refused(values, typed) {
                return mistake(row, kind, message);
            }
        }
        Ok(kinds)
    }
}

impl<'r, DB: HoldsValues> Checked<'r, DB> {
    /// Writes the rows; how many were written.
    pub(super) async fn execute<'e, E>(mut self, on: E) -> Result<u64>
    where
        E: Executor<'e, Backend = DB>,
    {
        self.gives_one_column();
        self.job().execute(on).await
    }

    /// Writes the rows; how many were inserted, updated, skipped and left out.
    pub(super) async fn report<'e, E>(mut self, on: E) -> Result<Report>
    where
        E: Executor<'e, Backend = DB>,
    {
        self.gives_one_column();
        let total = self.record.values.rows.len() as u64;
        report_of(total, self.job().counts(on).await?)
    }

    /// Writes the rows; those that were written, as they are now.
    pub(super) async fn fetch_all<'e, E>(mut self, on: E) -> Result<Vec<Row>>
    where
        E: Executor<'e, Backend = DB>,
        Value: Read<DB>,
    {
        self.statement.returning = self.reading.returned();
        let told = self.job().rows(on, reading::values::<DB>).await?;
        let rows = told.into_rows().into_iter();
        Ok(rows.map(|values| self.reading.row(values)).collect())
    }

    /// Writes the rows; what became of each.
    pub(super) async fn outcomes<'e, E>(mut self, on: E) -> Result<Vec<BatchOutcome<Row>>>
    where
        E: Executor<'e, Backend = DB>,
        Value: Read<DB>,
    {
        self.statement.returning = self.reading.returned();
        self.statement.returning.push(Returned::Inserted);
        let Told { rows, left_out } = self.job().rows(on, reading::values::<DB>).await?;
        let read = |(at, inserted, values)| (at, inserted, self.reading.row(values));
        let told = Told {
            rows: rows.into_iter().map(read).collect(),
            left_out,
        };
        Ok(outcomes_of(self.record.values.rows.len(), told))
    }

    /// By a column that comes back it is known that a row was written.
    fn gives_one_column(&mut self) {
        self.statement.returning = vec![Returned::Column(0)];
    }

    /// The batch, which borrows nothing but the rows. It takes the values and their wires along.
    fn job(&mut self) -> Job<'r, DB> {
        let many = &mut self.record.values;
        let insert = self.statement.clone();
        let on_duplicate = on_duplicate(
            many.duplicates,
            &insert,
            self.keep.clone(),
            self.has_conditions,
        );
        let columns = insert.columns.iter().copied();
        let one = insert.clone();
        Job {
            live: self.live,
            rows: Box::new(ValueRows {
                rows: many.rows,
                table: insert.table.clone(),
                columns: columns.zip(std::mem::take(&mut self.wires)).collect(),
                bound: std::mem::take(&mut self.bound),
            }),
            batch: Batch {
                insert,
                source: Source::Values(0),
                on_duplicate,
                unmatched: Unmatched::Insert,
                gives: Gives::Nothing,
            },
            steps: Box::new(move |step, dialect| step_of(&one, step, dialect)),
            carrier: many.carrier,
            chunk_rows: many.chunk_rows,
            progress: many.progress.take(),
            may_copy: false,
        }
    }
}

/// Rows of values, and the positions of their columns, each with how its values travel.
struct ValueRows<S> {
    rows: S,
    table: TableRef,
    columns: Vec<(usize, Wire)>,
    bound: Bound,
}

impl<S, DB> Rows<DB> for ValueRows<S>
where
    S: AsRef<[Vec<Value>]> + Send + Sync,
    DB: HoldsValues,
{
    fn len(&self) -> usize {
        self.rows.as_ref().len()
    }

    fn bind(&self, at: usize, to: &mut Binder<DB>) {
        for ((column, wire), value) in self.columns.iter().zip(&self.rows.as_ref()[at]) {
            let (kind, value) = wire::sent(value, wire, &self.table.columns[*column]);
            DB::put(kind, &value, to);
        }
    }

    fn bind_closures(&self, to: &mut Binder<DB>) {
        self.bound.bind(to);
    }
}
