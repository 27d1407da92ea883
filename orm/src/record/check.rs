//! What the derive has the compiler check about records and columns.

use std::borrow::Cow;

use super::{Record, Supplies};
use crate::column::{Column, ColumnMeta};
use crate::table::{ColumnNamed, Table};

/// A record's field is a column of its table, and of its type.
pub const fn check_field<V, T, const HASH: u64>()
where
    V: FieldOf<T, HASH>,
{
}

/// A record supplies every column that has no value without it.
pub const fn check_complete<R>()
where
    R: Record<Table: Table<Required: ProvidedBy<R>>>,
{
}

/// A foreign key has the type of the column that it points to.
pub const fn check_reference<A, B>(_from: Column<A>, _to: Column<B>)
where
    A: ColumnMeta,
    B: ColumnMeta,
    A::Bare: PointsTo<B::Bare>,
{
}

/// The type can be the field of a record for the column of this name.
pub trait FieldOf<T, const HASH: u64> {}

impl<V, T, const HASH: u64> FieldOf<T, HASH> for V
where
    T: ColumnNamed<HASH>,
    V: FitsColumn<<T::Column as ColumnMeta>::Value>,
{
}

/// A value of this type can be stored in a column of type `C`.
#[diagnostic::on_unimplemented(
    message = "a column of type `{C}` cannot be supplied as `{Self}`",
    label = "the column's type is `{C}`",
    note = "use the column's type, or a reference to it; `&str`, `&[u8]` and `Cow` work too"
)]
pub trait FitsColumn<C> {}

impl<V> FitsColumn<V> for V {}
impl<V> FitsColumn<V> for &V {}
impl<V> FitsColumn<Option<V>> for V {}
impl<V> FitsColumn<Option<V>> for &V {}
impl<V> FitsColumn<Option<V>> for Option<&V> {}
impl FitsColumn<String> for Cow<'_, str> {}
impl FitsColumn<Option<String>> for Cow<'_, str> {}
impl FitsColumn<Vec<u8>> for Cow<'_, [u8]> {}
impl FitsColumn<String> for &str {}
impl FitsColumn<Option<String>> for &str {}
impl FitsColumn<Option<String>> for Option<&str> {}
impl FitsColumn<Option<String>> for Option<Cow<'_, str>> {}
impl FitsColumn<Vec<u8>> for &[u8] {}
impl FitsColumn<Option<Vec<u8>>> for &[u8] {}
impl FitsColumn<Option<Vec<u8>>> for Option<&[u8]> {}

/// Every column of the list is provided by the record.
pub trait ProvidedBy<R> {}

impl<R> ProvidedBy<R> for () {}

impl<R, C, Rest> ProvidedBy<R> for (C, Rest)
where
    (): Provided<R, C>,
    Rest: ProvidedBy<R>,
{
}

/// The column is provided by the record.
#[diagnostic::on_unimplemented(
    message = "the record `{R}` leaves out the column `{C}`, which has no value without it",
    label = "`{C}` is missing",
    note = "add the field; only `auto`, `default`, `generated` and `Option` columns can be left out"
)]
pub trait Provided<R, C> {}

#[diagnostic::do_not_recommend]
impl<R: Supplies<C::Name>, C: ColumnMeta> Provided<R, C> for () {}

/// A value of this type can be a foreign key to a column of type `B`.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot point to a column of type `{B}`",
    label = "the column pointed to is `{B}`",
    note = "give both columns the same type; an `Option` of it may be `NULL` and point nowhere"
)]
pub trait PointsTo<B> {}

impl<V> PointsTo<V> for V {}
