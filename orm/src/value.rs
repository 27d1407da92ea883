//! Values on their way to a database and back.
//!
//! Any type that sqlx can encode for a backend can be stored on it, and any type that it can decode
//! can be read; the two traits here only give that our words.

mod any;
mod binder;
mod by_name;
mod kind;
mod named;
mod stored_as;
mod text;

use std::fmt;

pub use any::Value;
pub use binder::Binder;
pub use by_name::ByName;
pub use kind::Kind;
pub use stored_as::StoredAs;
#[cfg(feature = "chrono")]
pub(crate) use text::{date, timestamp};
pub(crate) use text::{elements, text};

use crate::backend::Backend;
use crate::error::{Complaint, Error, Result};

/// A value that can be stored on a backend: every type that sqlx encodes for it.
///
/// On [`Db`](crate::Db) that is every type that both databases can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored on `{DB}`",
    label = "cannot be stored on `{DB}`",
    note = "derive `sqlx::Type` on it, or wrap it in `sqlx::types::Json`; what only one database knows needs its own pool, `PgPool` or `SqlitePool`"
)]
pub trait Supply<DB: Backend> {
    /// Encodes the value as the next argument.
    #[doc(hidden)]
    fn supply(&self, to: &mut DB::Arguments) -> std::result::Result<(), Complaint>;

    /// Encodes the value as one of many of its column.
    #[doc(hidden)]
    fn gather(&self, to: &mut DB::Gathered) -> std::result::Result<(), Complaint>;

    /// What the database calls the type.
    #[doc(hidden)]
    fn type_name(live: DB::Live) -> String
    where
        Self: Sized;

    /// Whether the database has to be asked which number the type has: it was made there, and may be made
    /// anew.
    #[doc(hidden)]
    fn is_open(live: DB::Live) -> bool
    where
        Self: Sized;
}

/// A value that can be read from a backend: every type that sqlx decodes from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from `{DB}`",
    label = "cannot be read from `{DB}`",
    note = "derive `sqlx::Type` on it, or wrap it in `sqlx::types::Json`; what only one database knows needs its own pool, `PgPool` or `SqlitePool`"
)]
pub trait Read<DB: Backend>: Sized {
    /// Decodes the value at this position, of which this is known.
    #[doc(hidden)]
    fn read(row: &DB::Row, at: usize, types: &mut Types) -> Result<Self>;
}

/// Whether `NULL` can be read as this type: as an `Option`, and as what can hold any value.
///
/// No bound tells, since sqlx has none; the name of the type does.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(crate) fn is_nullable<T>() -> bool {
    let name = std::any::type_name::<T>();
    name.starts_with("core::option::Option<") || name == std::any::type_name::<Value>()
}

/// Reads the columns of one row from left to right.
#[doc(hidden)]
pub struct Reader<'r, DB: Backend> {
    row: &'r DB::Row,
    at: usize,
    types: Types,
    /// How many columns stand behind those that are to be read.
    behind: usize,
    /// The columns to be read, where they are found by their names.
    names: &'static [&'static str],
}

/// What is known of the types of the columns of a statement.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Types {
    /// Each value is asked.
    Unknown,
    /// Each value is asked, and so many columns are known to fit what they are read into.
    Fitting(usize),
    /// All columns fit.
    Fit,
}

impl<DB: Backend> fmt::Debug for Reader<'_, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("at", &self.at)
            .field("types", &self.types)
            .finish_non_exhaustive()
    }
}

impl<'r, DB: Backend> Reader<'r, DB> {
    /// At the first column.
    pub(crate) fn new(row: &'r DB::Row) -> Self {
        Self::with(row, Types::Unknown)
    }

    /// At the first column of one of many rows of a statement, of which this is known.
    pub(crate) fn with(row: &'r DB::Row, types: Types) -> Self {
        Self {
            row,
            at: 0,
            types,
            behind: 0,
            names: &[],
        }
    }

    /// What is known once a row has been read: that of the first is true for the others.
    pub(crate) fn types(&self) -> Types {
        match self.types {
            Types::Fitting(columns) if columns == self.width() => Types::Fit,
            // A column that was passed over may be read in another row.
            Types::Fitting(_) => Types::Unknown,
            known => known,
        }
    }

    /// The next column's value.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when it is not of this type.
    #[inline]
    pub fn take<V: Read<DB>>(&mut self) -> Result<V> {
        let at = self.at;
        self.at += 1;
        let at = match self.names.get(at) {
            None => at,
            Some(name) => DB::place(self.row, name).unwrap_or(at),
        };
        V::read(self.row, at, &mut self.types)
    }

    /// The columns of these names are read, each of which the row has once.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when it has none, or several.
    pub(crate) fn by_name(&mut self, names: &'static [&'static str]) -> Result<()> {
        let row = self.row;
        let is_in_order = |(at, name): (usize, &&str)| DB::column(row, at) == Some(*name);
        if names.len() == self.width() && names.iter().enumerate().all(is_in_order) {
            return Ok(());
        }
        named::check::<DB>(row, names)?;
        self.names = names;
        Ok(())
    }

    /// The position of the column that comes next.
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    /// Whether the column so many places on has no value.
    pub(crate) fn is_null(&self, further: usize) -> Result<bool> {
        let at = self.at + further;
        DB::is_null(self.row, at).map_err(|source| unread::<DB>(self.row, at, source))
    }

    /// So many columns are passed over.
    pub(crate) fn skip(&mut self, columns: usize) {
        self.at += columns;
    }

    /// The last column is the next.
    pub(crate) fn skip_to_last(&mut self) {
        self.at = self.width().saturating_sub(1);
    }

    /// So many columns at the end are not to be read with the others.
    pub(crate) fn leave(&mut self, columns: usize) {
        self.behind = columns;
    }

    /// How many columns are still to be read.
    pub(crate) fn rest(&self) -> usize {
        self.width().saturating_sub(self.at + self.behind)
    }

    /// How many columns the row has.
    pub(crate) fn width(&self) -> usize {
        DB::width(self.row)
    }

    /// The next column, which is a number of rows.
    pub(crate) fn count(&mut self) -> Result<u64> {
        let at = self.at;
        self.at += 1;
        let count = DB::count(self.row, at).map_err(|source| unread::<DB>(self.row, at, source))?;
        Ok(count.unsigned_abs())
    }

    /// The next column, which is a text of the catalogue's.
    pub(crate) fn text(&mut self) -> Result<Option<String>> {
        let at = self.at;
        self.at += 1;
        DB::text(self.row, at).map_err(|source| unread::<DB>(self.row, at, source))
    }

    /// The next column, which says yes or no.
    pub(crate) fn flag(&mut self) -> Result<bool> {
        let at = self.at;
        self.at += 1;
        DB::flag(self.row, at).map_err(|source| unread::<DB>(self.row, at, source))
    }
}

/// The value of the column at this position could not be read.
#[cold]
pub(crate) fn unread<DB: Backend>(row: &DB::Row, at: usize, source: sqlx::Error) -> Error {
    Error::decode(&DB::name(row, at), source)
}
