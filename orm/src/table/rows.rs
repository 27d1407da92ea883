//! Whole rows of a query: of one table, or of several side by side.

use super::{Load, Table};
use crate::backend::Backend;
use crate::error::Result;
use crate::value::Reader;

/// Rows that can be read from this backend: of a table, or a tuple of several, where `Option` is around one that
/// may be missing.
#[doc(hidden)]
pub trait LoadRows<DB: Backend>: Sized {
    /// How many columns they have.
    fn width() -> usize;

    /// Reads one, its columns in the order of declaration.
    fn load(row: &mut Reader<'_, DB>) -> Result<Self>;
}

/// A table among several.
#[doc(hidden)]
pub trait LoadSource<DB: Backend>: Sized {
    /// How many columns it has.
    fn width() -> usize;

    /// Reads its row.
    fn load(row: &mut Reader<'_, DB>) -> Result<Self>;
}

impl<T: Load<DB>, DB: Backend> LoadRows<DB> for T {
    fn width() -> usize {
        T::DEF.columns.len()
    }

    fn load(row: &mut Reader<'_, DB>) -> Result<Self> {
        T::load(row)
    }
}

impl<T: Load<DB>, DB: Backend> LoadSource<DB> for T {
    fn width() -> usize {
        T::DEF.columns.len()
    }

    fn load(row: &mut Reader<'_, DB>) -> Result<Self> {
        T::load(row)
    }
}

impl<T: Load<DB>, DB: Backend> LoadSource<DB> for Option<T> {
    fn width() -> usize {
        T::DEF.columns.len()
    }

    fn load(row: &mut Reader<'_, DB>) -> Result<Self> {
        if is_missing::<T, DB>(row)? {
            row.skip(T::DEF.columns.len());
            return Ok(None);
        }
        T::load(row).map(Some)
    }
}

/// Whether the next columns are those of no row.
///
/// A row has a value in each column that is never `NULL`; one without such a column is told by all of them.
fn is_missing<T: Table, DB: Backend>(row: &Reader<'_, DB>) -> Result<bool> {
    let columns = &T::DEF.columns;
    let key = T::DEF.primary_key().and_then(|key| key.columns.first());
    let never_null = key.copied();
    let never_null = never_null.or_else(|| columns.iter().position(|column| !column.nullable));
    if let Some(at) = never_null {
        return row.is_null(at);
    }
    for at in 0..columns.len() {
        if !row.is_null(at)? {
            return Ok(false);
        }
    }
    Ok(true)
}

macro_rules! tuples {
    ($first:ident) => {};
    ($($table:ident)+) => {
        impl<DB: Backend, $($table: LoadSource<DB>),+> LoadRows<DB> for ($($table,)+) {
            fn width() -> usize {
                0 $(+ $table::width())+
            }

            fn load(row: &mut Reader<'_, DB>) -> Result<Self> {
                Ok(($($table::load(row)?,)+))
            }
        }
    };
}

for_tuples!(tuples);
