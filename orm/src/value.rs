//! Values on their way to a database and back.
//!
//! Any type that sqlx can encode for a backend can be stored on it, and any type that it can decode
//! can be read; the two traits here only give that our words.

mod any;

pub use any::Value;

use crate::backend::Backend;
use crate::error::{Error, Result};
use crate::schema::TableDef;

/// What sqlx's encoders and decoders complain with.
pub(crate) type Complaint = sqlx::error::BoxDynError;

/// A value that can be stored on a backend: every type that sqlx encodes for it.
///
/// On [`Db`](crate::Db) that is every type that both databases can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored on `{DB}`",
    label = "cannot be stored on `{DB}`",
    note = "derive `sqlx::Type` on it, wrap it in `sqlx::types::Json`, or leave the field out with `#[column(skip)]`",
    note = "on `orm::Db` a type must be known to PostgreSQL and to SQLite; use a `PgPool` or `SqlitePool` where only one knows it"
)]
pub trait Supply<DB: Backend> {
    /// Encodes the value as the next argument.
    #[doc(hidden)]
    fn supply(&self, to: &mut DB::Arguments) -> std::result::Result<(), Complaint>;

    /// What the database calls the type.
    #[doc(hidden)]
    fn type_name(live: DB::Live) -> String
    where
        Self: Sized;
}

/// A value that can be read from a backend: every type that sqlx decodes from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from `{DB}`",
    label = "cannot be read from `{DB}`",
    note = "derive `sqlx::Type` on it, wrap it in `sqlx::types::Json`, or leave the field out with `#[column(skip)]`"
)]
pub trait Read<DB: Backend>: Sized {
    /// Decodes the value at this position.
    #[doc(hidden)]
    fn read(row: &DB::Row, at: usize) -> sqlx::Result<Self>;
}

/// Collects the arguments of one statement.
#[doc(hidden)]
#[derive(Debug)]
pub struct Binder<DB: Backend> {
    arguments: DB::Arguments,
    count: usize,
    failed: Option<(usize, Complaint)>,
}

impl<DB: Backend> Binder<DB> {
    /// Nothing bound yet, for a live connection of this kind.
    pub(crate) fn new(live: DB::Live) -> Self {
        Self {
            arguments: DB::arguments(live),
            count: 0,
            failed: None,
        }
    }

    /// Binds the next value. The first failure is kept and told by `finish`.
    pub fn put<V: Supply<DB> + ?Sized>(&mut self, value: &V) -> &mut Self {
        if self.failed.is_none() {
            if let Err(complaint) = value.supply(&mut self.arguments) {
                self.failed = Some((self.count, complaint));
            }
            self.count += 1;
        }
        self
    }

    /// Binds a whole number of the library's own.
    pub(crate) fn put_number(&mut self, value: i64) {
        if self.failed.is_none() {
            if let Err(complaint) = DB::number(&mut self.arguments, value) {
                self.failed = Some((self.count, complaint));
            }
            self.count += 1;
        }
    }

    /// The arguments. `column_of` gives the column of the value that could not be encoded.
    pub(crate) fn finish_for(
        self,
        table: &TableDef,
        column_of: impl FnOnce(usize) -> Option<usize>,
    ) -> Result<DB::Arguments> {
        let Some((at, complaint)) = self.failed else {
            return Ok(self.arguments);
        };
        let column = column_of(at).map_or("a filter", |at| &table.columns[at].name);
        Err(Error::encode(column, complaint).of_table(&table.name))
    }
}

/// Reads the columns of one row from left to right.
#[doc(hidden)]
#[derive(Debug)]
pub struct Reader<'r, DB: Backend> {
    row: &'r DB::Row,
    at: usize,
}

impl<'r, DB: Backend> Reader<'r, DB> {
    /// At the first column.
    pub(crate) fn new(row: &'r DB::Row) -> Self {
        Self { row, at: 0 }
    }

    /// The next column's value.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when it is not of this type.
    pub fn take<V: Read<DB>>(&mut self) -> Result<V> {
        let at = self.at;
        self.at += 1;
        V::read(self.row, at).map_err(|source| Error::decode(&DB::name(self.row, at), source))
    }
    /// How many columns the row has.
    pub(crate) fn width(&self) -> usize {
        DB::width(self.row)
    }

    /// The next column, which is a number of rows.
    pub(crate) fn count(&mut self) -> Result<u64> {
        let at = self.at;
        self.at += 1;
        let count = DB::count(self.row, at)
            .map_err(|source| Error::decode(&DB::name(self.row, at), source))?;
        Ok(count.unsigned_abs())
    }

    /// The next column, which says yes or no.
    pub(crate) fn flag(&mut self) -> Result<bool> {
        let at = self.at;
        self.at += 1;
        DB::flag(self.row, at).map_err(|source| Error::decode(&DB::name(self.row, at), source))
    }
}
