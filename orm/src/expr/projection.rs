//! What a statement gives back: columns, what is computed from them, tuples of both.

use super::{
    Aggregated, CountValues, Expr, Group, IntoValues, MayMiss, Mentions, Of, Operand, OverWindow,
    RowOf, SameScope, Values, Within, add,
};
use crate::backend::Backend;
use crate::error::Result;
use crate::stmt::Expr as Node;
use crate::table::column::{Column, ColumnMeta, NullOfColumn, Nullness};
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
    note = "select columns of the query's tables; of groups, what they are grouped by, or an aggregate such as `column.sum()`"
)]
pub trait Selectable<S, C> {}

#[diagnostic::do_not_recommend]
impl<S, C: ColumnMeta<Table: Within<S>>> Selectable<S, C> for () {}

/// Whether what may be `NULL` as `N` says may be so in a statement over `S`, when it mentions `M`.
pub(crate) type NullIn<S, M, N> = <<S as MayMiss<M>>::Null as Nullness>::Or<N>;

/// The type of a value of type `B` there.
type ValueIn<S, M, B, N> = <NullIn<S, M, N> as Nullness>::Of<B>;

// Operands one by one, and not all at once: so the compiler speaks of the wrong element of a tuple.
impl<S, DB: Backend, C: ColumnMeta> Projection<S, DB> for Column<C>
where
    (): Selectable<S, C>,
    S: MayMiss<C::Table>,
    ValueIn<S, C::Table, C::Bare, NullOfColumn<C>>: Read<DB>,
{
    type Row = ValueIn<S, C::Table, C::Bare, NullOfColumn<C>>;

    fn project(self, to: &mut Vec<Node>, _: &mut Values<DB>) {
        let (expr, ()) = self.parts();
        to.push(expr);
    }

    fn load(row: &mut Reader<'_, DB>) -> Result<Self::Row> {
        row.take()
    }
}

fn select<O, DB: Backend>(operand: O, to: &mut Vec<Node>, values: &mut Values<DB>)
where
    O: Operand<Values: IntoValues<DB>>,
{
    let (expr, own) = operand.parts();
    to.push(add(expr, own, values));
}

// Written one by one and not by a macro, which the compiler would show beside each mistake.
impl<S, DB: Backend, R: RowOf, C: ColumnMeta> Projection<S, DB> for Of<R, C>
where
    (): SameScope<S, R::Scope<C::Table>>,
    S: MayMiss<R::Scope<C::Table>>,
    ValueIn<S, R::Scope<C::Table>, C::Bare, <R::Null as Nullness>::Or<NullOfColumn<C>>>: Read<DB>,
{
    type Row = ValueIn<S, R::Scope<C::Table>, C::Bare, <R::Null as Nullness>::Or<NullOfColumn<C>>>;

    fn project(self, to: &mut Vec<Node>, values: &mut Values<DB>) {
        select(self, to, values);
    }

    fn load(row: &mut Reader<'_, DB>) -> Result<Self::Row> {
        row.take()
    }
}

impl<S, DB: Backend, T: Mentions, B: 'static, N: Nullness, X: CountValues + IntoValues<DB>>
    Projection<S, DB> for Expr<T, B, N, X>
where
    (): SameScope<S, T>,
    S: MayMiss<T>,
    ValueIn<S, T, B, N>: Read<DB>,
{
    type Row = ValueIn<S, T, B, N>;

    fn project(self, to: &mut Vec<Node>, values: &mut Values<DB>) {
        select(self, to, values);
    }

    fn load(row: &mut Reader<'_, DB>) -> Result<Self::Row> {
        row.take()
    }
}

impl<S, DB: Backend, T: Mentions, B: 'static, N: Nullness, X: CountValues + IntoValues<DB>>
    Projection<S, DB> for Aggregated<T, B, N, X>
where
    (): SameScope<S, Group<T>>,
    S: MayMiss<Group<T>>,
    ValueIn<S, Group<T>, B, N>: Read<DB>,
{
    type Row = ValueIn<S, Group<T>, B, N>;

    fn project(self, to: &mut Vec<Node>, values: &mut Values<DB>) {
        select(self, to, values);
    }

    fn load(row: &mut Reader<'_, DB>) -> Result<Self::Row> {
        row.take()
    }
}

/// A window function is over a window.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this window function does not say which rows it is over",
    label = "has no window",
    note = "give it one: `.over(orm::partition_by(..).order_by(..))`, or `.over(orm::window())` for all rows"
)]
pub trait HasWindow<T> {}

impl<S, DB: Backend, T, B, N, X> Projection<S, DB> for OverWindow<T, B, N, X>
where
    (): HasWindow<T>,
{
    type Row = ();

    fn project(self, _: &mut Vec<Node>, _: &mut Values<DB>) {}

    fn load(_: &mut Reader<'_, DB>) -> Result<()> {
        Ok(())
    }
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
