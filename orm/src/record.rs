//! Records: what a row to be written supplies.

pub mod check;

use crate::backend::Backend;
use crate::column::{Column, ColumnMeta, Name};
use crate::schema::hash;
use crate::table::{Fields, Table};
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

    /// The columns that it supplies, as a list of names.
    #[doc(hidden)]
    type Columns: Names<Self::Table>;

    /// The columns that it supplies as fields, for closures.
    #[doc(hidden)]
    type Incoming: Fields;
}

/// A record supplies the column of this name.
#[doc(hidden)]
pub trait Supplies<N> {}

/// A record whose values can be stored on this backend: what a function asks for that writes records on
/// any [`Executor`](crate::Executor).
pub trait Bind<DB: Backend>: Record {
    /// Binds the values, in the order of the record's columns.
    #[doc(hidden)]
    fn bind(&self, to: &mut Binder<DB>);
}

/// A list of names of columns of a table: `(First, Rest)`, ended by `()`.
#[doc(hidden)]
pub trait Names<T> {
    /// How many there are.
    const COUNT: usize;

    /// Adds the positions of the columns.
    fn positions(to: &mut Vec<usize>)
    where
        T: Table;

    /// The position of the column at this place of the list.
    fn at(place: usize) -> Option<usize>
    where
        T: Table,
    {
        let mut positions = Vec::new();
        Self::positions(&mut positions);
        positions.get(place).copied()
    }
}

/// Adds the position of the column whose name has this hash.
pub fn push_position<T: Table>(name: u64, to: &mut Vec<usize>) {
    let mut columns = T::DEF.columns.iter();
    to.extend(columns.position(|column| hash(&column.name) == name));
}

impl<T> Names<T> for () {
    const COUNT: usize = 0;

    fn positions(_: &mut Vec<usize>)
    where
        T: Table,
    {
    }
}

impl<T, const HASH: u64, Rest> Names<T> for (Name<HASH>, Rest)
where
    Rest: Names<T>,
{
    const COUNT: usize = 1 + Rest::COUNT;

    fn positions(to: &mut Vec<usize>)
    where
        T: Table,
    {
        push_position::<T>(HASH, to);
        Rest::positions(to);
    }
}

/// A long list is a list of lists.
impl<T, A, B, Rest> Names<T> for ((A, B), Rest)
where
    (A, B): Names<T>,
    Rest: Names<T>,
{
    const COUNT: usize = <(A, B)>::COUNT + Rest::COUNT;

    fn positions(to: &mut Vec<usize>)
    where
        T: Table,
    {
        <(A, B)>::positions(to);
        Rest::positions(to);
    }
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
