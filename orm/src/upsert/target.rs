//! Which key a record conflicts on, and the checks of it.

use std::marker::PhantomData;

use super::update::Undecided;
use crate::stmt::Target;
use crate::table::SameTable;
use crate::table::column::ColumnMeta;
use crate::table::column::index::{No, Yes};
use crate::table::key::{AtOnce, NamesColumns, OnExpression, UniqueKey};
use crate::table::record::{Record, Supplies};

/// No key has been named yet.
#[derive(Debug)]
pub struct NoTarget;

/// Whichever key conflicts.
#[derive(Debug)]
pub struct AnyKey;

/// The key that this names: a column, a tuple of columns, or the constant of a key.
#[derive(Debug)]
pub struct On<T>(PhantomData<fn() -> T>);

/// Names a unique key that a record of `R` supplies: what
/// [`on_conflict`](super::Upsert::on_conflict) takes. `K` is it again.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name a unique key",
    label = "not a key",
    note = "name a unique column, a tuple of the columns of a key, or the constant of a key"
)]
pub trait ConflictTarget<R: Record, K> {}

impl<R, T> ConflictTarget<R, T::Itself> for T
where
    R: Record,
    T: NamesColumns,
    T::Itself: UniqueKey,
    (): SameTable<R::Table, TableOf<T>>,
    (): CheckedAtOnce<
            <T::Itself as UniqueKey>::Checked,
            <() as SameTable<R::Table, TableOf<T>>>::Holds,
        >,
    <T::Itself as UniqueKey>::Columns:
        SuppliedBy<R, <() as SameTable<R::Table, TableOf<T>>>::Holds>,
{
}

type TableOf<T> = <<T as NamesColumns>::Itself as UniqueKey>::Table;

/// No action has been named yet: what may be updated depends on the target.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the conflict target comes before what happens on a conflict",
    label = "comes too late",
    note = "call `.on_conflict(..)` before `.update(..)`, `.update_all()` and `.do_nothing()`"
)]
pub trait TargetFirst {}

#[diagnostic::do_not_recommend]
impl TargetFirst for Undecided {}

/// No action has been named yet: whether it may skip the record depends on the guard.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`unguarded` comes before what happens on a conflict",
    label = "comes too late",
    note = "call it right after `.upsert()`"
)]
pub trait GuardFirst {}

#[diagnostic::do_not_recommend]
impl GuardFirst for Undecided {}

/// A target has been named.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this upsert has no conflict target yet",
    label = "needs a conflict target first",
    note = "call `.on_conflict(..)` with a unique key, or `.on_primary_key()`, before it"
)]
pub trait Targeted {
    /// The target.
    fn target() -> Target;
}

#[diagnostic::do_not_recommend]
impl Targeted for AnyKey {
    fn target() -> Target {
        Target::Any
    }
}

#[diagnostic::do_not_recommend]
impl<T: UniqueKey> Targeted for On<T> {
    fn target() -> Target {
        Target::Key(T::AT)
    }
}

/// Every column of the list is supplied by the record.
#[doc(hidden)]
pub trait SuppliedBy<R, Before> {}

impl<R, Before> SuppliedBy<R, Before> for () {}

impl<R, C, Rest, Before> SuppliedBy<R, Before> for (C, Rest)
where
    (): Supplied<R, C, Before>,
    Rest: SuppliedBy<R, Before>,
{
}

/// The column is supplied by the record.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{R}` does not supply the column `{C}`",
    label = "not supplied by `{R}`",
    note = "add the field to the record; a value that is not supplied would silently be the column's default"
)]
pub trait Supplied<R, C, Before> {}

#[diagnostic::do_not_recommend]
impl<R: Supplies<C::Name>, C: ColumnMeta> Supplied<R, C, Yes> for () {}

#[diagnostic::do_not_recommend]
impl<R, C> Supplied<R, C, No> for () {}

/// The key is checked by each statement.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a deferrable key cannot be a conflict target",
    label = "checked at commit only",
    note = "declare the key without `deferrable`"
)]
pub trait CheckedAtOnce<Checked, Before> {}

#[diagnostic::do_not_recommend]
impl<Checked: IsAtOnce> CheckedAtOnce<Checked, Yes> for () {}

#[diagnostic::do_not_recommend]
impl<Checked> CheckedAtOnce<Checked, No> for () {}

/// Checked by each statement.
#[doc(hidden)]
pub trait IsAtOnce {}

impl IsAtOnce for AtOnce {}

impl IsAtOnce for OnExpression {}
