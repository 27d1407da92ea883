//! What the derive has the compiler check about records and columns.

use std::borrow::Cow;

use crate::table::ColumnNamed;
use crate::table::column::{Column, ColumnMeta, role};
use crate::table::key::{AtOnce, KeyMeta, KeyOn};

pub mod asked;
mod foreign_key;
mod left_out;

pub use foreign_key::foreign_key;
pub use left_out::{LeftOut, check_complete};

/// A foreign key has the type of the column that it points to, and that column alone tells a row.
pub const fn check_reference<A: PointsTo<B>, B>(_from: Column<A>, _to: Column<B>) {}

/// The type can be the field of a struct that is read, for the column of this name.
pub trait ReadsField<V, N> {}

impl<V, T, N> ReadsField<V, N> for T
where
    (): HasColumn<T, N>,
    V: HoldsColumn<<() as HasColumn<T, N>>::Value>,
{
}

/// A column of type `C` can be read as this type.
#[diagnostic::on_unimplemented(
    message = "a column of type `{C}` cannot be read as `{Self}`",
    label = "the column's type is `{C}`",
    note = "give the field the column's type"
)]
pub trait HoldsColumn<C> {}

#[diagnostic::do_not_recommend]
impl<V> HoldsColumn<V> for V {}
// With one impl alone the compiler would complain in its own words.
#[diagnostic::do_not_recommend]
impl<V> HoldsColumn<Unlike<V>> for V {}

/// The type can be the field of a record for the column of this name.
///
/// What it demands is demanded of other types than `T`, or its sentence would hide theirs.
pub trait TakesField<V, N> {}

impl<V, T, N> TakesField<V, N> for T
where
    (): HasColumn<T, N>,
    <() as HasColumn<T, N>>::Role: Writable,
    V: FitsColumn<<() as HasColumn<T, N>>::Value>,
{
}

/// The table has a column of this name.
#[diagnostic::on_unimplemented(
    message = "`{T}` has no column of this name",
    label = "no such column",
    note = "a field of a record is a column of its table; `#[column(name = \"..\")]` where the names differ"
)]
pub trait HasColumn<T, N> {
    /// Its role.
    type Role;
    /// Its type.
    type Value;
}

#[diagnostic::do_not_recommend]
impl<T: ColumnNamed<N>, N> HasColumn<T, N> for () {
    type Role = <T::Column as ColumnMeta>::Role;
    type Value = <T::Column as ColumnMeta>::Value;
}

/// Records may supply columns of this role.
#[diagnostic::on_unimplemented(
    message = "a generated column cannot be supplied",
    label = "computed by the database",
    note = "take the field out of the record"
)]
pub trait Writable {}

#[diagnostic::do_not_recommend]
impl Writable for role::Plain {}
#[diagnostic::do_not_recommend]
impl Writable for role::PrimaryKey {}
#[diagnostic::do_not_recommend]
impl Writable for role::InsertOnly {}

/// A value of this type can be stored in a column of type `C`.
#[diagnostic::on_unimplemented(
    message = "a column of type `{C}` cannot be supplied as `{Self}`",
    label = "the column's type is `{C}`",
    note = "use the column's type, or a reference to it; `&str`, `&[u8]` and `Cow` work too"
)]
pub trait FitsColumn<C> {}

#[diagnostic::do_not_recommend]
impl<V> FitsColumn<V> for V {}
#[diagnostic::do_not_recommend]
impl<V> FitsColumn<V> for &V {}
#[diagnostic::do_not_recommend]
impl<V> FitsColumn<Option<V>> for V {}
#[diagnostic::do_not_recommend]
impl<V> FitsColumn<Option<V>> for &V {}
#[diagnostic::do_not_recommend]
impl<V> FitsColumn<Option<V>> for Option<&V> {}
#[diagnostic::do_not_recommend]
impl FitsColumn<String> for Cow<'_, str> {}
#[diagnostic::do_not_recommend]
impl FitsColumn<Option<String>> for Cow<'_, str> {}
#[diagnostic::do_not_recommend]
impl FitsColumn<Vec<u8>> for Cow<'_, [u8]> {}
#[diagnostic::do_not_recommend]
impl FitsColumn<String> for &str {}
#[diagnostic::do_not_recommend]
impl FitsColumn<Option<String>> for &str {}
#[diagnostic::do_not_recommend]
impl FitsColumn<Option<String>> for Option<&str> {}
#[diagnostic::do_not_recommend]
impl FitsColumn<Option<String>> for Option<Cow<'_, str>> {}
#[diagnostic::do_not_recommend]
impl FitsColumn<Option<Vec<u8>>> for Cow<'_, [u8]> {}
#[diagnostic::do_not_recommend]
impl FitsColumn<Option<Vec<u8>>> for Option<Cow<'_, [u8]>> {}
#[diagnostic::do_not_recommend]
impl<V> FitsColumn<Vec<V>> for &[V] {}
#[diagnostic::do_not_recommend]
impl<V> FitsColumn<Option<Vec<V>>> for &[V] {}
#[diagnostic::do_not_recommend]
impl<V> FitsColumn<Option<Vec<V>>> for Option<&[V]> {}

/// The column can be a foreign key to the column `B`.
pub trait PointsTo<B> {}

impl<A: ColumnMeta<Bare = V>, B: ColumnMeta<Bare = W>, V, W> PointsTo<B> for A where
    (): SameType<V, W> + TellsRows<B::Table, B, Checked: ByEachStatement>
{
}

/// The column alone is a unique key. Both databases ask for one behind a foreign key: PostgreSQL refuses the
/// foreign key without it, and SQLite makes it and refuses what is done to the table pointed to.
#[diagnostic::on_unimplemented(
    message = "no foreign key can point to `{C}`, which is not a unique key of `{T}`",
    label = "not a unique key",
    note = "point to the primary key, or declare the column pointed to with `#[column(unique)]`; part of a \
            key is not enough, nor is a key with a filter or an expression"
)]
pub trait TellsRows<T, C> {
    /// When the key is checked.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<T: KeyOn<(C,)>, C> TellsRows<T, C> for () {
    type Checked = <T::Key as KeyMeta>::Checked;
}

// With one impl alone the compiler would show it.
#[diagnostic::do_not_recommend]
impl<C> TellsRows<Unlike<C>, C> for () {
    type Checked = AtOnce;
}

/// A key that is checked by each statement.
#[diagnostic::on_unimplemented(
    message = "no foreign key can point to a column whose unique key is deferrable",
    label = "its key is checked at commit only",
    note = "declare the key without `deferrable`, or point to another one"
)]
pub trait ByEachStatement {}

#[diagnostic::do_not_recommend]
impl ByEachStatement for AtOnce {}
// With one impl alone the compiler would show it.
#[diagnostic::do_not_recommend]
impl ByEachStatement for Unlike<AtOnce> {}

/// Both are the same type.
#[diagnostic::on_unimplemented(
    message = "a column of type `{V}` cannot point to a column of type `{W}`",
    label = "the column pointed to is `{W}`",
    note = "give both columns the same type; an `Option` of it may be `NULL` and point nowhere"
)]
pub trait SameType<V, W> {}

#[diagnostic::do_not_recommend]
impl<V> SameType<V, V> for () {}

// With one impl alone the compiler would take it before it knows the types, and complain about them
// in its own words.
#[diagnostic::do_not_recommend]
impl<V> SameType<V, Unlike<V>> for () {}

/// No column's type.
#[derive(Debug)]
pub struct Unlike<V>(std::marker::PhantomData<fn() -> V>);
