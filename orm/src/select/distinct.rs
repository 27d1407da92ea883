//! The columns of which only the first row of those that are alike is wanted.

use crate::expr::SameScope;
use crate::table::column::{Column, ColumnMeta};

/// Columns of `T`, some of whose rows are alike in them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column of `{T}`, nor a tuple of its columns",
    label = "not a column of `{T}`",
    note = "name columns by their constants"
)]
pub trait DistinctOn<T> {
    /// Adds the positions of the columns.
    #[doc(hidden)]
    fn positions(to: &mut Vec<usize>);
}

impl<T, C: ColumnMeta> DistinctOn<T> for Column<C>
where
    (): SameScope<T, C::Table>,
{
    fn positions(to: &mut Vec<usize>) {
        to.push(Self::AT);
    }
}

macro_rules! distinct_on {
    ($($column:ident)+) => {
        impl<T, $($column: DistinctOn<T>),+> DistinctOn<T> for ($($column,)+) {
            fn positions(to: &mut Vec<usize>) {
                $($column::positions(to);)+
            }
        }
    };
}

for_tuples!(distinct_on);
