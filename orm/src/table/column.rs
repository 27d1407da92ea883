//! Columns: one constant and one marker type each, and what a marker says about its column.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::schema::{self, ColumnDef, ForeignKeyDef};
use crate::table::{ColumnNamed, Table};

pub mod index;
mod tuple;

pub use tuple::{ColumnOrTuple, Columns, OnlyColumns, SomeColumns};

use index::{Digit, Index};

/// A column of a table: the type of the constants that `#[derive(Table)]` writes.
///
/// # Examples
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
/// }
///
/// assert_eq!(City::NAME.name(), "name");
/// ```
pub struct Column<C>(PhantomData<fn() -> C>);

/// What is known about a column.
#[doc(hidden)]
pub trait ColumnMeta: Sized + 'static {
    /// The table it belongs to.
    type Table: Table;
    /// The Rust type of its field.
    type Value: NullOf<Self::Bare> + 'static;
    /// The Rust type of its field without the `Option`.
    type Bare: 'static;
    /// What may be done with it.
    type Role: Role;
    /// Where it stands, as two digits that types can compare.
    type Index: Index;
    /// Its name, as a type that a record can know without knowing the marker.
    type Name;
}

/// The same as `#[derive(Table)]` writes it, for which each line costs each column of each table.
#[doc(hidden)]
pub trait Marker: Sized + 'static {
    /// The Rust type of its field.
    type Value: NullOf<Self::Bare> + 'static;
    /// The Rust type of its field without the `Option`.
    type Bare: 'static;
    /// [`Facts`].
    type Facts: AreFacts;
}

/// Table, name, role, and the digits of the position.
#[doc(hidden)]
#[derive(Debug)]
pub struct Facts<T, N, R, High, Low>(PhantomData<fn() -> (T, N, R, High, Low)>);

/// [`Facts`], each by its name.
#[doc(hidden)]
pub trait AreFacts {
    /// See [`ColumnMeta`].
    type Table: Table;
    /// See [`ColumnMeta`].
    type Role: Role;
    /// See [`ColumnMeta`].
    type Index: Index;
    /// See [`ColumnMeta`].
    type Name;
}

impl<T: Table, N, R: Role, High: Digit, Low: Digit> AreFacts for Facts<T, N, R, High, Low> {
    type Table = T;
    type Role = R;
    type Index = (High, Low);
    type Name = N;
}

impl<C: Marker> ColumnMeta for C {
    type Table = <C::Facts as AreFacts>::Table;
    type Value = C::Value;
    type Bare = C::Bare;
    type Role = <C::Facts as AreFacts>::Role;
    type Index = <C::Facts as AreFacts>::Index;
    type Name = <C::Facts as AreFacts>::Name;
}

/// Whether a value may be missing, as a type.
#[doc(hidden)]
pub trait Nullness: 'static {
    /// The type of a value that is of type `B` where it is there.
    type Of<B: 'static>: 'static;
    /// Whether it or the other may be missing.
    type Or<Other: Nullness>: Nullness;
    /// Whether it may be missing, as a value.
    const IS_MAYBE: bool;
}

/// Never `NULL`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Never;

/// May be `NULL`: an `Option`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Maybe;

/// A type of columns whose values are of type `B` where they are there.
#[doc(hidden)]
pub trait NullOf<B> {
    /// Whether they may be missing.
    type Null: Nullness;
}

impl<B> NullOf<B> for B {
    type Null = Never;
}

impl<B> NullOf<B> for Option<B> {
    type Null = Maybe;
}

/// Whether a column may be `NULL`.
pub(crate) type NullOfColumn<C> =
    <<C as ColumnMeta>::Value as NullOf<<C as ColumnMeta>::Bare>>::Null;

impl Nullness for Never {
    type Of<B: 'static> = B;
    type Or<Other: Nullness> = Other;
    const IS_MAYBE: bool = false;
}

impl Nullness for Maybe {
    type Of<B: 'static> = Option<B>;
    type Or<Other: Nullness> = Self;
    const IS_MAYBE: bool = true;
}

/// A column's name, hashed.
#[doc(hidden)]
#[derive(Debug)]
pub struct Name<const HASH: u64>;

/// The column of this name, where its marker is not known.
#[doc(hidden)]
#[derive(Debug)]
pub struct Named<T, N>(PhantomData<fn() -> (T, N)>);

impl<T: ColumnNamed<N>, N: 'static> Marker for Named<T, N> {
    type Value = <T::Column as Marker>::Value;
    type Bare = <T::Column as Marker>::Bare;
    type Facts = <T::Column as Marker>::Facts;
}

/// What may be done with a column.
#[doc(hidden)]
pub trait Role {}

/// The roles.
#[doc(hidden)]
pub mod role {
    /// May be supplied and updated.
    #[derive(Debug)]
    pub struct Plain;
    /// Part of the primary key.
    #[derive(Debug)]
    pub struct PrimaryKey;
    /// Written once.
    #[derive(Debug)]
    pub struct InsertOnly;
    /// Computed by the database.
    #[derive(Debug)]
    pub struct Generated;

    impl super::Role for Plain {}
    impl super::Role for PrimaryKey {}
    impl super::Role for InsertOnly {}
    impl super::Role for Generated {}
}

impl<C> Column<C> {
    /// The only value there is.
    #[doc(hidden)]
    pub const NEW: Self = Self(PhantomData);
}

impl<C: ColumnMeta> Column<C> {
    /// Where the column stands among its table's columns.
    pub(crate) const AT: usize = <C::Index as Index>::AT;

    /// The facts of the column.
    pub fn def(self) -> &'static ColumnDef {
        &C::Table::DEF.columns[Self::AT]
    }

    /// The column's name in the database.
    pub fn name(self) -> &'static str {
        &self.def().name
    }

    /// Its name, for a foreign key that points to it. It is that of [`Table::NAMES`], so that two tables can
    /// point to each other.
    #[doc(hidden)]
    pub const fn reference(self) -> schema::Name {
        Cow::Borrowed(C::Table::NAMES.columns[Self::AT])
    }

    /// A foreign key from the columns at these positions to these columns of this one's table.
    #[doc(hidden)]
    pub const fn foreign_key(
        self,
        columns: &'static [usize],
        references: &'static [schema::Name],
    ) -> ForeignKeyDef {
        let names = C::Table::NAMES;
        let key = ForeignKeyDef::new(columns, names.table, references);
        match names.schema {
            Some(schema) => key.in_schema(schema),
            None => key,
        }
    }
}

impl<C> Clone for Column<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Column<C> {}

impl<C: ColumnMeta> fmt::Debug for Column<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", C::Table::DEF.name, self.name())
    }
}
