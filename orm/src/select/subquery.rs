//! Queries within expressions.

use super::{Projected, Select};
use crate::backend::Backend;
use crate::expr::{
    AsQuery, Both, BoundValues, IntoExpr, Mentions, OfOneColumn, SubQuery, Union, Values,
};
use crate::stmt::{self, Expr};
use crate::table::column::Maybe;

impl<S, DB: Backend, O: Mentions> SubQuery for Select<S, DB, O> {
    type Outer = O;
    type Row = S;
    type Backend = DB;

    fn into_query(self) -> (stmt::Select, Values<DB>) {
        (self.query.node, self.query.values)
    }
}

impl<S, V, DB: Backend, O: Mentions> SubQuery for Projected<S, V, DB, O> {
    type Outer = O;
    type Row = V;
    type Backend = DB;

    fn into_query(self) -> (stmt::Select, Values<DB>) {
        (self.query.node, self.query.values)
    }
}

// Of this type alone and not of any query, so that the compiler speaks of the types of two columns.
#[diagnostic::do_not_recommend]
impl<S, B, Q, V, DB: Backend, O: Mentions> IntoExpr<S, B, AsQuery> for Projected<Q, V, DB, O>
where
    S: Union<O>,
    (): OfOneColumn<B, V>,
{
    type Scope = Both<S, O>;
    type Null = Maybe;
    type Values = BoundValues<DB>;

    fn into_expr(self) -> (Expr, BoundValues<DB>) {
        let (query, values) = self.into_query();
        (Expr::Scalar(Box::new(query)), BoundValues(values))
    }
}
