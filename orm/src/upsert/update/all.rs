//! `update_all`: whether it can follow, and whether it finds anything to update.

use super::KnowsItsRow;
use super::list::{Before, Holds};
use crate::table::column::index::{And, No, Not, Yes};
use crate::table::column::{
    Column, ColumnMeta, ColumnOrTuple, Columns, Name, OnlyColumns, SomeColumns, role,
};
use crate::table::key::UniqueKey;
use crate::table::record::Record;
use crate::table::{ColumnNamed, SameTable};
use crate::upsert::target::{AnyKey, NoTarget, On};

/// `update_all` can follow, and finds something to update.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this upsert has an action already",
    label = "a second action",
    note = "`do_nothing` and `get_or_insert` stand alone; `update_all`, `update_except` and `coalesce_all` come before `update`, `set` and `coalesce`"
)]
pub trait UpdateAll<R: Record, K> {}

impl<R: Record, K, A: super::NothingSaid> UpdateAll<R, K> for A
where
    (): KnowsItsRow<K>,
    (): SomethingToUpdate<R, K, A::Holds>,
{
}

/// `update_except` can follow, and finds anything else to update.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column or a tuple of columns",
    label = "not a column",
    note = "name columns by their constants: `User::NAME` or `(User::NAME, User::AGE)`"
)]
pub trait UpdateAllExcept<R: Record, K, A, U> {}

impl<R, K, A, T, U> UpdateAllExcept<R, K, A, U> for T
where
    R: Record,
    A: super::NothingSaid,
    T: OfTable<R::Table, U>,
    (): KnowsItsRow<K>,
    (): SomethingElseToUpdate<R, K, U, A::Holds>,
{
}

/// Columns of a table: `U` is they again.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column or a tuple of columns",
    label = "not a column",
    note = "name columns by their constants: `User::NAME` or `(User::NAME, User::AGE)`"
)]
pub trait OfTable<T, U> {}

impl<T, U> OfTable<T, Columns<U>> for U where
    U: ColumnOrTuple + OnlyColumns<U::Form> + EachOfTable<T, U::Form>
{
}

/// The check, column by column.
pub trait EachOfTable<T, Form> {}

impl<T, U, C: ColumnMeta> EachOfTable<T, Column<C>> for U where (): SameTable<T, C::Table> {}

macro_rules! of_table {
    ($first:ident $($rest:ident)*) => {
        impl<T, $first, $($rest),*> EachOfTable<T, SomeColumns> for ($first, $($rest),*)
        where
            $first: ColumnOrTuple + EachOfTable<T, $first::Form>,
            $($rest: ColumnOrTuple + EachOfTable<T, $rest::Form>,)*
        {
        }
    };
}

for_tuples!(of_table);

/// A column is left that may be updated and is not excepted.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`update_except` would update nothing: no other column of `{R}` may be updated",
    label = "nothing else to update",
    note = "say `.do_nothing()` to keep the stored row, or `.get_or_insert()` to get it"
)]
pub trait SomethingElseToUpdate<R, K, U, Checked> {}

#[diagnostic::do_not_recommend]
impl<R, K, U> SomethingElseToUpdate<R, K, U, Yes> for ()
where
    U: Before<()>,
    R: Record<Columns: AnyAssignable<R::Table, K, U::List, Answer = Yes>>,
{
}

#[diagnostic::do_not_recommend]
impl<R, K, U> SomethingElseToUpdate<R, K, U, No> for () {}

/// A column is left that may be updated.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`update_all` would update nothing: every column of `{R}` is a key, generated or insert-only",
    label = "nothing to update",
    note = "say `.do_nothing()` to keep the stored row, or `.get_or_insert()` to get it"
)]
pub trait SomethingToUpdate<R, K, Checked> {}

#[diagnostic::do_not_recommend]
impl<R, K> SomethingToUpdate<R, K, Yes> for () where
    R: Record<Columns: AnyAssignable<R::Table, K, (), Answer = Yes>>
{
}

#[diagnostic::do_not_recommend]
impl<R, K> SomethingToUpdate<R, K, No> for () {}

/// Whether a list of names has a column that an upsert may update, other than these.
#[doc(hidden)]
pub trait AnyAssignable<T, K, Except> {
    /// The answer.
    type Answer;
}

impl<T, K, Except> AnyAssignable<T, K, Except> for () {
    type Answer = No;
}

/// A long list is a list of lists.
impl<T, K, Except, A, B, Rest> AnyAssignable<T, K, Except> for ((A, B), Rest)
where
    (A, B): AnyAssignable<T, K, Except>,
    <(A, B) as AnyAssignable<T, K, Except>>::Answer: OrAnyOf<T, K, Except, Rest>,
{
    type Answer =
        <<(A, B) as AnyAssignable<T, K, Except>>::Answer as OrAnyOf<T, K, Except, Rest>>::Answer;
}

impl<T, K, Except, const HASH: u64, Rest> AnyAssignable<T, K, Except> for (Name<HASH>, Rest)
where
    T: ColumnNamed<Name<HASH>>,
    T::Column: IsAssignable<K, Answer: And<NotAmong<Except, T::Column>>>,
    Except: Holds<T::Column, Answer: Not>,
    <<T::Column as IsAssignable<K>>::Answer as And<NotAmong<Except, T::Column>>>::Answer:
        OrAnyOf<T, K, Except, Rest>,
{
    type Answer = <<<T::Column as IsAssignable<K>>::Answer as And<
        NotAmong<Except, T::Column>,
    >>::Answer as OrAnyOf<T, K, Except, Rest>>::Answer;
}

type NotAmong<List, C> = <<List as Holds<C>>::Answer as Not>::Answer;

/// This, or else what the rest of the list says.
#[doc(hidden)]
pub trait OrAnyOf<T, K, Except, Rest> {
    /// The answer.
    type Answer;
}

impl<T, K, Except, Rest> OrAnyOf<T, K, Except, Rest> for Yes {
    type Answer = Yes;
}

impl<T, K, Except, Rest: AnyAssignable<T, K, Except>> OrAnyOf<T, K, Except, Rest> for No {
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
    T::Fixed: Holds<C, Answer: Not>,
    <C::Role as IsPlain>::Answer: And<<<T::Fixed as Holds<C>>::Answer as Not>::Answer>,
{
    type Answer = <<C::Role as IsPlain>::Answer as And<
        <<T::Fixed as Holds<C>>::Answer as Not>::Answer,
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
