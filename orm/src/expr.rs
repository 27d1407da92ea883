//! Conditions: a typed shell over untyped expressions.
//!
//! An operand knows the table it is of and the type of its value; what is built from operands is a
//! [`Filter`], which knows the table only. Values ride along beside the expression, which names each by
//! its slot: the place that it has among them.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::backend::Backend;
use crate::driver::Db;
use crate::render::Bind;
use crate::stmt::Expr as Node;
pub use crate::stmt::FrameBound;
use crate::value::{Binder, Supply};

mod aggregate;
#[cfg(feature = "postgres")]
mod array;
mod call;
mod case;
mod closure;
mod compare;
mod compute;
mod computed;
mod condition;
mod digest;
mod function;
mod given;
mod list;
mod mentions;
mod operand;
mod pattern;
mod projection;
mod same;
mod scope;
mod subquery;
mod window;
mod within;

pub use aggregate::{Aggregated, Aggregates, Group, Summable, count_all};
#[cfg(feature = "postgres")]
pub use array::Arrays;
pub use call::Call;
pub use case::{Case, case};
pub use closure::{Gives, GivesFilter};
pub use compare::{Compare, Nullable};
pub use compute::{Beside, Term};
pub(crate) use computed::add;
pub use computed::{BoundValues, CountValues, Expr, IntoValues};
pub(crate) use condition::in_order;
pub(crate) use digest::digest;
pub use function::{CastTo, Dated, Document, Functions, Timed};
pub use given::{Given, Literal};
pub use list::ListValue;
pub(crate) use mentions::Both;
pub use mentions::{AnyTable, Mentions, Named, Outer, OverRows, Rows, Split, Union};
pub use operand::{
    AsOperand, AsReference, AsValue, IntoExpr, New, Of, Old, OldNew, Operand, RowOf,
};
pub use pattern::escape_like;
pub(crate) use projection::NullIn;
pub use projection::{HasWindow, Projection, Selectable};
pub use same::{SameBare, SameRows, SameScope, SaysWhichRow, Textual};
pub use scope::{At, Beside as JoinedTo, Scope, Source};
pub use subquery::{AsQuery, CompareWithQuery, OfOneColumn, SubQuery, exists, outer};
pub use window::{
    Over, OverWindow, WindowTerms, Windows, dense_rank, partition_by, rank, row_number, window,
};
pub use within::{Find, MayMiss, MissedIn, NoWindow, OneOf, Pick, Within};

/// A condition on the rows of a table.
///
/// # Examples
///
/// Filters can be named, returned and joined:
///
/// ```
/// use orm::{Filter, prelude::*};
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
///     inhabitants: i64,
/// }
///
/// fn large() -> Filter<City> {
///     City::INHABITANTS.gt(1_000_000)
/// }
///
/// let query = City::select().filter(large().and(City::NAME.like("R%")));
/// ```
#[must_use = "a filter does nothing until a statement is given it"]
pub struct Filter<T, DB: Backend = Db> {
    expr: Node,
    values: Values<DB>,
    scope: PhantomData<fn() -> T>,
}

/// Values in the order of their slots.
#[doc(hidden)]
pub type Values<DB> = Vec<Arc<dyn Bound<DB>>>;

/// A value whose type is forgotten.
#[doc(hidden)]
pub trait Bound<DB: Backend>: Send + Sync {
    /// Binds it.
    fn bind(&self, to: &mut Binder<DB>);

    /// Adds what tells it from other values.
    fn digest(&self, to: &mut String);

    /// How many arguments it is where the database has no arrays.
    fn arguments(&self) -> usize {
        1
    }
}

/// Binds these arguments, in this order.
pub(crate) fn bind<DB: Backend>(values: &Values<DB>, binds: &[Bind], live: DB::Live) -> Binder<DB> {
    let mut to = Binder::new(live);
    for bind in binds {
        match *bind {
            Bind::Slot(slot) => values[slot].bind(&mut to),
            // More rows than an i64 counts there never are.
            Bind::Rows(rows) => to.put_number(i64::try_from(rows).unwrap_or(i64::MAX)),
        }
    }
    to
}

/// A single value.
pub(crate) struct Value<V>(pub(crate) V);

impl<DB: Backend, V: Supply<DB> + Send + Sync + 'static> Bound<DB> for Value<V> {
    fn bind(&self, to: &mut Binder<DB>) {
        to.put(&self.0);
    }

    fn digest(&self, to: &mut String) {
        digest::digest_one(&self.0, to);
    }
}

impl<T, DB: Backend> Filter<T, DB> {
    pub(crate) fn new(expr: Node, values: Values<DB>) -> Self {
        Self {
            expr,
            values,
            scope: PhantomData,
        }
    }

    /// This condition and the other.
    pub fn and<S>(self, other: Filter<S, DB>) -> Filter<Both<T, S>, DB>
    where
        T: Union<S>,
    {
        self.join(other, Node::and)
    }

    /// This condition or the other.
    pub fn or<S>(self, other: Filter<S, DB>) -> Filter<Both<T, S>, DB>
    where
        T: Union<S>,
    {
        self.join(other, Node::or)
    }

    fn join<S, Both>(
        mut self,
        other: Filter<S, DB>,
        word: fn(Node, Node) -> Node,
    ) -> Filter<Both, DB> {
        let other = other.expr_beside(&mut self.values);
        Filter::new(word(self.expr, other), self.values)
    }

    /// The expression, and its values.
    pub(crate) fn into_parts(self) -> (Node, Values<DB>) {
        (self.expr, self.values)
    }

    /// The expression; its values go behind those that are there.
    pub(crate) fn expr_beside(self, values: &mut Values<DB>) -> Node {
        let expr = self.expr.shifted(values.len());
        values.extend(self.values);
        expr
    }
}

impl<T, DB: Backend> std::ops::Not for Filter<T, DB> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(Node::Not(Box::new(self.expr)), self.values)
    }
}

impl<T, DB: Backend> Clone for Filter<T, DB> {
    fn clone(&self) -> Self {
        Self::new(self.expr.clone(), self.values.clone())
    }
}

impl<T, DB: Backend> fmt::Debug for Filter<T, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: a filter may end up in a log.
        f.debug_struct("Filter")
            .field("expr", &self.expr)
            .finish_non_exhaustive()
    }
}
