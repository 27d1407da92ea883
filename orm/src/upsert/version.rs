//! The checks of version columns.

use super::target::Supplied;
use super::update::{Assignable, NoKey, OfTheTable, OutsideTarget, Plain};
use crate::column::index::Yes;
use crate::column::{Column, ColumnMeta};
use crate::guard::{KeepNewer, KeepNewest, NoGuard, SkipUnchanged, Version};
use crate::record::Record;
use crate::table::SameTable;

/// A column that can be the version of a guard.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column or a tuple of columns",
    label = "not a column",
    note = "name columns by their constants: `User::NAME` or `(User::NAME, User::AGE)`"
)]
pub trait VersionColumn<R: Record, K> {}

impl<R, K, C> VersionColumn<R, K> for Column<C>
where
    R: Record,
    C: ColumnMeta<Bare: Version>,
    (): SameTable<R::Table, C::Table>,
    (): Assignable<C, OfTheTable<R, C>>,
    (): OutsideTarget<K, C, Plain<R, C>>,
    (): Supplied<R, C, NoKey<R, K, C>>,
{
}

macro_rules! tuples {
    ($($version:ident)+) => {
        impl<R: Record, K, $($version: VersionColumn<R, K>),+> VersionColumn<R, K> for ($($version,)+) {}

        impl<R, $($version: SuppliedVersion<R>),+> SuppliedVersion<R> for ($($version,)+) {}
    };
}

tuples!(A B);
tuples!(A B C);
tuples!(A B C D);

/// The record supplies the versions of a guard that its table declares.
#[doc(hidden)]
pub trait GuardOf<R> {}

#[diagnostic::do_not_recommend]
impl<R> GuardOf<R> for NoGuard {}

#[diagnostic::do_not_recommend]
impl<R, Before: GuardOf<R>> GuardOf<R> for SkipUnchanged<Before> {}

impl<R, V: SuppliedVersion<R>, Before: GuardOf<R>> GuardOf<R> for KeepNewest<V, Before> {}

impl<R, V: SuppliedVersion<R>, Before: GuardOf<R>> GuardOf<R> for KeepNewer<V, Before> {}

/// The record supplies these versions.
#[doc(hidden)]
pub trait SuppliedVersion<R> {}

impl<R, C: ColumnMeta> SuppliedVersion<R> for Column<C> where (): Supplied<R, C, Yes> {}
