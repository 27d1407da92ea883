//! In which order rows come.

use std::fmt;
use std::marker::PhantomData;

use crate::backend::Backend;
use crate::expr::{
    IntoValues, Mentions, Of, Operand, RowOf, SameScope, Values, WindowTerms, add, in_order,
};
use crate::stmt::{Expr, Order};
use crate::table::column::{Column, ColumnMeta, Never};

/// What rows are ordered by, with its direction: what `asc` and `desc` give.
pub struct Ordered<S, B, N = Never, X = ()> {
    order: Order,
    values: X,
    what: PhantomData<fn() -> (S, B, N)>,
}

/// Gives columns, and what is computed from them, their directions.
pub trait Sortable: Operand {
    /// The smallest first.
    fn asc(self) -> Ordered<Self::Scope, Self::Bare, Self::Null, Self::Values> {
        ordered(self, false)
    }

    /// The largest first.
    fn desc(self) -> Ordered<Self::Scope, Self::Bare, Self::Null, Self::Values> {
        ordered(self, true)
    }
}

impl<O: Operand> Sortable for O {}

fn ordered<O: Operand>(by: O, descending: bool) -> Ordered<O::Scope, O::Bare, O::Null, O::Values> {
    let (by, values) = by.parts();
    Ordered {
        order: Order {
            by: in_order::<O::Bare>(by),
            descending,
            nulls_first: None,
        },
        values,
        what: PhantomData,
    }
}

impl<S, B, N, X> Ordered<S, B, N, X> {
    /// Rows without a value come first. Unless told, `NULL` is the largest value on PostgreSQL and the
    /// smallest on SQLite.
    #[must_use]
    pub fn nulls_first(mut self) -> Self {
        self.order.nulls_first = Some(true);
        self
    }

    /// Rows without a value come last. Unless told, `NULL` is the largest value on PostgreSQL and the
    /// smallest on SQLite.
    #[must_use]
    pub fn nulls_last(mut self) -> Self {
        self.order.nulls_first = Some(false);
        self
    }
}

/// An order of the rows of the scope `S`: a column, something with its direction, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an order of the rows of `{S}`",
    label = "not a column of `{S}`",
    note = "order by a column, by `column.asc()` or `column.desc()`, or by a tuple of them"
)]
pub trait OrderBy<S, DB: Backend>: OrderTerms<S, DB> {}

impl<S, DB: Backend, O: OrderTerms<S, DB>> OrderBy<S, DB> for O {}

/// The terms of an order, one by one.
#[doc(hidden)]
pub trait OrderTerms<S, DB: Backend> {
    /// Adds its terms, and the values in them.
    fn add_to(self, to: &mut Vec<Order>, values: &mut Values<DB>);
}

impl<S, C: ColumnMeta, DB: Backend> OrderTerms<S, DB> for Column<C>
where
    (): SameScope<S, C::Table>,
{
    fn add_to(self, to: &mut Vec<Order>, _: &mut Values<DB>) {
        to.push(self.asc().order);
    }
}

impl<S, R: RowOf, C: ColumnMeta, DB: Backend> OrderTerms<S, DB> for Of<R, C>
where
    (): SameScope<S, R::Scope<C::Table>>,
{
    fn add_to(self, to: &mut Vec<Order>, _: &mut Values<DB>) {
        to.push(self.asc().order);
    }
}

impl<S, Other, B, N, X: IntoValues<DB>, DB: Backend> OrderTerms<S, DB> for Ordered<Other, B, N, X>
where
    (): SameScope<S, Other>,
{
    fn add_to(self, to: &mut Vec<Order>, values: &mut Values<DB>) {
        to.push(Order {
            by: add(self.order.by, self.values, values),
            ..self.order
        });
    }
}

impl<S: Mentions, B, N, X: IntoValues<DB>, DB: Backend> WindowTerms<DB> for Ordered<S, B, N, X> {
    type Scope = S;

    fn add_to(self, to: &mut Vec<Order>, values: &mut Values<DB>) {
        to.push(Order {
            by: add(self.order.by, self.values, values),
            ..self.order
        });
    }
}

macro_rules! orders {
    ($($term:ident)+) => {
        impl<S, DB: Backend, $($term: OrderTerms<S, DB>),+> OrderTerms<S, DB> for ($($term,)+) {
            #[expect(non_snake_case, reason = "types and values of a tuple share their names here")]
            fn add_to(self, to: &mut Vec<Order>, values: &mut Values<DB>) {
                let ($($term,)+) = self;
                $($term.add_to(to, values);)+
            }
        }
    };
}

for_tuples!(orders);

impl<S, B, N, X> Ordered<S, B, N, X> {
    /// What is compared, the values in it, and whether the largest comes first.
    pub(super) fn into_term(self) -> (Expr, X, bool) {
        (self.order.by, self.values, self.order.descending)
    }
}

impl<S, B, N, X: Clone> Clone for Ordered<S, B, N, X> {
    fn clone(&self) -> Self {
        Self {
            order: self.order.clone(),
            values: self.values.clone(),
            what: PhantomData,
        }
    }
}

impl<S, B, N, X> fmt::Debug for Ordered<S, B, N, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.order.fmt(f)
    }
}
