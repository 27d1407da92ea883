//! The checks of version columns.

use super::target::{Supplied, SuppliedBy};
use super::update::{Assignable, OutsideTarget};
use crate::table::SameTable;
use crate::table::column::index::Yes;
use crate::table::column::{Column, ColumnMeta, ColumnOrTuple, Columns, OnlyColumns, SomeColumns};
use crate::table::guard::{Guard, Version};
use crate::table::record::Record;

/// A column or a tuple of columns that can be the version of a guard: `V` is it again.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column or a tuple of columns",
    label = "not a column",
    note = "name columns by their constants: `User::NAME` or `(User::NAME, User::AGE)`"
)]
pub trait VersionColumn<R: Record, K, V> {}

impl<R, K, V> VersionColumn<R, K, Columns<V>> for V
where
    R: Record,
    V: ColumnOrTuple + OnlyColumns<V::Form> + Versioned<R, K, V::Form>,
{
}

/// The checks, column by column.
#[diagnostic::on_unimplemented(
    message = "more than sixteen columns cannot be the version of a guard",
    label = "too many columns",
    note = "compare with the first sixteen of them"
)]
pub trait Versioned<R: Record, K, Form> {}

impl<R, K, V, C, Of, Plain, NoKey> Versioned<R, K, Column<C>> for V
where
    R: Record,
    C: ColumnMeta<Bare: Version>,
    (): SameTable<R::Table, C::Table, Holds = Of>,
    (): Assignable<C, Of, Holds = Plain>,
    (): OutsideTarget<K, C, Plain, Holds = NoKey>,
    (): Supplied<R, C, NoKey>,
{
}

macro_rules! tuples {
    ($($version:ident)+) => {
        impl<R, K, $($version),+> Versioned<R, K, SomeColumns> for ($($version,)+)
        where
            R: Record,
            $($version: ColumnOrTuple + Versioned<R, K, $version::Form>,)+
        {
        }
    };
}

for_tuples!(tuples);

/// The record supplies the versions of a guard that its table declares.
#[doc(hidden)]
pub trait GuardOf<R> {}

impl<R, G: Guard<Declared: SuppliedBy<R, Yes>>> GuardOf<R> for G {}
