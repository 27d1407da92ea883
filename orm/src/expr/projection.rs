//! What a statement gives back: columns, what is computed from them, tuples of both.

use super::{Aggregated, CountValues, Expr, IntoValues, Operand, SameScope, Values, add};
use crate::backend::Backend;
use crate::error::Result;
use crate::stmt::Expr as Node;
use crate::table::Is;
use crate::table::column::{Column, ColumnMeta, Nullness};
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

/// The column can be selected from the scope.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the column `{C}` cannot be selected from `{S}`",
    label = "`{C}` is not of `{S}`",
    note = "select columns of the same table; of groups, what they are grouped by, or an aggregate such as `column.sum()`"
)]
pub trait Selectable<S, C> {}

#[diagnostic::do_not_recommend]
impl<S, C: ColumnMeta<Table: Is<S>>> Selectable<S, C> for () {}

// Operands one by one, and not all at once: so the compiler speaks of the wrong element of a tuple.
impl<S, DB: Backend, C: ColumnMeta> Projection<S, DB> for Column<C>
where
    (): Selectable<S, C>,
    C::Value: Read<DB>,
{
    type Row = C::Value;

    fn project(self, to: &mut Vec<Node>, _: &mut Values<DB>) {
        let (expr, ()) = self.parts();
        to.push(expr);
    }

    fn load(row: &mut Reader<'_, DB>) -> Result<C::Value> {
        row.take()
    }
}

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
                    to.push(add(expr, own, values));
                }

                fn load(row: &mut Reader<'_, DB>) -> Result<Self::Row> {
                    row.take()
                }
            }
        )*
    };
}

operands! {
    [T, B: 'static, N: Nullness, X: CountValues] Expr<T, B, N, X>;
    [T, B: 'static, N: Nullness, X: CountValues] Aggregated<T, B, N, X>;
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
    };
}

for_tuples!(tuples);
