//! What `#[derive(Table)]` implements: a struct is a table.

pub mod column;
pub mod guard;
pub mod key;
pub mod record;
mod rows;

pub use rows::{LoadRows, LoadSource};

use std::any::TypeId;

use crate::backend::Backend;
use crate::error::Result;
use crate::schema::{TableDef, TableNames};
use crate::stmt::TableRef;
use crate::table::column::index::Yes;
use crate::table::column::{AreFacts, Marker};
use crate::table::guard::Guard;
use crate::value::{Reader, StoredAs};

/// A struct that is a table: implemented by `#[derive(Table)]`.
///
/// # Examples
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
///     inhabitants: i64,
/// }
///
/// assert_eq!(City::DEF.name, "cities");
/// assert_eq!(City::DEF.columns[1].name, "inhabitants");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "not a table",
    note = "derive it on the struct: `#[derive(Table)]`"
)]
pub trait Table: Sized + Send + Sync + 'static {
    /// What is known about the table.
    const DEF: &'static TableDef;

    /// Its names, for those that point to it.
    #[doc(hidden)]
    const NAMES: TableNames;

    /// What tells it from other tables, as digits that types can compare.
    #[doc(hidden)]
    type Id;

    /// The columns as fields, of a row of `S`: the stored one of an upsert, or one of a query.
    #[doc(hidden)]
    type Row<S>: Fields;

    /// The guard that every upsert of this table carries.
    #[doc(hidden)]
    type Guard: Guard;
}

/// The table, for a statement about it.
pub(crate) fn table_ref<T: Table>() -> TableRef {
    TableRef::Typed(T::DEF, TypeId::of::<T>())
}

/// Both are the same table.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is of table `{Other}`, and not of `{T}`",
    label = "of another table",
    note = "name a column or key of `{T}`"
)]
pub trait SameTable<T, Other> {
    /// `Yes`, and there only where it holds: what is checked next asks for it. Without it the compiler
    /// cannot tell which of that check's two impls is meant, and is silent about it.
    type Holds;
}

#[diagnostic::do_not_recommend]
impl<T, Other: Is<T>> SameTable<T, Other> for () {
    type Holds = Other::Holds;
}

/// The same type.
#[doc(hidden)]
pub trait Is<T> {
    /// `Yes`, and there only where it holds.
    type Holds;
}

#[diagnostic::do_not_recommend]
impl<T> Is<T> for T {
    type Holds = Yes;
}

/// The columns of a table or of a record as fields, for closures.
#[doc(hidden)]
pub trait Fields: Sized {
    /// They are all without content.
    const FIELDS: Self;
}

/// The column of this name.
///
/// A record knows the names of its fields and the type of its table, but not the table's markers:
/// they may live in another module or crate.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no column of this name",
    label = "no such column",
    note = "a field of a record is a column of its table; `#[column(name = \"..\")]` where the names differ"
)]
pub trait ColumnNamed<N>: Table {
    /// Its marker.
    type Column: Marker<Facts: AreFacts<Table = Self>>;
}

/// A table whose rows can be read from this backend: what a function asks for that reads rows on any
/// [`Executor`](crate::Executor).
pub trait Load<DB: Backend>: Table {
    /// Reads one row, its columns in the order of declaration.
    #[doc(hidden)]
    fn load(row: &mut Reader<'_, DB>) -> Result<Self>;
}

/// A table whose columns this backend has types for: what [`create_tables!`](crate::create_tables) makes.
pub trait Typed<DB: Backend>: Table {
    /// What the database calls the type of each column.
    #[doc(hidden)]
    fn types(to: &mut StoredAs<DB>);
}
