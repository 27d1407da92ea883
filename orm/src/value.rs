//! Values on their way to a database and back.
//!
//! Any type that sqlx can encode for a backend can be stored on it, and any type that it can decode
//! can be read; the two traits here only give that our words.

#[cfg(any(feature = "chrono", feature = "time"))]
use std::any::TypeId;

mod any;
mod binder;
mod by_name;
mod kind;

pub use any::Value;
pub use binder::Binder;
pub use by_name::ByName;
pub use kind::Kind;

use crate::backend::Backend;
use crate::error::{Error, Result};

/// What sqlx's encoders and decoders complain with.
pub(crate) type Complaint = sqlx::error::BoxDynError;

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
}

/// What the database calls the type of a column.
///
/// SQLite has one name for all points in time and sqlx several texts for them, so that the name is not
/// enough to write a default as a value would be written.
#[doc(hidden)]
pub fn stored_as<V: Supply<DB> + 'static, DB: Backend>(live: DB::Live) -> String {
    let name = V::type_name(live);
    match text_form::<V>() {
        Some(form) if !DB::dialect(live).has_types_of_time() => format!("{name} {form}"),
        _ => name,
    }
}

/// The text that a time of this type becomes, where it is not the usual one.
fn text_form<V: 'static>() -> Option<&'static str> {
    #[cfg(any(feature = "chrono", feature = "time"))]
    macro_rules! is {
        ($type:ty) => {
            [TypeId::of::<$type>(), TypeId::of::<Option<$type>>()].contains(&TypeId::of::<V>())
        };
    }
    #[cfg(feature = "chrono")]
    if is!(chrono::NaiveDateTime) {
        return Some("NAIVE");
    }
    #[cfg(feature = "time")]
    if is!(time::OffsetDateTime) {
        return Some("OFFSET");
    }
    #[cfg(feature = "time")]
    if is!(time::PrimitiveDateTime) || is!(time::Time) {
        return Some("PRIMITIVE");
    }
    None
}

/// A value that can be read from a backend: every type that sqlx decodes from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from `{DB}`",
    label = "cannot be read from `{DB}`",
    note = "derive `sqlx::Type` on it, or wrap it in `sqlx::types::Json`; what only one database knows needs its own pool, `PgPool` or `SqlitePool`"
)]
pub trait Read<DB: Backend>: Sized {
    /// Decodes the value at this position.
    #[doc(hidden)]
    fn read(row: &DB::Row, at: usize) -> sqlx::Result<Self>;
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

    /// So many columns are passed over.
    pub(crate) fn skip(&mut self, columns: usize) {
        self.at += columns;
    }

    /// The last column is the next.
    pub(crate) fn skip_to_last(&mut self) {
        self.at = self.width().saturating_sub(1);
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

    /// The next column, which is a text of the catalogue's.
    pub(crate) fn text(&mut self) -> Result<Option<String>> {
        let at = self.at;
        self.at += 1;
        DB::text(self.row, at).map_err(|source| Error::decode(&DB::name(self.row, at), source))
    }

    /// The next column, which says yes or no.
    pub(crate) fn flag(&mut self) -> Result<bool> {
        let at = self.at;
        self.at += 1;
        DB::flag(self.row, at).map_err(|source| Error::decode(&DB::name(self.row, at), source))
    }
}
