//! Whether the tables that an expression mentions are those of its statement.

use super::{AnyTable, Group, Named, OldNew, Outer, OverRows, Source};
use crate::table::Table;
use crate::table::column::index::{No, SameId, Yes};
use crate::table::column::{Never, Nullness};

/// An expression that mentions these tables can stand in a statement over `S`.
///
/// `Self` are the tables of the expression: they are known later than the statement, so that the compiler does
/// not take the only impl there is before it knows them, and complain in its own words.
#[doc(hidden)]
pub trait Within<S> {}

#[diagnostic::do_not_recommend]
impl<T: Table> Within<T> for T {}

#[diagnostic::do_not_recommend]
impl<T> Within<OldNew<T>> for OldNew<T> {}

#[diagnostic::do_not_recommend]
impl<S, T: Table + Within<S>> Within<S> for Option<T> {}

#[diagnostic::do_not_recommend]
impl<S> Within<S> for AnyTable {}

#[diagnostic::do_not_recommend]
impl<S> Within<S> for Named<S> {}

#[diagnostic::do_not_recommend]
impl<S, T: Within<S>> Within<Group<S>> for Group<T> {}

#[diagnostic::do_not_recommend]
impl<S, T: Within<S>> Within<S> for OverRows<T> {}

/// No window function is in it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a window function cannot stand in a condition or a group",
    label = "has a window function in it",
    note = "the database computes windows of the rows that are left; select it by `columns`, or order by it"
)]
pub trait NoWindow {}

#[diagnostic::do_not_recommend]
impl<T: Table> NoWindow for T {}

#[diagnostic::do_not_recommend]
impl<T: Table> NoWindow for Option<T> {}

#[diagnostic::do_not_recommend]
impl NoWindow for AnyTable {}

#[diagnostic::do_not_recommend]
impl<S> NoWindow for Outer<S> {}

#[diagnostic::do_not_recommend]
impl<S> NoWindow for Named<S> {}

#[diagnostic::do_not_recommend]
impl<T> NoWindow for OldNew<T> {}

#[diagnostic::do_not_recommend]
impl<S: NoWindow> NoWindow for Group<S> {}

/// A column of a query over `S`, or an aggregate of all of its rows.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is of `{Self}`, and not of `{S}`",
    label = "not of `{S}`",
    note = "name a column of the query's tables, or an aggregate of one"
)]
pub trait OneOf<S> {
    /// Whether it is of all rows.
    const OF_ALL: bool;
}

impl<S, T: Within<S>> OneOf<S> for Group<T> {
    const OF_ALL: bool = true;
}

impl<S, T: Table + Within<S>> OneOf<S> for T {
    const OF_ALL: bool = false;
}

impl<S, A: Within<S>, B: Within<S>> OneOf<S> for (A, B) {
    const OF_ALL: bool = false;
}

impl<S> OneOf<S> for Named<S> {
    const OF_ALL: bool = false;
}

impl<S> OneOf<S> for AnyTable {
    const OF_ALL: bool = false;
}

/// Whether the rows of what `Other` mentions may be missing in a statement over `Self`. It always holds, also
/// where they are not in it, so that the compiler speaks of that.
#[doc(hidden)]
pub trait MayMiss<Other> {
    /// Whether.
    type Null: Nullness;
}

impl<T: Table, Other> MayMiss<Other> for T {
    type Null = Never;
}

// What is said of a group says itself whether it may be `NULL`.
impl<S, Other> MayMiss<Other> for Group<S> {
    type Null = Never;
}

/// The same of a list of tables.
#[doc(hidden)]
pub trait MissedIn<List> {
    /// Whether.
    type Null: Nullness;
}

impl<T: Table, List: Find<T>> MissedIn<List> for T {
    type Null = List::Null;
}

impl<List> MissedIn<List> for AnyTable {
    type Null = Never;
}

impl<S, List> MissedIn<List> for Named<S> {
    type Null = Never;
}

impl<S, List> MissedIn<List> for Outer<S> {
    type Null = Never;
}

// It says itself whether it may be `NULL`.
impl<S, List> MissedIn<List> for OverRows<S> {
    type Null = Never;
}

impl<S, List> MissedIn<List> for Group<S> {
    type Null = Never;
}

impl<T, List> MissedIn<List> for OldNew<T> {
    type Null = Never;
}

impl<A: MissedIn<List>, B: MissedIn<List>, List> MissedIn<List> for (A, B) {
    type Null = <A::Null as Nullness>::Or<B::Null>;
}

/// The first table of a list that is this one. It always holds.
#[doc(hidden)]
pub trait Find<T> {
    /// It, where it is there.
    type Found;
    /// Whether its row may be missing.
    type Null: Nullness;
}

/// No table.
#[doc(hidden)]
#[derive(Debug)]
pub struct NotThere;

impl<T> Find<T> for () {
    type Found = NotThere;
    type Null = Never;
}

impl<T: Table, H: Source, Rest> Find<T> for (H, Rest)
where
    <H::Table as Table>::Id: SameId<T::Id, Answer: Pick<T, H, Rest>>,
{
    type Found = <SameTables<H, T> as Pick<T, H, Rest>>::Found;
    type Null = <SameTables<H, T> as Pick<T, H, Rest>>::Null;
}

type SameTables<H, T> = <<<H as Source>::Table as Table>::Id as SameId<<T as Table>::Id>>::Answer;

/// Whether it is the first of the list or of those behind it.
#[doc(hidden)]
pub trait Pick<T, H, Rest> {
    /// See [`Find`].
    type Found;
    /// See [`Find`].
    type Null: Nullness;
}

// The digits only lead to it: that it is this table is asked where it matters.
impl<T, H: Source, Rest> Pick<T, H, Rest> for Yes {
    type Found = H::Table;
    type Null = H::Null;
}

impl<T, H, Rest: Find<T>> Pick<T, H, Rest> for No {
    type Found = Rest::Found;
    type Null = Rest::Null;
}

macro_rules! tuples {
    (@list) => { () };
    (@list $first:ident $($rest:ident)*) => { ($first, tuples!(@list $($rest)*)) };
    ($($table:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<T: Table, $($table: Source),+> Within<($($table,)+)> for T where
            tuples!(@list $($table)+): Find<T, Found = T>
        {
        }

        impl<$($table: Source,)+ Other: MissedIn<tuples!(@list $($table)+)>> MayMiss<Other>
            for ($($table,)+)
        {
            type Null = Other::Null;
        }

        #[diagnostic::do_not_recommend]
        impl<$($table: NoWindow),+> NoWindow for ($($table,)+) {}

        // Of several tables each has to be there.
        #[diagnostic::do_not_recommend]
        impl<S, $($table: Within<S>),+> Within<S> for ($($table,)+) {}
    };
}

tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);
