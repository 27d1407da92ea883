//! `CASE`: a value for each condition.

use std::fmt;
use std::marker::PhantomData;

use super::computed::{BoundValues, CountValues, Expr, Pair};
use super::mentions::{Both, Mentions, Union};
use super::{Filter, Given, IntoExpr};
use crate::backend::Backend;
use crate::stmt::Expr as Node;
use crate::table::column::Nullness;

/// Begins a choice: the value of the first condition that holds.
///
/// # Examples
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
///     inhabitants: i64,
/// }
///
/// let size = orm::case(City::INHABITANTS.lt(50_000), "small")
///     .when(City::INHABITANTS.lt(500_000), "middling")
///     .otherwise("large");
/// assert_eq!(
///     City::select().columns((City::NAME, size)).to_sql::<Postgres>(),
///     r#"SELECT "name", CASE WHEN "inhabitants" < $1 THEN $2 WHEN "inhabitants" < $3 THEN $4 ELSE $5 END FROM "cities""#,
/// );
/// ```
pub fn case<S, DB, V, As>(
    when: Filter<S, DB>,
    then: V,
) -> Case<Both<S, V::Scope>, V::Bare, V::Null, Pair<BoundValues<DB>, V::Values>>
where
    DB: Backend,
    V: Given<As>,
    S: Union<V::Scope>,
{
    let (then, values) = then.given();
    let (when, of_when) = when.into_parts();
    let (values, then) = Pair::of(BoundValues(of_when), values, then);
    Case {
        cases: vec![(when, then)],
        values,
        what: PhantomData,
    }
}

/// A choice, until it is said what it is [`otherwise`](Self::otherwise).
#[must_use = "a choice needs a value for when no condition holds: end it with `otherwise`"]
pub struct Case<S, B, N, X> {
    cases: Vec<(Node, Node)>,
    values: X,
    what: PhantomData<fn() -> (S, B, N)>,
}

impl<S: Mentions, B, N: Nullness, X: CountValues> Case<S, B, N, X> {
    /// The value where this holds, and nothing before it did.
    pub fn when<W, DB, V, As>(
        mut self,
        when: Filter<W, DB>,
        then: V,
    ) -> Case<V::Scope, B, N::Or<V::Null>, Pair<X, Pair<BoundValues<DB>, V::Values>>>
    where
        DB: Backend,
        S: Union<W>,
        V: IntoExpr<Both<S, W>, B, As>,
    {
        let (then, values) = then.into_expr();
        let (when, of_when) = when.into_parts();
        let (values, then) = Pair::of(BoundValues(of_when), values, then);
        let before = self.values.count();
        self.cases
            .push((when.shifted(before), then.shifted(before)));
        Case {
            cases: self.cases,
            values: Pair(self.values, values),
            what: PhantomData,
        }
    }

    /// The value where no condition holds.
    pub fn otherwise<V, As>(self, value: V) -> Expr<V::Scope, B, N::Or<V::Null>, Pair<X, V::Values>>
    where
        V: IntoExpr<S, B, As>,
    {
        let (value, values) = value.into_expr();
        let (values, value) = Pair::of(self.values, values, value);
        Expr::new(Node::Case(self.cases, Box::new(value)), values)
    }
}

impl<S, B, N, X> fmt::Debug for Case<S, B, N, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: it may end up in a log.
        f.debug_struct("Case")
            .field("cases", &self.cases)
            .finish_non_exhaustive()
    }
}
