//! Columns as lists: which have been assigned, and whether one is among them.

use super::{Assign, NoAction};
use crate::column::index::{No, SameIndex, Yes};
use crate::column::{Column, ColumnMeta};

/// Whether a list of markers holds a column.
#[doc(hidden)]
pub trait Holds<C> {
    /// The answer.
    type Answer;
}

impl<C> Holds<C> for () {
    type Answer = No;
}

impl<C, First, Rest> Holds<C> for (First, Rest)
where
    C: ColumnMeta,
    First: ColumnMeta,
    First::Index: SameIndex<C::Index>,
    <First::Index as SameIndex<C::Index>>::Answer: OrHolds<C, Rest>,
{
    type Answer = <<First::Index as SameIndex<C::Index>>::Answer as OrHolds<C, Rest>>::Answer;
}

/// This, or else what the rest of the list says.
#[doc(hidden)]
pub trait OrHolds<C, Rest> {
    /// The answer.
    type Answer;
}

impl<C, Rest> OrHolds<C, Rest> for Yes {
    type Answer = Yes;
}

impl<C, Rest: Holds<C>> OrHolds<C, Rest> for No {
    type Answer = Rest::Answer;
}

/// The columns that have been named for the update, as a list of markers.
#[doc(hidden)]
pub trait Assigned {
    /// The list.
    type List;
}

impl Assigned for NoAction {
    type List = ();
}

impl<U: Before<B::List>, B: Assigned> Assigned for Assign<U, B> {
    type List = U::List;
}

/// A column or a tuple of columns, put before a list.
#[doc(hidden)]
pub trait Before<Rest> {
    /// The longer list.
    type List;
}

impl<C, Rest> Before<Rest> for Column<C> {
    type List = (C, Rest);
}

impl<Rest> Before<Rest> for () {
    type List = Rest;
}

macro_rules! lists {
    ($first:ident $($rest:ident)*) => {
        impl<Tail, $first, $($rest),*> Before<Tail> for ($first, $($rest),*)
        where
            ($($rest,)*): Before<Tail>,
            $first: Before<<($($rest,)*) as Before<Tail>>::List>,
        {
            type List = <$first as Before<<($($rest,)*) as Before<Tail>>::List>>::List;
        }

        lists!($($rest)*);
    };
    () => {};
}

lists!(A B C D E F G H I J L M N O P Q);
