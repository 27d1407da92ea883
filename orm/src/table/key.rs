//! Unique keys: what an upsert may name as its conflict target.

use std::fmt;
use std::marker::PhantomData;

mod named;

pub use named::{NamesColumns, Primary, Unique, UniqueKey, UniqueTogether};

use crate::schema::KeyDef;
use crate::table::Table;

/// A named unique key of a table: the type of the constants that `#[derive(Table)]` writes for it.
pub struct Key<K>(PhantomData<fn() -> K>);

/// What is known about a unique key: implemented for the markers that `#[derive(Table)]` writes.
#[doc(hidden)]
pub trait KeyMeta: Sized + 'static {
    /// The table it belongs to.
    type Table: Table;
    /// Its columns, as a list of markers.
    type Columns;
    /// When it is checked, and on what.
    type Checked: Fixes<Self::Columns>;
    /// Where it stands among its table's keys.
    const AT: usize;
}

/// Checked by each statement: may be a conflict target.
#[doc(hidden)]
#[derive(Debug)]
pub struct AtOnce;

/// Checked at commit: may not.
#[doc(hidden)]
#[derive(Debug)]
pub struct AtCommit;

/// Checked by each statement, on what an expression makes of the columns: may be a conflict target.
#[doc(hidden)]
#[derive(Debug)]
pub struct OnExpression;

/// Which columns of a key have the same value in all rows that have the same key.
#[doc(hidden)]
pub trait Fixes<Columns> {
    /// As a list of markers.
    type Fixed;
}

impl<Columns> Fixes<Columns> for AtOnce {
    type Fixed = Columns;
}

impl<Columns> Fixes<Columns> for AtCommit {
    type Fixed = Columns;
}

impl<Columns> Fixes<Columns> for OnExpression {
    type Fixed = ();
}

/// The table has a unique key on just these columns, given as a tuple of markers.
#[doc(hidden)]
pub trait KeyOn<Columns>: Table {
    /// The key.
    type Key: KeyMeta<Table = Self>;
}

/// The table's primary key.
#[doc(hidden)]
pub trait HasPrimaryKey: Table {
    /// The key.
    type Key: KeyMeta<Table = Self>;
    /// The type of its value: that of its column, or a tuple of them.
    type Value;
}

impl<K> Key<K> {
    /// The only value there is.
    #[doc(hidden)]
    pub const NEW: Self = Self(PhantomData);
}

impl<K: KeyMeta> Key<K> {
    /// The facts of the key.
    pub fn def(self) -> &'static KeyDef {
        &K::Table::DEF.keys[K::AT]
    }
}

impl<K> Clone for Key<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Key<K> {}

impl<K: KeyMeta> fmt::Debug for Key<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.def().name.as_deref().unwrap_or("primary key");
        write!(f, "{}.{name}", K::Table::DEF.name)
    }
}
