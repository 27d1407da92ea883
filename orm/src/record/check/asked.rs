//! Questions that are only asked where the answer is not known to be an error already: one mistake is one
//! error.
//!
//! Each is a method of two traits. The compiler takes the one on [`Asked`] where that is implemented, and the
//! one on `&Asked`, which asks nothing, where it is not.

use std::marker::PhantomData;

use super::{ReadsField, SuppliesAll, TakesField};
use crate::column::Name;
use crate::record::Record;
use crate::table::{ColumnNamed, Table};

/// The methods, and no names that could be in the way of the user's.
pub mod methods {
    pub use super::{
        AskedOfNoTable as _, AskedOfRecord as _, AskedOfTable as _, AskedOfUnclear as _,
    };
}

/// What is asked about.
#[derive(Debug)]
pub struct Asked<T>(PhantomData<fn() -> T>);

impl<T> Asked<T> {
    /// The only one.
    pub const NEW: Self = Self(PhantomData);
}

/// Of a table.
pub trait AskedOfTable<T> {
    /// A record's field is a column of the table, and of its type.
    fn check_field<V, N>(&self)
    where
        T: TakesField<V, N>,
    {
    }

    /// A field that is read is a column of the table, and of its type.
    fn check_row_field<V, N>(&self)
    where
        T: ReadsField<V, N>,
    {
    }
}

impl<T: Table> AskedOfTable<T> for Asked<T> {}

/// Of what is no table.
pub trait AskedOfNoTable {
    /// Nothing is asked.
    fn check_field<V, N>(&self) {}

    /// Nothing is asked.
    fn check_row_field<V, N>(&self) {}
}

impl<T> AskedOfNoTable for &Asked<T> {}

/// Of a record all of whose fields are columns.
pub trait AskedOfRecord<R> {
    /// The record supplies every column that has no value without it.
    fn check_complete(&self)
    where
        R: SuppliesAll,
    {
    }
}

impl<R: Record<Columns: ColumnsOf<R::Table>>> AskedOfRecord<R> for Asked<R> {}

/// Of a record that may have misspelt the column that it seems to leave out.
pub trait AskedOfUnclear {
    /// Nothing is asked.
    fn check_complete(&self) {}
}

impl<R> AskedOfUnclear for &Asked<R> {}

/// All names of the list are of columns of the table.
pub trait ColumnsOf<T> {}

impl<T> ColumnsOf<T> for () {}

impl<T: ColumnNamed<Name<HASH>>, const HASH: u64, Rest: ColumnsOf<T>> ColumnsOf<T>
    for (Name<HASH>, Rest)
{
}

/// A long list is a list of lists.
impl<T, A, B, Rest: ColumnsOf<T>> ColumnsOf<T> for ((A, B), Rest) where (A, B): ColumnsOf<T> {}
