//! Questions that are only asked where the answer is not known to be an error already: one mistake is one
//! error.
//!
//! Each is a method of two traits. The compiler takes the one on [`Asked`] where that is implemented, and the
//! one on `&Asked`, which asks nothing, where it is not; in the same way it takes a constant of the type before
//! that of a trait.

use std::marker::PhantomData;

use super::{LeftOut, ReadsField, TakesField};
use crate::table::Table;
use crate::table::record::Record;

/// The methods, and no names that could be in the way of the user's.
pub mod methods {
    pub use super::{AskedOfNoRecord as _, AskedOfNoTable as _, AskedOfTable as _};
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

impl<R: Record<Table: Table>> Asked<R> {
    /// What the record leaves out.
    pub const LEFT_OUT: LeftOut = LeftOut::by::<R>();
}

/// Of what is no record of a table.
pub trait AskedOfNoRecord {
    /// Nothing is asked.
    const LEFT_OUT: LeftOut = LeftOut::NOTHING;
}

impl<R> AskedOfNoRecord for Asked<R> {}
