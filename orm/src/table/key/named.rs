//! The ways to name a unique key: a column, a tuple of columns, the constant of a key.

use std::marker::PhantomData;

use super::{AtOnce, Fixes, HasPrimaryKey, Key, KeyMeta, KeyOn};
use crate::table::Table;
use crate::table::column::{Column, ColumnMeta};

/// The primary key of a table.
#[derive(Debug)]
pub struct Primary<T>(PhantomData<fn() -> T>);

/// Names columns, which may be a unique key or not.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name a unique key",
    label = "not a key",
    note = "name a unique column, a tuple of the columns of a key, or the constant of a key"
)]
pub trait NamesColumns {
    /// The columns in the order in which they are named, as a list of markers.
    type Named;
    /// It again: what is checked next asks for it, and is silent about what names nothing.
    type Itself;
}

/// Names a unique key.
#[doc(hidden)]
pub trait UniqueKey: NamesColumns {
    /// Whose.
    type Table: Table;
    /// Its columns, as a list of markers.
    type Columns;
    /// Those that have the same value in all rows of one key.
    type Fixed;
    /// When it is checked.
    type Checked;

    /// Its facts.
    const AT: usize;
}

#[diagnostic::do_not_recommend]
impl<K: KeyMeta> NamesColumns for Key<K> {
    type Named = K::Columns;
    type Itself = Self;
}

#[diagnostic::do_not_recommend]
impl<T: HasPrimaryKey> NamesColumns for Primary<T> {
    type Named = <T::Key as KeyMeta>::Columns;
    type Itself = Self;
}

#[diagnostic::do_not_recommend]
impl<C> NamesColumns for Column<C> {
    type Named = (C, ());
    type Itself = Self;
}

impl<K: KeyMeta> UniqueKey for Key<K> {
    type Table = K::Table;
    type Columns = K::Columns;
    type Fixed = <K::Checked as Fixes<K::Columns>>::Fixed;
    type Checked = K::Checked;

    const AT: usize = K::AT;
}

impl<T: HasPrimaryKey> UniqueKey for Primary<T> {
    type Table = T;
    type Columns = <T::Key as KeyMeta>::Columns;
    type Fixed = Self::Columns;
    type Checked = AtOnce;

    const AT: usize = T::Key::AT;
}

impl<C: ColumnMeta> UniqueKey for Column<C>
where
    (): Unique<C::Table, C, Key: KeyMeta<Table = C::Table>>,
{
    type Table = C::Table;
    type Columns = (C, ());
    type Fixed = (C, ());
    type Checked = <<() as Unique<C::Table, C>>::Key as KeyMeta>::Checked;

    const AT: usize = <() as Unique<C::Table, C>>::Key::AT;
}

/// The column alone is a unique key.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{C}` is not a unique key of `{T}`, so it does not tell which row is meant",
    label = "not a unique key",
    note = "declare it with `#[column(unique)]`, or name all columns of a key in a tuple"
)]
pub trait Unique<T, C> {
    type Key;
}

#[diagnostic::do_not_recommend]
impl<T: KeyOn<(C,)>, C> Unique<T, C> for () {
    type Key = T::Key;
}

/// A tuple of columns is a unique key.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "these columns together are not a unique key of `{T}`: `{Columns}`",
    label = "not a unique key",
    note = "declare it with `#[table(unique(..))]`, and name just its columns"
)]
pub trait UniqueTogether<T, Columns> {
    type Key;
}

#[diagnostic::do_not_recommend]
impl<T: KeyOn<Columns>, Columns> UniqueTogether<T, Columns> for () {
    type Key = T::Key;
}

/// Markers as a list.
macro_rules! list {
    () => { () };
    ($first:ident $($rest:ident)*) => { ($first, list!($($rest)*)) };
}

macro_rules! unique_together {
    ($first:ident $($rest:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$first, $($rest),*> NamesColumns for (Column<$first>, $(Column<$rest>),*) {
            type Named = list!($first $($rest)*);
            type Itself = Self;
        }

        impl<$first: ColumnMeta, $($rest: ColumnMeta),*> UniqueKey for (Column<$first>, $(Column<$rest>),*)
        where
            (): UniqueTogether<$first::Table, ($first, $($rest),*), Key: KeyMeta<Table = $first::Table>>,
        {
            type Table = $first::Table;
            type Columns = <<() as UniqueTogether<$first::Table, ($first, $($rest),*)>>::Key as KeyMeta>::Columns;
            type Fixed = Self::Columns;
            type Checked = <<() as UniqueTogether<$first::Table, ($first, $($rest),*)>>::Key as KeyMeta>::Checked;

            const AT: usize = <() as UniqueTogether<$first::Table, ($first, $($rest),*)>>::Key::AT;
        }
    };
}

for_tuples!(unique_together);
