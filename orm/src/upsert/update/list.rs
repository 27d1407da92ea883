//! Columns as lists: which have been assigned, and whether one is among them.

use super::{
    All, AllExcept, Assign, Coalesce, CoalesceAll, DoNothing, GetOrInsert, Set, Undecided,
};
use crate::table::ColumnNamed;
use crate::table::column::index::{And, No, Not, SameIndex, Yes};
use crate::table::column::{Column, ColumnMeta, Name};
use crate::table::record::Record;

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

/// Whether a list of names of columns of a table holds a column.
#[doc(hidden)]
pub trait HoldsNamed<T, C> {
    /// The answer.
    type Answer;
}

impl<T, C> HoldsNamed<T, C> for () {
    type Answer = No;
}

/// A long list is a list of lists.
impl<T, C, A, B, Rest> HoldsNamed<T, C> for ((A, B), Rest)
where
    (A, B): HoldsNamed<T, C>,
    <(A, B) as HoldsNamed<T, C>>::Answer: OrHoldsNamed<T, C, Rest>,
{
    type Answer = <<(A, B) as HoldsNamed<T, C>>::Answer as OrHoldsNamed<T, C, Rest>>::Answer;
}

impl<T, C, const HASH: u64, Rest> HoldsNamed<T, C> for (Name<HASH>, Rest)
where
    T: ColumnNamed<Name<HASH>>,
    (T::Column, ()): Holds<C>,
    <(T::Column, ()) as Holds<C>>::Answer: OrHoldsNamed<T, C, Rest>,
{
    type Answer = <<(T::Column, ()) as Holds<C>>::Answer as OrHoldsNamed<T, C, Rest>>::Answer;
}

/// This, or else what the rest of the list says.
#[doc(hidden)]
pub trait OrHoldsNamed<T, C, Rest> {
    /// The answer.
    type Answer;
}

impl<T, C, Rest> OrHoldsNamed<T, C, Rest> for Yes {
    type Answer = Yes;
}

impl<T, C, Rest: HoldsNamed<T, C>> OrHoldsNamed<T, C, Rest> for No {
    type Answer = Rest::Answer;
}

/// Whether an action on a record of `R` assigns a column.
#[doc(hidden)]
pub trait Assigns<R, C> {
    /// The answer.
    type Answer;
}

macro_rules! of_none {
    ($($none:ident)*) => {
        $(
            impl<R, C> Assigns<R, C> for $none {
                type Answer = No;
            }
        )*
    };
}

of_none!(Undecided DoNothing GetOrInsert);

macro_rules! of_all {
    ($($all:ident)*) => {
        $(
            impl<R: Record<Columns: HoldsNamed<R::Table, C>>, C> Assigns<R, C> for $all {
                type Answer = <R::Columns as HoldsNamed<R::Table, C>>::Answer;
            }
        )*
    };
}

of_all!(All CoalesceAll);

impl<R, C, U> Assigns<R, C> for AllExcept<U>
where
    U: Before<(), List: Holds<C, Answer: Not>>,
    R: Record<
        Columns: HoldsNamed<
            R::Table,
            C,
            Answer: And<<<U::List as Holds<C>>::Answer as Not>::Answer>,
        >,
    >,
{
    type Answer = <<R::Columns as HoldsNamed<R::Table, C>>::Answer as And<
        <<U::List as Holds<C>>::Answer as Not>::Answer,
    >>::Answer;
}

macro_rules! of_columns {
    ($($some:ident)*) => {
        $(
            impl<R, C, U, B> Assigns<R, C> for $some<U, B>
            where
                U: Before<(), List: Holds<C, Answer: OrAssigns<R, C, B>>>,
            {
                type Answer = <<U::List as Holds<C>>::Answer as OrAssigns<R, C, B>>::Answer;
            }
        )*
    };
}

of_columns!(Assign Coalesce Set);

/// This, or else what the action before says.
#[doc(hidden)]
pub trait OrAssigns<R, C, B> {
    /// The answer.
    type Answer;
}

impl<R, C, B> OrAssigns<R, C, B> for Yes {
    type Answer = Yes;
}

impl<R, C, B: Assigns<R, C>> OrAssigns<R, C, B> for No {
    type Answer = B::Answer;
}

/// A column or a tuple of columns, put before a list.
#[doc(hidden)]
pub trait Before<Rest> {
    /// The longer list.
    type List;
}

impl<Rest> Before<Rest> for () {
    type List = Rest;
}

impl<C, Rest> Before<Rest> for Column<C> {
    type List = (C, Rest);
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
    };
}

for_tuples!(lists);
