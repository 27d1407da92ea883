//! A column or a tuple of columns: what calls take that are about some columns.

use super::Column;

/// A column or a tuple of columns.
///
/// It holds for every tuple: what is in one is asked element by element, so that the compiler points at
/// the wrong one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column or a tuple of columns",
    label = "not a column",
    note = "name columns by their constants: `User::NAME` or `(User::NAME, User::AGE)`"
)]
pub trait ColumnOrTuple {
    /// The column, or that it is a tuple. The checks of columns ask for it, and are silent about what is
    /// neither.
    type Form;
    /// It again, for what is to be silent as well.
    type Itself;
}

/// Columns all through.
pub trait OnlyColumns<Form> {
    /// It again. Where it is not columns all through there is none, and what follows is silent.
    type Itself;
}

/// What names columns, once more: there where it is columns all through.
pub type Columns<T> = <T as OnlyColumns<<T as ColumnOrTuple>::Form>>::Itself;

/// A tuple of columns.
#[derive(Debug)]
pub struct SomeColumns;

#[diagnostic::do_not_recommend]
impl<C> ColumnOrTuple for Column<C> {
    type Form = Self;
    type Itself = Self;
}

impl<T, C> OnlyColumns<Column<C>> for T {
    type Itself = Column<C>;
}

macro_rules! tuples {
    ($first:ident $($rest:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$first, $($rest),*> ColumnOrTuple for ($first, $($rest),*) {
            type Form = SomeColumns;
            type Itself = Self;
        }

        impl<$first, $($rest),*> OnlyColumns<SomeColumns> for ($first, $($rest),*)
        where
            $first: ColumnOrTuple + OnlyColumns<$first::Form>,
            $($rest: ColumnOrTuple + OnlyColumns<$rest::Form>,)*
        {
            type Itself = (Columns<$first>, $(Columns<$rest>),*);
        }
    };
}

for_tuples!(tuples);
