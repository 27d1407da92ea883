//! The values of records, encoded for the statements that carry them.

use std::ops::Range;

use super::Rows;
use super::strategy::{self, Arrays, Delivery, FEW, MOST_BYTES, Probe, Sizes, Staging};
use crate::backend::{Backend, Gathered};
use crate::dialect::Capabilities;
use crate::error::{Error, Result};
use crate::stmt::{Action, Assignment, Batch, Expr, Source};
use crate::value::Binder;

/// Rows are sent by `COPY` once there are this many bytes of them: it takes what has come while more is
/// encoded.
const ENOUGH_BYTES: usize = 64 << 10;

/// The records of a batch, encoded.
pub(super) enum Payload<DB: Backend> {
    /// As arguments of one statement, which finds them there.
    Arguments(Source, DB::Arguments),
    /// Later, on their way to the staging table; their values are of these types.
    Staged(Staging, Vec<String>),
    /// Later, for the statements that write them, once these have been looked at.
    WithStatements(Option<Probe>),
}

/// Encodes records.
pub(super) struct Encoder<'j, DB: Backend> {
    pub(super) live: DB::Live,
    pub(super) rows: &'j dyn Rows<DB>,
    pub(super) batch: &'j Batch,
    /// How many records may be sent at once.
    pub(super) chunk_rows: usize,
}

impl<DB: Backend> Clone for Encoder<'_, DB> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<DB: Backend> Copy for Encoder<'_, DB> {}

impl<DB: Backend> Encoder<'_, DB> {
    /// The types that the values of a record are encoded as.
    pub(super) fn types(&self, at: usize) -> Vec<String> {
        let mut types = Binder::types(self.live);
        self.rows.bind(at, &mut types);
        types.into_types()
    }

    /// How many values closures bind.
    pub(super) fn closures(&self) -> usize {
        let mut closures = Binder::counting(self.live);
        self.rows.bind_closures(&mut closures);
        closures.count()
    }

    /// How many columns a record supplies.
    pub(super) fn columns(&self) -> usize {
        self.batch.insert.columns.len()
    }

    /// No arguments.
    pub(super) fn none(&self) -> DB::Arguments {
        DB::arguments(self.live)
    }

    /// These records, whose values are of these types, for this delivery.
    pub(super) fn payload(
        &self,
        range: Range<usize>,
        types: Vec<String>,
        delivery: Delivery,
        capabilities: &Capabilities,
        sizes: &Sizes,
    ) -> Result<Payload<DB>> {
        let mut delivery = delivery;
        if let Delivery::Arrays { at_most } = delivery {
            let (turned_out, arrays) = self.all_as_arrays(&range, at_most)?;
            delivery = strategy::after_arrays(turned_out, self.batch, capabilities, sizes);
            if let (Delivery::Arrays { .. }, Some(arrays)) = (delivery, arrays) {
                let mut arguments = self.none();
                self.bind_arrays(arrays, &mut arguments)?;
                return Ok(Payload::Arguments(Source::Arrays(types), arguments));
            }
        }
        Ok(match delivery {
            Delivery::Values => {
                let source = Source::Values(range.len());
                Payload::Arguments(source, self.values(range)?)
            }
            Delivery::Staged(staging) => Payload::Staged(staging, types),
            Delivery::Arrays { .. } => Payload::Staged(Staging::Arrays, types),
            Delivery::WithStatements(probe) => Payload::WithStatements(probe),
        })
    }

    /// All of these records as arrays of so many bytes at most, where they can be.
    fn all_as_arrays(
        &self,
        range: &Range<usize>,
        at_most: usize,
    ) -> Result<(Arrays, Option<DB::Gathered>)> {
        if at_most < usize::MAX && self.is_surely_too_much(range)? {
            return Ok((Arrays::TooLarge, None));
        }
        let (arrays, end) = self.arrays(range, at_most)?;
        Ok(match arrays {
            Some(arrays) if !arrays.is_self_contained() => (Arrays::Unknown, None),
            Some(_) if end < range.end => (Arrays::TooLarge, None),
            Some(arrays) => (Arrays::Complete, Some(arrays)),
            None => (Arrays::Unknown, None),
        })
    }

    /// Whether these records are too many bytes for one statement, as far as the first of them tell: not
    /// much is encoded in vain then.
    fn is_surely_too_much(&self, range: &Range<usize>) -> Result<bool> {
        let times = range.len() / FEW;
        if times < 2 {
            return Ok(false);
        }
        let few = range.start..range.start + FEW;
        let (arrays, _) = self.arrays(&few, MOST_BYTES)?;
        Ok(arrays.is_some_and(|arrays| arrays.bytes() * times > 2 * MOST_BYTES))
    }

    /// The values of records one after the other.
    pub(super) fn values(
        &self,
        rows: impl ExactSizeIterator<Item = usize>,
    ) -> Result<DB::Arguments> {
        let mut values = Binder::new(self.live);
        values.reserve(rows.len() * self.columns());
        for at in rows {
            self.rows.bind(at, &mut values);
            if values.has_failed() {
                return Err(self.not_encoded(values, at, self.columns()));
            }
        }
        values.finish_for(&self.batch.insert.table, |_| None)
    }

    /// The values of records in these columns, each record followed by its number, where they are to be
    /// numbered from one on.
    pub(super) fn staged_values(
        &self,
        range: Range<usize>,
        columns: &[usize],
        numbered_from: Option<usize>,
    ) -> Result<DB::Arguments> {
        let supplied = &self.batch.insert.columns;
        let mut places: Vec<_> = supplied.iter().map(|at| columns.contains(at)).collect();
        places.extend(numbered_from.map(|_| true));
        let each = places.len();
        let mut values = Binder::only(self.live, places, range.len());
        for at in range {
            self.rows.bind(at, &mut values);
            if values.has_failed() {
                return Err(self.not_encoded(values, at, each));
            }
            if let Some(first) = numbered_from {
                values.put_number(number(at - first));
            }
        }
        values.finish_for(&self.batch.insert.table, |_| None)
    }

    /// Records as arrays, until there are none left, or as many bytes as there may be at most; which is
    /// the next.
    pub(super) fn arrays(
        &self,
        range: &Range<usize>,
        most: usize,
    ) -> Result<(Option<DB::Gathered>, usize)> {
        let arrays = DB::Gathered::arrays(self.live, range.len(), most);
        self.gather(arrays, range, None, most)
    }

    /// Records as the rows of a `COPY`, numbered from `first` on and behind those that are there, until
    /// there are none left, or enough bytes; which is the next.
    pub(super) fn copied(
        &self,
        there: Vec<u8>,
        range: &Range<usize>,
        first: usize,
    ) -> Result<(Option<DB::Gathered>, usize)> {
        let rows = DB::Gathered::rows(self.live, there);
        self.gather(rows, range, Some(first), ENOUGH_BYTES)
    }

    fn gather(
        &self,
        into: Option<DB::Gathered>,
        range: &Range<usize>,
        numbered_from: Option<usize>,
        most: usize,
    ) -> Result<(Option<DB::Gathered>, usize)> {
        let Some(into) = into else {
            return Ok((None, range.start));
        };
        let columns = self.columns() + usize::from(numbered_from.is_some());
        let mut values = Binder::gathering(self.live, into);
        let mut at = range.start;
        while at < range.end {
            values.begin_row(columns);
            self.rows.bind(at, &mut values);
            if values.has_failed() {
                return Err(self.not_encoded(values, at, self.columns()));
            }
            if let Some(first) = numbered_from {
                values.number_row(number(at - first));
            }
            at += 1;
            if values.bytes() >= most {
                break;
            }
        }
        Ok((values.into_gathered(), at))
    }

    /// As arrays among the arguments.
    pub(super) fn bind_arrays(&self, arrays: DB::Gathered, to: &mut DB::Arguments) -> Result<()> {
        let table = &self.batch.insert.table.name;
        arrays
            .bind(to)
            .map_err(|complaint| Error::encode("a column", complaint).of_table(table))
    }

    /// The arguments of the records, and behind them the values that are the same for all.
    pub(super) fn with_closures(&self, arguments: DB::Arguments) -> Result<DB::Arguments> {
        let mut values = Binder::with(self.live, arguments);
        self.rows.bind_closures(&mut values);
        values.finish_for(&self.batch.insert.table, |at| self.set_by(at))
    }

    /// The values of one record, and behind them those that are the same for all.
    pub(super) fn one_with_closures(&self, at: usize) -> Result<DB::Arguments> {
        let mut values = Binder::new(self.live);
        self.rows.bind(at, &mut values);
        self.rows.bind_closures(&mut values);
        let insert = &self.batch.insert;
        values
            .finish_for(&insert.table, |at| {
                let own = insert.columns.get(at).copied();
                own.or_else(|| self.set_by(at.checked_sub(insert.columns.len())?))
            })
            .map_err(|error| error.of_rows(vec![at]))
    }

    /// The values of the key's columns of one record, for the look-up of its row.
    pub(super) fn key(&self, at: usize) -> Result<DB::Arguments> {
        let insert = &self.batch.insert;
        let in_key = match &insert.conflict {
            Some(conflict) => conflict.target.holds(&insert.table, &insert.columns),
            None => vec![false; insert.columns.len()],
        };
        let mut values = Binder::only(self.live, in_key, 1);
        self.rows.bind(at, &mut values);
        values
            .finish_for(&insert.table, |at| insert.columns.get(at).copied())
            .map_err(|error| error.of_rows(vec![at]))
    }

    /// The column that the value at this place among those of the closures is for, where it is set to just
    /// that value; what is computed may have several.
    fn set_by(&self, place: usize) -> Option<usize> {
        let conflict = self.batch.insert.conflict.as_ref()?;
        let Action::Update {
            assignments, lists, ..
        } = &conflict.action
        else {
            return None;
        };
        // A list is several arguments somewhere, and then places are no slots.
        if !lists.is_empty() {
            return None;
        }
        let is_set_by =
            |each: &&Assignment| matches!(each.value, Expr::Bind(slot) if slot == place);
        assignments.iter().find(is_set_by).map(|each| each.column)
    }

    /// The error of this record, a value of which could not be encoded; `columns` were put for each.
    fn not_encoded(&self, values: Binder<DB>, row: usize, columns: usize) -> Error {
        let insert = &self.batch.insert;
        let failed = values.finish_for(&insert.table, |at| {
            insert.columns.get(at % columns).copied()
        });
        match failed {
            Err(error) => error.of_rows(vec![row]),
            Ok(_) => super::bug("an error"),
        }
    }

    /// How many records of so many values each of several statements takes value by value.
    pub(super) fn rows_of_values(&self, values: usize, capabilities: &Capabilities) -> usize {
        (capabilities.good_arguments / values).clamp(1, self.chunk_rows.max(1))
    }
}

/// The number of the record at this position: they are counted from one.
pub(super) fn number(at: usize) -> i64 {
    i64::try_from(at + 1).unwrap_or(i64::MAX)
}
