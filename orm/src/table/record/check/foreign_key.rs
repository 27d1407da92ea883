//! What the derive has the compiler check about foreign keys of several columns.

use std::marker::PhantomData;

use super::{ByEachStatement, SameType};
use crate::table::SameTable;
use crate::table::column::index::{And, No, Yes};
use crate::table::column::{Column, ColumnMeta};
use crate::table::key::{AtOnce, KeyMeta, KeyOn};

/// The columns that a foreign key points to so far, as a tuple of markers: `Columns` of the table `T`. `Holds`
/// is [`Yes`] where all of them are; where one is not, that is told, and the check of the key is silent.
#[derive(Debug)]
pub struct Pointing<T, Columns, Holds>(PhantomData<fn() -> (T, Columns, Holds)>);

/// Begins a foreign key with one of its columns, and the column that it points to.
pub const fn foreign_key<A, B, V, W>(
    _from: Column<A>,
    _to: Column<B>,
) -> Pointing<B::Table, (B,), Yes>
where
    A: ColumnMeta<Bare = V>,
    B: ColumnMeta<Bare = W>,
    (): SameType<V, W>,
{
    Pointing(PhantomData)
}

#[expect(clippy::unused_self, reason = "the type of `self` is what is asked")]
impl<T, Columns, Holds> Pointing<T, Columns, Holds> {
    /// And with another one.
    pub const fn and<A, B, V, W>(
        self,
        _from: Column<A>,
        _to: Column<B>,
    ) -> Pointing<T, Columns::With, <Holds as And<<() as SameTable<T, B::Table>>::Holds>>::Answer>
    where
        A: ColumnMeta<Bare = V>,
        B: ColumnMeta<Bare = W>,
        Columns: Append<B>,
        Holds: And<<() as SameTable<T, B::Table>>::Holds>,
        (): SameType<V, W> + SameTable<T, B::Table>,
    {
        Pointing(PhantomData)
    }

    /// The columns pointed to tell a row together.
    pub const fn points_to_a_key(self)
    where
        (): TellRows<T, Columns, Holds, Checked: ByEachStatement>,
    {
    }
}

/// A tuple, and one element more.
pub trait Append<C> {
    /// Both.
    type With;
}

/// Both databases ask for a key behind a foreign key.
#[diagnostic::on_unimplemented(
    message = "no foreign key can point to `{Columns}`, which together are not a unique key of `{T}`",
    label = "points to no unique key",
    note = "point to all columns of the primary key or of a `#[table(unique(..))]`, those of four and more in the \
            order in which the key names them; a key with a filter or an expression is not enough"
)]
pub trait TellRows<T, Columns, OfOneTable> {
    /// When the key is checked.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<T: KeyOn<Columns>, Columns> TellRows<T, Columns, Yes> for () {
    type Checked = <T::Key as KeyMeta>::Checked;
}

#[diagnostic::do_not_recommend]
impl<T, Columns> TellRows<T, Columns, No> for () {
    type Checked = AtOnce;
}

macro_rules! append {
    ($($each:ident)*) => {
        impl<$($each,)* K> Append<K> for ($($each,)*) {
            type With = ($($each,)* K);
        }
    };
}

for_tuples!(append);
