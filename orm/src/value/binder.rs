//! Where the values of a record go: into the arguments of a statement, or beside those of other records.

use std::fmt;

use super::Supply;
use crate::backend::{Backend, Gathered};
use crate::dialect::Dialect;
use crate::error::Complaint;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::TableDef;

/// Collects the values of records.
#[doc(hidden)]
pub struct Binder<DB: Backend> {
    live: DB::Live,
    sink: Sink<DB>,
    count: usize,
    has_open: bool,
}

enum Sink<DB: Backend> {
    /// The arguments of one statement.
    Arguments(DB::Arguments),
    /// The arguments of one statement that takes only some of the values.
    Some(DB::Arguments, Vec<bool>),
    /// The columns of a batch, or its rows.
    Gathered(DB::Gathered),
    /// The types of the values only.
    Types(Vec<String>),
    /// Nowhere: only how many there are matters.
    Counted,
    /// Nowhere any more, since one could not be encoded.
    Failed(Complaint),
}

impl<DB: Backend> fmt::Debug for Binder<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Binder")
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

impl<DB: Backend> Binder<DB> {
    /// Nothing bound yet, for a live connection of this kind.
    #[inline]
    pub(crate) fn new(live: DB::Live) -> Self {
        Self::with(live, DB::arguments(live))
    }

    /// These are bound already.
    #[inline]
    pub(crate) fn with(live: DB::Live, arguments: DB::Arguments) -> Self {
        Self::to(live, Sink::Arguments(arguments))
    }

    /// Of the values of each of so many records, only those at the places that say so are bound.
    pub(crate) fn only(live: DB::Live, places: Vec<bool>, records: usize) -> Self {
        let mut arguments = DB::arguments(live);
        let bound = places.iter().filter(|is_bound| **is_bound).count();
        DB::reserve(&mut arguments, bound * records);
        Self::to(live, Sink::Some(arguments, places))
    }

    /// Values go beside those of other records.
    pub(crate) fn gathering(live: DB::Live, gathered: DB::Gathered) -> Self {
        Self::to(live, Sink::Gathered(gathered))
    }

    /// Only the number of the values matters.
    pub(crate) fn counting(live: DB::Live) -> Self {
        Self::to(live, Sink::Counted)
    }

    /// Only the types of the values matter.
    pub(crate) fn types(live: DB::Live) -> Self {
        Self::to(live, Sink::Types(Vec::new()))
    }

    #[inline]
    fn to(live: DB::Live, sink: Sink<DB>) -> Self {
        Self {
            live,
            sink,
            count: 0,
            has_open: false,
        }
    }

    /// Makes room for so many arguments, so that they need not grow with each.
    #[inline]
    pub(crate) fn reserve(&mut self, values: usize) {
        if let Sink::Arguments(to) = &mut self.sink {
            DB::reserve(to, values);
        }
    }

    /// Binds the next value. The first failure is kept and told by `finish`.
    #[inline]
    pub fn put<V: Supply<DB>>(&mut self, value: &V) -> &mut Self {
        let put = match &mut self.sink {
            Sink::Arguments(to) => {
                self.has_open |= V::is_open(self.live);
                value.supply(to)
            }
            Sink::Some(to, places) => match places.get(self.count % places.len()) {
                Some(true) => {
                    self.has_open |= V::is_open(self.live);
                    value.supply(to)
                }
                Some(false) | None => Ok(()),
            },
            Sink::Gathered(to) => value.gather(to),
            Sink::Types(to) => {
                to.push(V::type_name(self.live));
                Ok(())
            }
            Sink::Counted => Ok(()),
            Sink::Failed(_) => return self,
        };
        self.note(put);
        self
    }

    /// Binds a list of values: as one argument where the database has arrays, else one by one.
    pub(crate) fn put_list<V: Supply<DB>>(&mut self, values: &[V]) {
        let Some(mut array) = DB::Gathered::arrays(self.live, values.len(), usize::MAX) else {
            for value in values {
                self.put(value);
            }
            return;
        };
        if let Sink::Counted = self.sink {
            self.count += 1;
        }
        if let Sink::Arguments(to) = &mut self.sink {
            self.has_open |= V::is_open(self.live);
            let put = values
                .iter()
                .try_for_each(|value| {
                    array.begin_row(1);
                    value.gather(&mut array)
                })
                .and_then(|()| array.bind(to));
            self.note(put);
        }
    }

    /// Binds a whole number of the library's own, as an argument.
    pub(crate) fn put_number(&mut self, value: i64) {
        if let Sink::Arguments(to) | Sink::Some(to, _) = &mut self.sink {
            let put = DB::number(to, value);
            self.note(put);
        }
    }

    #[inline]
    fn note(&mut self, put: std::result::Result<(), Complaint>) {
        match put {
            Ok(()) => self.count += 1,
            Err(complaint) => self.fail(complaint),
        }
    }

    #[cold]
    fn fail(&mut self, complaint: Complaint) {
        self.sink = Sink::Failed(complaint);
    }

    /// The dialect of the database that the values go to.
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        DB::dialect(self.live)
    }

    /// How many values have been bound.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Whether the database has to be asked for the type of an argument.
    pub(crate) fn has_open(&self) -> bool {
        self.has_open
    }

    /// Whether a value could not be bound.
    pub(crate) fn has_failed(&self) -> bool {
        matches!(self.sink, Sink::Failed(_))
    }

    /// The values of a record of so many columns follow.
    pub(crate) fn begin_row(&mut self, columns: usize) {
        if let Sink::Gathered(gathered) = &mut self.sink {
            gathered.begin_row(columns);
        }
    }

    /// Adds a number of the library's own to the row that is gathered.
    pub(crate) fn number_row(&mut self, value: i64) {
        if let Sink::Gathered(gathered) = &mut self.sink {
            gathered.number(value);
        }
    }

    /// How much has been gathered, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        match &self.sink {
            Sink::Gathered(gathered) => gathered.bytes(),
            _ => 0,
        }
    }

    /// What has been gathered.
    pub(crate) fn into_gathered(self) -> Option<DB::Gathered> {
        match self.sink {
            Sink::Gathered(gathered) => Some(gathered),
            _ => None,
        }
    }

    /// What the database calls the types of what has been bound.
    pub(crate) fn into_types(self) -> Vec<String> {
        match self.sink {
            Sink::Types(types) => types,
            _ => Vec::new(),
        }
    }

    /// Which of the values could not be encoded.
    pub(crate) fn failed_at(&self) -> Option<usize> {
        self.has_failed().then_some(self.count)
    }

    /// The arguments. `column_of` gives the column of the value that could not be encoded.
    #[inline]
    pub(crate) fn finish_for(
        self,
        table: &TableDef,
        column_of: impl FnOnce(usize) -> Option<usize>,
    ) -> Result<DB::Arguments> {
        let failed = self.failed_at().and_then(column_of);
        self.finish(table, failed)
    }

    /// The arguments. `failed` is the column of the value that could not be encoded.
    #[inline]
    pub(crate) fn finish(
        mut self,
        table: &TableDef,
        failed: Option<usize>,
    ) -> Result<DB::Arguments> {
        self.check(table, failed)?;
        Ok(self.into_arguments())
    }

    /// Whether there are arguments to be had. `failed` is the column of the value that could not be
    /// encoded.
    #[inline]
    pub(crate) fn check(&mut self, table: &TableDef, failed: Option<usize>) -> Result<()> {
        match &mut self.sink {
            Sink::Failed(complaint) => {
                let complaint = std::mem::replace(complaint, "it has been told".into());
                let column = failed.map_or("a filter", |at| &table.columns[at].name);
                Err(Error::encode(column, complaint).of_table(&table.name))
            }
            Sink::Arguments(_) => {
                let most = DB::dialect(self.live).capabilities().max_arguments;
                if self.count > most {
                    return Err(too_many(self.count, most, table));
                }
                Ok(())
            }
            // Whoever leaves values out counts those that are not.
            Sink::Some(..) | Sink::Gathered(_) | Sink::Types(_) | Sink::Counted => Ok(()),
        }
    }

    /// The arguments as they are, once they are checked: nothing around them has to be moved with them.
    #[inline]
    pub(crate) fn into_arguments(self) -> DB::Arguments {
        match self.sink {
            Sink::Arguments(arguments) | Sink::Some(arguments, _) => arguments,
            Sink::Gathered(_) | Sink::Types(_) | Sink::Counted | Sink::Failed(_) => {
                DB::arguments(self.live)
            }
        }
    }
}

#[cold]
fn too_many(has: usize, most: usize, table: &TableDef) -> Error {
    let message = format!("a statement takes {most} values at most, and this one has {has}");
    Error::new(ErrorKind::Unsupported, message).of_table(&table.name)
}
