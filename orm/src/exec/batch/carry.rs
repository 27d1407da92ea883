//! How records get to the database: their values encoded, as much of them at once as is good.

use std::ops::Range;

use super::{Carrier, Job};
use crate::backend::{Backend, Gathered};
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::stmt::{Action, Assignment, Expr, Source};
use crate::value::Binder;

/// As many records as go faster value by value, because the server has less to set up.
const FEW: usize = 16;

/// One statement takes arrays up to this, in bytes. They are held by the arguments and once more by sqlx.
const MOST_BYTES: usize = 4 << 20;

/// More than that is staged so much at once. While it is on its way the next is encoded, so that it is in
/// memory several times; and the allocator gives so much again without asking for new pages.
pub(super) const STAGED_BYTES: usize = 512 << 10;

/// So many are sent by `COPY` before there are more: it takes what has come while more is encoded.
const ENOUGH_BYTES: usize = 64 << 10;

/// As many arguments as a database likes to have at once that takes values one by one: a longer statement
/// takes longer to prepare than it saves.
const MANY_ARGUMENTS: usize = 1_000;

/// The carrier that was decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Values,
    Arrays,
    Copy,
}

/// Records that one statement can carry.
pub(super) struct Carried<DB: Backend> {
    pub(super) source: Source,
    pub(super) arguments: DB::Arguments,
}

/// How the records of a batch get to where one statement finds all of them.
pub(super) enum Carriage<DB: Backend> {
    /// As arguments of that statement.
    Carried(Carried<DB>),
    /// By the staging table, the values being of these types.
    Staged(Way, Vec<String>),
    /// Never all of them to one statement: an insert cannot be part of one that looks at them.
    InTurn,
    /// Not at all: they supply nothing.
    Empty,
}

impl<DB: Backend> Job<'_, DB> {
    /// How these records get there.
    pub(super) fn carriage(
        &self,
        range: Range<usize>,
        dialect: &dyn Dialect,
    ) -> Result<Carriage<DB>> {
        if self.columns() == 0 {
            return Ok(Carriage::Empty);
        }
        if !dialect.has_inserts_within() {
            return Ok(Carriage::InTurn);
        }
        let types = self.types(range.start);
        let way = self.way(range.len(), &types, dialect);
        Ok(match self.carried(way, range, &types, dialect)? {
            Some(carried) => Carriage::Carried(carried),
            None => Carriage::Staged(way, types),
        })
    }

    /// The types that the values of the records are encoded as.
    pub(super) fn types(&self, at: usize) -> Vec<String> {
        let mut types = Binder::types(self.live);
        self.rows.bind(at, &mut types);
        types.into_types()
    }

    /// How these records are carried.
    fn way(&self, rows: usize, types: &[String], dialect: &dyn Dialect) -> Way {
        if !dialect.has_arrays() {
            return Way::Values;
        }
        // `unnest` would take an array of arrays apart down to their elements.
        let of_arrays = types.iter().any(|name| dialect.is_array(name));
        let large = if of_arrays { Way::Copy } else { Way::Arrays };
        let large = match (large, self.may_copy) {
            // On a connection of the caller's a `COPY` that is dropped half way could not be ended.
            (Way::Copy, false) => Way::Values,
            (large, _) => large,
        };
        // Where there are no arrays, the other way takes a staging table.
        let few = rows <= FEW || of_arrays;
        match self.carrier {
            Carrier::Auto if few && self.fit_in_values(rows, dialect) => Way::Values,
            // What is too wide for a staging table has to go at once.
            _ if !self.can_be_staged(dialect) => large,
            Carrier::Values => Way::Values,
            Carrier::Copy if self.may_copy => Way::Copy,
            // `COPY` is as fast for very many only: it always stages, and its end waits 40 ms on TCP where
            // the last rows are a small packet.
            Carrier::Auto | Carrier::Copy | Carrier::Arrays => large,
        }
    }

    fn fit_in_values(&self, rows: usize, dialect: &dyn Dialect) -> bool {
        let mut closures = Binder::types(self.live);
        self.rows.bind_closures(&mut closures);
        rows * self.columns() + closures.count() <= dialect.max_arguments()
    }

    /// Whether there is room in a table for the columns of the records and one more.
    fn can_be_staged(&self, dialect: &dyn Dialect) -> bool {
        self.columns() < dialect.max_columns()
    }

    /// How many columns a record supplies.
    pub(super) fn columns(&self) -> usize {
        self.batch.insert.columns.len()
    }

    /// The records as arguments of one statement; `None` where they are too many, or too much, for one.
    fn carried(
        &self,
        way: Way,
        range: Range<usize>,
        types: &[String],
        dialect: &dyn Dialect,
    ) -> Result<Option<Carried<DB>>> {
        match way {
            Way::Arrays => {
                let staged = self.can_be_staged(dialect);
                if staged && range.len() > self.chunk_rows {
                    return Ok(None);
                }
                if staged && self.is_surely_too_much(&range)? {
                    return Ok(None);
                }
                let most = if staged { MOST_BYTES } else { usize::MAX };
                let (arrays, end) = self.arrays(&range, most)?;
                match arrays {
                    Some(arrays) if end == range.end && arrays.is_self_contained() => {
                        let mut arguments = DB::arguments(self.live);
                        self.bind_arrays(arrays, &mut arguments)?;
                        let source = Source::Arrays(types.to_vec());
                        Ok(Some(Carried { source, arguments }))
                    }
                    Some(arrays) if arrays.is_self_contained() => Ok(None),
                    Some(_) | None => self.carried(Way::Values, range, types, dialect),
                }
            }
            Way::Values if self.fit_in_values(range.len(), dialect) => {
                let source = Source::Values(range.len());
                let arguments = self.values(range)?;
                Ok(Some(Carried { source, arguments }))
            }
            Way::Values | Way::Copy => Ok(None),
        }
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

    /// The column that the value at this place among those of the closures is for, where it is set to just
    /// that value; what is computed may have several.
    pub(super) fn set_by(&self, place: usize) -> Option<usize> {
        let conflict = self.batch.insert.conflict.as_ref()?;
        let Action::Update { assignments, .. } = &conflict.action else {
            return None;
        };
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

    /// How many records of so many values each one statement takes value by value.
    pub(super) fn rows_of_values(&self, values: usize, dialect: &dyn Dialect) -> usize {
        let most = if dialect.has_arrays() {
            dialect.max_arguments()
        } else {
            MANY_ARGUMENTS
        };
        (most / values).clamp(1, self.chunk_rows.max(1))
    }
}

/// The number of the record at this position: they are counted from one.
pub(super) fn number(at: usize) -> i64 {
    i64::try_from(at + 1).unwrap_or(i64::MAX)
}
