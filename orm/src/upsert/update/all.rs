//! `update_all`: whether it can follow, and whether it finds anything to update.

use super::{KnowsItsRow, list::Holds};
use crate::column::index::{And, No, Not, Yes};
use crate::column::{ColumnMeta, Name, role};
use crate::key::UniqueKey;
use crate::record::Record;
use crate::table::ColumnNamed;
use crate::upsert::target::{AnyKey, NoTarget, On};

/// `update_all` can follow, and finds something to update.
#[doc(hidden)]
pub trait UpdateAll<R: Record, K> {}

impl<R: Record, K, A: super::NothingSaid> UpdateAll<R, K> for A
where
    (): KnowsItsRow<K>,
    (): SomethingToUpdate<R, K, A::Holds>,
{
}

/// A column is left that may be updated.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`update_all` would update nothing: every column of `{R}` is a key, generated or insert-only",
    label = "nothing to update",
    note = "say `.do_nothing()` to keep the stored row"
)]
pub trait SomethingToUpdate<R, K, Checked> {}

#[diagnostic::do_not_recommend]
impl<R, K> SomethingToUpdate<R, K, Yes> for () where
    R: Record<Columns: AnyAssignable<R::Table, K, Answer = Yes>>
{
}

#[diagnostic::do_not_recommend]
impl<R, K> SomethingToUpdate<R, K, No> for () {}

/// Whether a list of names has a column that an upsert may update.
#[doc(hidden)]
pub trait AnyAssignable<T, K> {
    /// The answer.
    type Answer;
}

impl<T, K> AnyAssignable<T, K> for () {
    type Answer = No;
}

impl<T, K, const HASH: u64, Rest> AnyAssignable<T, K> for (Name<HASH>, Rest)
where
    T: ColumnNamed<HASH>,
    T::Column: IsAssignable<K>,
    <T::Column as IsAssignable<K>>::Answer: OrAnyOf<T, K, Rest>,
{
    type Answer = <<T::Column as IsAssignable<K>>::Answer as OrAnyOf<T, K, Rest>>::Answer;
}

/// This, or else what the rest of the list says.
#[doc(hidden)]
pub trait OrAnyOf<T, K, Rest> {
    /// The answer.
    type Answer;
}

impl<T, K, Rest> OrAnyOf<T, K, Rest> for Yes {
    type Answer = Yes;
}

impl<T, K, Rest: AnyAssignable<T, K>> OrAnyOf<T, K, Rest> for No {
    type Answer = Rest::Answer;
}

/// Whether an upsert on this key may update the column.
#[doc(hidden)]
pub trait IsAssignable<K> {
    /// The answer.
    type Answer;
}

impl<C, T: UniqueKey> IsAssignable<On<T>> for C
where
    C: ColumnMeta<Role: IsPlain>,
    T::Columns: Holds<C, Answer: Not>,
    <C::Role as IsPlain>::Answer: And<<<T::Columns as Holds<C>>::Answer as Not>::Answer>,
{
    type Answer = <<C::Role as IsPlain>::Answer as And<
        <<T::Columns as Holds<C>>::Answer as Not>::Answer,
    >>::Answer;
}

impl<C: ColumnMeta> IsAssignable<NoTarget> for C {
    type Answer = Yes;
}

impl<C: ColumnMeta> IsAssignable<AnyKey> for C {
    type Answer = Yes;
}

/// Whether a role lets a column be updated.
#[doc(hidden)]
pub trait IsPlain {
    /// The answer.
    type Answer;
}

impl IsPlain for role::Plain {
    type Answer = Yes;
}

impl IsPlain for role::PrimaryKey {
    type Answer = No;
}

impl IsPlain for role::InsertOnly {
    type Answer = No;
}

impl IsPlain for role::Generated {
    type Answer = No;
}
