//! What a statement gives back: columns, what is computed from them, tuples of both.

use super::{Aggregated, Expr, IntoValues, Operand, Values};
use crate::backend::Backend;
use crate::column::{Column, ColumnMeta, Nullness};
use crate::error::Result;
use crate::stmt::Expr as Node;
use crate::table::Is;
use crate::value::{Read, Reader};

/// What can be selected from the scope `S`: a column, what is computed from columns, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "not a column, nor computed from columns",
    note = "name columns by their constants, as in `.columns((User::ID, User::NAME.upper()))`"
)]
pub trait Projection<S, DB: Backend> {
    /// Of one its value, of several a tuple.
    type Row;

    /// Adds the expressions, and their values.
    #[doc(hidden)]
    fn project(self, to: &mut Vec<Node>, values: &mut Values<DB>);

    /// Reads the values.
    #[doc(hidden)]
    fn load(row: &mut Reader<'_, DB>) -> Result<Self::Row>;
}

/// Both are the same scope: a table, or the groups of one.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is of `{Other}`, and not of `{S}`",
    label = "not of `{S}`",
    note = "name columns of the same table; of groups, what they are grouped by, or an aggregate such as `column.sum()`"
)]
pub trait SameScope<S, Other> {}

#[diagnostic::do_not_recommend]
impl<S, Other: Is<S>> SameScope<S, Other> for () {}

// One by one, and not for all operands at once: so the compiler points at the wrong element of a tuple.
macro_rules! operands {
    ($([$($generics:tt)*] $operand:ty;)*) => {
        $(
            impl<S, DB: Backend, $($generics)*> Projection<S, DB> for $operand
            where
                (): SameScope<S, <Self as Operand>::Scope>,
                <Self as Operand>::Value: Read<DB>,
                <Self as Operand>::Values: IntoValues<DB>,
            {
                type Row = <Self as Operand>::Value;

                fn project(self, to: &mut Vec<Node>, values: &mut Values<DB>) {
                    let (expr, own) = self.parts();
                    to.push(expr);
                    own.into_values(values);
                }

                fn load(row: &mut Reader<'_, DB>) -> Result<Self::Row> {
                    row.take()
                }
            }
        )*
    };
}

operands! {
    [C: ColumnMeta] Column<C>;
    [T, B: 'static, N: Nullness, X] Expr<T, B, N, X>;
    [T, B: 'static, N: Nullness, X] Aggregated<T, B, N, X>;
}

macro_rules! tuples {
    ($first:ident $($rest:ident)*) => {
        impl<S, DB: Backend, $first: Projection<S, DB>, $($rest: Projection<S, DB>),*>
            Projection<S, DB> for ($first, $($rest),*)
        {
            type Row = ($first::Row, $($rest::Row),*);

            #[expect(non_snake_case, reason = "types and values of a tuple share their names here")]
            fn project(self, to: &mut Vec<Node>, values: &mut Values<DB>) {
                let ($first, $($rest),*) = self;
                $first.project(to, values);
                $($rest.project(to, values);)*
            }

            fn load(row: &mut Reader<'_, DB>) -> Result<Self::Row> {
                Ok(($first::load(row)?, $($rest::load(row)?),*))
            }
        }

        tuples!($($rest)*);
    };
    () => {};
}

tuples!(A B C D E F G H I J L M);
