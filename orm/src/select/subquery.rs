//! Queries within expressions.

use super::{Projected, Select};
use crate::backend::Backend;
use crate::expr::{Mentions, SubQuery, Values};
use crate::stmt;

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
