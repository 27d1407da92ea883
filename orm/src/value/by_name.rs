//! The values of a row by the names of its columns: what sqlx's own `FromRow` is made of.

use sqlx::{ColumnIndex, Decode, Row, Type};

use crate::schema::TableNames;

/// Reads the columns of a table from a row of sqlx, from the first to the last.
#[doc(hidden)]
#[expect(
    missing_debug_implementations,
    reason = "it holds values of the user's, which may be secret"
)]
pub struct ByName<'r, R> {
    row: &'r R,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'r, R> ByName<'r, R> {
    /// At the first column.
    pub fn new(row: &'r R, table: TableNames) -> Self {
        let names = table.columns.iter();
        Self { row, names }
    }

    /// The values of the next columns, as many as the tuple has.
    ///
    /// # Errors
    ///
    /// When the row has no such column, or its value is of another type.
    pub fn take<V: TakenByName<'r, R>>(&mut self) -> sqlx::Result<V> {
        V::take(self)
    }

    fn next<V>(&mut self) -> sqlx::Result<V>
    where
        R: Row,
        &'static str: ColumnIndex<R>,
        V: Decode<'r, R::Database> + Type<R::Database>,
    {
        self.row
            .try_get(self.names.next().copied().unwrap_or_default())
    }
}

/// A tuple of the values of columns.
///
/// The derive takes them by the tuple, since the compiler takes its time for each `?`.
#[doc(hidden)]
pub trait TakenByName<'r, R>: Sized {
    /// The values of the next columns.
    fn take(from: &mut ByName<'r, R>) -> sqlx::Result<Self>;
}

macro_rules! tuples {
    ($first:ident $($rest:ident)*) => {
        impl<'r, R: Row, $first, $($rest),*> TakenByName<'r, R> for ($first, $($rest),*)
        where
            &'static str: ColumnIndex<R>,
            $first: Decode<'r, R::Database> + Type<R::Database>,
            $($rest: Decode<'r, R::Database> + Type<R::Database>,)*
        {
            fn take(from: &mut ByName<'r, R>) -> sqlx::Result<Self> {
                Ok((from.next::<$first>()?, $(from.next::<$rest>()?),*))
            }
        }
    };
}

for_tuples!(tuples);
