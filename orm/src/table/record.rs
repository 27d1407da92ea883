//! Records: what a row to be written supplies.

pub mod check;

use check::Writable;

use crate::backend::Backend;
use crate::table::column::{Column, ColumnMeta};
use crate::table::{ColumnNamed, Fields, Table};
use crate::value::Binder;

/// A row to be written: implemented by `#[derive(Insert)]`, and by `#[derive(Table)]` for the table's
/// own struct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a record",
    label = "not a record",
    note = "derive it on the struct: `#[derive(Insert)]` with `#[insert(table = ..)]`, or `#[derive(Table)]`"
)]
pub trait Record {
    /// The table it is a record of.
    type Table: Table;

    /// Stands for the record where a type without lifetimes is needed.
    #[doc(hidden)]
    type Shape: 'static;

    /// The names of the columns that it supplies.
    #[doc(hidden)]
    const NAMES: &'static [&'static str];

    /// The same as a list of types: `(First, Rest)`, ended by `()`.
    #[doc(hidden)]
    type Columns;

    /// The columns that it supplies as fields, for closures.
    #[doc(hidden)]
    type Incoming: Fields;
}

/// A record supplies the column of this name.
#[doc(hidden)]
pub trait Supplies<N> {}

/// A whole row of the table supplies the column of this name.
#[doc(hidden)]
pub trait Whole<N> {}

impl<T: ColumnNamed<N, Column: ColumnMeta<Role: Writable>>, N> Whole<N> for T {}

/// A record whose values can be stored on this backend: what a function asks for that writes records on
/// any [`Executor`](crate::Executor).
pub trait Bind<DB: Backend>: Record {
    /// Binds the values, in the order of the record's columns.
    #[doc(hidden)]
    fn bind(&self, to: &mut Binder<DB>);
}

/// The positions of the columns that a record supplies, in its order.
pub(crate) fn positions<R: Record>() -> Vec<usize> {
    R::Table::DEF.positions(R::NAMES)
}

/// The position of the column at this place of a record.
pub(crate) fn position_at<R: Record>(place: usize) -> Option<usize> {
    R::Table::DEF.position(R::NAMES.get(place)?)
}

/// A list of markers: `(First, Rest)`, ended by `()`.
#[doc(hidden)]
pub trait Markers {
    /// Adds the positions of the columns.
    fn positions(to: &mut Vec<usize>);

    /// The position of the column at this place of the list.
    fn at(place: usize) -> Option<usize> {
        let mut positions = Vec::new();
        Self::positions(&mut positions);
        positions.get(place).copied()
    }
}

impl Markers for () {
    fn positions(_: &mut Vec<usize>) {}
}

impl<C: ColumnMeta, Rest: Markers> Markers for (C, Rest) {
    fn positions(to: &mut Vec<usize>) {
        to.push(Column::<C>::AT);
        Rest::positions(to);
    }
}
