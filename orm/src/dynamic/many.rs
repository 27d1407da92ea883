//! The upsert of many rows of values.

use std::fmt;
use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::upsert::Upsert;
use super::wire::{self, Wire};
use crate::backend::HoldsValues;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{Carrier, Executor, Job, NO_LIMIT, Rows};
use crate::schema::{ColumnDef, TableDef};
use crate::stmt::{Batch, Gives, Keep, Returned, Source, Tie};
use crate::upsert::{Duplicates, Report, choice, report_of, step_of};
use crate::value::{Binder, Kind, Value};

/// The rows of an upsert of many, and what is said about them.
pub struct Many<'r> {
    rows: &'r [Vec<Value>],
    duplicates: Option<Duplicates>,
    carrier: Carrier,
    chunk_rows: usize,
}

impl<'r> Many<'r> {
    pub(super) fn new(rows: &'r [Vec<Value>]) -> Self {
        Self {
            rows,
            duplicates: None,
            carrier: Carrier::Auto,
            chunk_rows: NO_LIMIT,
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

impl<'r> Upsert<Many<'r>> {
    /// Says what becomes of rows that have the same key. Without it they are an error, unless
    /// `keep_newest` or `do_nothing` decides.
    pub fn on_duplicates(mut self, duplicates: Duplicates) -> Self {
        self.values.duplicates = Some(duplicates);
        self
    }

    /// How the rows get to the database; [`Carrier::Auto`] chooses well.
    pub fn carrier(mut self, carrier: Carrier) -> Self {
        self.values.carrier = carrier;
        self
    }

    /// How many rows are carried at once at most; unless told, as many as 4 MiB hold.
    pub fn chunk_rows(mut self, rows: usize) -> Self {
        self.values.chunk_rows = rows.max(1);
        self
    }

    /// Writes the rows, all of them or none; how many were written.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Statement`] for a mistake in it, and what the database refuses.
    pub fn execute<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        mut self,
        on: E,
    ) -> BoxFuture<'c, Result<u64>>
    where
        'r: 'c,
    {
        Box::pin(async move {
            let table = Arc::clone(&self.table);
            self.job(&table, on.live())?.execute(on).await
        })
    }

    /// Writes the rows, all of them or none; how many were inserted, updated, skipped and left out.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn report<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        mut self,
        on: E,
    ) -> BoxFuture<'c, Result<Report>>
    where
        'r: 'c,
    {
        Box::pin(async move {
            let table = Arc::clone(&self.table);
            let total = self.values.rows.len() as u64;
            report_of(total, self.job(&table, on.live())?.counts(on).await?)
        })
    }

    fn job<'j, DB>(&mut self, table: &'j TableDef, live: DB::Live) -> Result<Job<'j, DB>>
    where
        'r: 'j,
        DB: HoldsValues,
    {
        let seen = self.kinds()?;
        self.check_kinds(&seen);
        let wires = self.wires(&seen, DB::dialect(live));
        let mut insert = self.statement(table, &wires, None)?;
        let columns = insert.columns.iter().map(|at| &table.columns[*at]);
        let columns = columns.zip(wires).collect();
        // By a column that comes back it is known that a row was written.
        insert.returning = vec![Returned::Column(0)];
        let guard = self.version.map(|at| Keep::Newest {
            versions: vec![at],
            on_tie: Tie::Later,
        });
        let choice = choice(self.values.duplicates, &insert, guard, false);
        let one = insert.clone();
        Ok(Job {
            live,
            rows: Box::new(ValueRows {
                rows: self.values.rows,
                columns,
            }),
            batch: Batch {
                insert,
                source: Source::Values(0),
                keep: choice.keep,
                refuses: choice.refuses,
                updates_only: false,
                gives: Gives::Nothing,
            },
            steps: Box::new(move |step, dialect| step_of(&one, step, dialect)),
            carrier: self.values.carrier,
            chunk_rows: self.values.chunk_rows,
            progress: None,
            may_copy: false,
        })
    }

    /// The kind of each column that has a value in any row; a mistake where a row is not like the others.
    fn kinds(&self) -> Result<Vec<Option<Kind>>> {
        let rows = self.values.rows;
        let mistake = |row, message| {
            let error = Error::new(ErrorKind::Statement, message);
            Err(error.of_table(&self.table.name).of_rows(vec![row]))
        };
        let mut kinds = vec![None; self.columns.len()];
        for (row, values) in rows.iter().enumerate() {
            if values.len() != kinds.len() {
                let (has, names) = (values.len(), kinds.len());
                let message = format!("the row has {has} values for {names} columns");
                return mistake(row, message);
            }
            for (place, value) in values.iter().enumerate() {
                match (kinds[place], Kind::of(value)) {
                    (None, kind) => kinds[place] = kind,
                    (Some(Kind::Int), Some(Kind::Float)) => kinds[place] = Some(Kind::Float),
                    (Some(Kind::Float), Some(Kind::Int)) => {}
                    (Some(kind), Some(other)) if kind != other => {
                        let column = &self.table.columns[self.columns[place]].name;
                        let message = format!(
                            "the row has {} for `{column}`, where those before it have {}",
                            other.name(),
                            kind.name()
                        );
                        return mistake(row, message);
                    }
                    (Some(_), _) => {}
                }
            }
        }
        Ok(kinds)
    }
}

/// Rows of values, and their columns, each with how its values travel.
struct ValueRows<'r, 't> {
    rows: &'r [Vec<Value>],
    columns: Vec<(&'t ColumnDef, Wire)>,
}

impl<DB: HoldsValues> Rows<DB> for ValueRows<'_, '_> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn bind(&self, at: usize, to: &mut Binder<DB>) {
        for ((column, wire), value) in self.columns.iter().zip(&self.rows[at]) {
            let (kind, value) = wire::sent(value, wire, column);
            DB::put(kind, &value, to);
        }
    }

    fn bind_closures(&self, _: &mut Binder<DB>) {}
}
