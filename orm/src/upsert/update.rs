//! Which columns of the stored row are updated, and the checks of it.

use std::marker::PhantomData;

use super::target::{AnyKey, NoTarget, On, Supplied};
use crate::table::SameTable;
use crate::table::column::index::{No, Yes};
use crate::table::column::{
    Column, ColumnMeta, ColumnOrTuple, Columns, OnlyColumns, SomeColumns, role,
};
use crate::table::key::UniqueKey;
use crate::table::record::Record;

mod all;
mod list;
mod set;

pub use all::{
    EachOfTable, OfTable, SomethingElseToUpdate, SomethingToUpdate, UpdateAll, UpdateAllExcept,
};
pub use list::{Assigns, Before, Holds};
pub use set::{IntoValue, Settable};

/// No action has been named yet.
#[derive(Debug)]
pub struct Undecided;

/// The stored row stays.
#[derive(Debug)]
pub struct DoNothing;

/// The stored row stays, and is given back.
#[derive(Debug)]
pub struct GetOrInsert;

/// These columns are updated, and those before them.
#[derive(Debug)]
pub struct Assign<U, Before>(PhantomData<fn() -> (U, Before)>);

/// These columns are updated where the record has a value, and those before them.
#[derive(Debug)]
pub struct Coalesce<U, Before>(PhantomData<fn() -> (U, Before)>);

/// This column gets a value that is not the record's, after those before it.
#[derive(Debug)]
pub struct Set<C, Before>(PhantomData<fn() -> (C, Before)>);

/// Every column is updated that may be.
#[derive(Debug)]
pub struct All;

/// Every column is updated that may be, but these.
#[derive(Debug)]
pub struct AllExcept<U>(PhantomData<fn() -> U>);

/// Every column is updated that may be and for which the record has a value.
#[derive(Debug)]
pub struct CoalesceAll;

/// Columns that an upsert of `R` on the key `K` can update, after those of `Before`: `U` is they again.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column or a tuple of columns",
    label = "not a column",
    note = "name columns by their constants: `User::NAME` or `(User::NAME, User::AGE)`"
)]
pub trait Updatable<R: Record, K, Before, U> {}

impl<R, K, Before, U> Updatable<R, K, Before, Columns<U>> for U
where
    R: Record,
    U: ColumnOrTuple + OnlyColumns<U::Form> + UpdateSet<R, K, Before, U::Form>,
{
}

/// The checks, column by column; in a tuple each element stands for itself, so that the compiler points
/// at the wrong one.
pub trait UpdateSet<R: Record, K, Before, Form> {}

// Each check takes the outcome of the one before it, and is silent without, so that one mistake is one
// error.
// The outcomes are parameters, and no paths to them, so that the compiler looks for each of them once.
impl<R, K, Before, U, C, Of, Plain, NoKey, Once> UpdateSet<R, K, Before, Column<C>> for U
where
    R: Record,
    C: ColumnMeta,
    (): KnowsItsRow<K>,
    (): StillOpen<Before>,
    (): SameTable<R::Table, C::Table, Holds = Of>,
    (): Assignable<C, Of, Holds = Plain>,
    (): OutsideTarget<K, C, Plain, Holds = NoKey>,
    (): NotYet<R, C, Before, NoKey, Holds = Once>,
    (): Supplied<R, C, Once>,
{
}

/// The role of the column lets an upsert assign it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an upsert cannot update the column `{C}`",
    label = "cannot be updated",
    note = "primary-key, generated and insert-only columns keep their value; take it out of the update"
)]
pub trait Assignable<C, Checked> {
    /// `Yes`, and there only where it holds.
    type Holds;
}

#[diagnostic::do_not_recommend]
impl<C: ColumnMeta<Role: MayBeUpdated>> Assignable<C, Yes> for () {
    type Holds = <C::Role as MayBeUpdated>::Holds;
}

#[diagnostic::do_not_recommend]
impl<C> Assignable<C, No> for () {
    type Holds = No;
}

/// A role that lets an upsert assign the column.
#[doc(hidden)]
pub trait MayBeUpdated {
    /// `Yes`, and there only where it holds.
    type Holds;
}

impl MayBeUpdated for role::Plain {
    type Holds = Yes;
}

/// The column is not part of the conflict target.
#[doc(hidden)]
pub trait OutsideTarget<K, C, Checked> {
    /// `Yes`, and there only where it holds.
    type Holds;
}

impl<K: Leaves<C>, C: ColumnMeta> OutsideTarget<K, C, Yes> for () {
    type Holds = K::Holds;
}

#[diagnostic::do_not_recommend]
impl<K, C> OutsideTarget<K, C, No> for () {
    type Holds = No;
}

/// The action before lets others follow.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "after `do_nothing` and `get_or_insert` the stored row stays as it is",
    label = "nothing can be assigned here",
    note = "take one of the two out"
)]
pub trait StillOpen<Before> {}

#[diagnostic::do_not_recommend]
impl<Before: Open> StillOpen<Before> for () {}

/// An action that others can follow.
#[doc(hidden)]
pub trait Open {}

impl Open for Undecided {}
impl Open for All {}
impl Open for CoalesceAll {}
impl<U> Open for AllExcept<U> {}
impl<U, B> Open for Assign<U, B> {}
impl<U, B> Open for Coalesce<U, B> {}
impl<C, B> Open for Set<C, B> {}

/// The target decides which row is updated.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "after `on_any_conflict` there is no telling which row to update",
    label = "cannot follow `on_any_conflict`",
    note = "name the key with `.on_conflict(..)`, or keep the stored row with `.do_nothing()`"
)]
pub trait KnowsItsRow<K> {}

#[diagnostic::do_not_recommend]
impl<K: OneRow> KnowsItsRow<K> for () {}

/// At most one row has the key.
#[doc(hidden)]
pub trait OneRow {}

impl OneRow for NoTarget {}

impl<T> OneRow for On<T> {}

/// The target leaves the column to be updated.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the column `{C}` is part of the conflict target, so it has the same value already",
    label = "part of the conflict target",
    note = "take it out of the update; assigning it would only take a stronger lock on the row"
)]
pub trait Leaves<C> {
    /// `Yes`, and there only where it holds.
    type Holds;
}

#[diagnostic::do_not_recommend]
impl<C> Leaves<C> for NoTarget {
    type Holds = Yes;
}

// Refused as a whole by `KnowsItsRow`.
#[diagnostic::do_not_recommend]
impl<C> Leaves<C> for AnyKey {
    type Holds = Yes;
}

#[diagnostic::do_not_recommend]
impl<T: UniqueKey<Fixed: Holds<C, Answer: IsNo>>, C: ColumnMeta> Leaves<C> for On<T> {
    type Holds = <<T::Fixed as Holds<C>>::Answer as IsNo>::Holds;
}

/// The column has not been assigned yet.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the column `{C}` is assigned twice in this upsert",
    label = "assigned twice",
    note = "name each column once"
)]
pub trait NotYet<R, C, Before, Checked> {
    /// `Yes`, and there only where it holds.
    type Holds;
}

#[diagnostic::do_not_recommend]
impl<R, C, B> NotYet<R, C, B, Yes> for ()
where
    B: Assigns<R, C, Answer: IsNo>,
{
    type Holds = <B::Answer as IsNo>::Holds;
}

#[diagnostic::do_not_recommend]
impl<R, C, B> NotYet<R, C, B, No> for () {
    type Holds = No;
}

/// The answer is no.
#[doc(hidden)]
pub trait IsNo {
    /// `Yes`, and there only where it holds.
    type Holds;
}

impl IsNo for No {
    type Holds = Yes;
}

macro_rules! update_sets {
    ($($element:ident)+) => {
        update_sets!(@each [] Others; $($element)+; $($element)+);
    };
    // Each element is checked against the ones before it.
    (@each [$($bound:tt)*] $before:ty; $next:ident $($rest:ident)*; $($all:ident)+) => {
        update_sets!(
            @each [$($bound)* $next: ColumnOrTuple + UpdateSet<R, K, $before, $next::Form>,]
            Assign<<$next as ColumnOrTuple>::Itself, $before>;
            $($rest)*; $($all)+
        );
    };
    (@each [$($bound:tt)*] $before:ty; ; $($all:ident)+) => {
        impl<R: Record, K, Others, $($all),+> UpdateSet<R, K, Others, SomeColumns> for ($($all,)+)
        where
            $($bound)*
        {
        }
    };
}

for_tuples!(update_sets);

/// Nothing has been said about an action yet.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this upsert has an action already",
    label = "a second action",
    note = "`do_nothing` and `get_or_insert` stand alone; `update_all`, `update_except` and `coalesce_all` come before `update`, `set` and `coalesce`"
)]
pub trait NothingSaid {
    /// `Yes`, and there only where it holds.
    type Holds;
}

#[diagnostic::do_not_recommend]
impl NothingSaid for Undecided {
    type Holds = Yes;
}
