//! What closures give, checked on the closure, so that the compiler points at it.

use super::{Filter, IntoExpr, IntoValues, SameScope, SaysWhichRow, Values, add};
use crate::backend::Backend;
use crate::stmt::Expr;

/// A closure that gives a `V`, which can stand where a `B` of the scope `S` is wanted.
#[doc(hidden)]
pub trait Gives<V, S, B, As, DB: Backend> {
    /// The expression, and its values.
    fn given(given: V, values: &mut Values<DB>) -> Expr;
}

impl<W, V, S, B, As, DB> Gives<V, S, B, As, DB> for W
where
    V: IntoExpr<S, B, As, Values: IntoValues<DB>>,
    (): SameScope<S, V::Scope>,
    DB: Backend,
{
    fn given(given: V, values: &mut Values<DB>) -> Expr {
        let (expr, own) = given.into_expr();
        add(expr, own, values)
    }
}

/// A closure that gives a filter of the scope `Other`, which can stand where one of `S` is wanted.
#[doc(hidden)]
pub trait GivesFilter<S, Other> {
    /// The expression, and its values.
    fn given<DB: Backend>(given: Filter<Other, DB>) -> (Expr, Values<DB>);
}

impl<W, S, Other> GivesFilter<S, Other> for W
where
    (): SaysWhichRow<S, Other>,
{
    fn given<DB: Backend>(given: Filter<Other, DB>) -> (Expr, Values<DB>) {
        given.into_parts()
    }
}
