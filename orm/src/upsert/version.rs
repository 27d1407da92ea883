//! The check of a guard's version column.

use super::target::Supplied;
use super::update::{Assignable, NoKey, OfTheTable, OutsideTarget, Plain};
use crate::column::{Column, ColumnMeta};
use crate::guard::Version;
use crate::record::Record;
use crate::table::SameTable;

/// A column that can be the version of a guard.
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
