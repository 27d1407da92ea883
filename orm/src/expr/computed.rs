//! What is computed from columns, and the values in it.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{Mentions, Operand, Value, Values};
use crate::backend::Backend;
use crate::stmt::Expr as Node;
use crate::table::column::{Never, Nullness};
use crate::value::Supply;

/// What is computed from columns: of the scope `S`, of type `B` or, where it may be `NULL`, an `Option` of
/// that, with the values `X` in it.
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
/// let query = City::select().filter(City::NAME.lower().eq("rome"));
/// assert_eq!(
///     query.to_sql::<Postgres>(),
///     r#"SELECT "name", "inhabitants" FROM "cities" WHERE lower("name") = $1"#,
/// );
/// ```
pub struct Expr<S, B, N = Never, X = ()> {
    node: Node,
    values: X,
    what: PhantomData<fn() -> (S, B, N)>,
}

impl<S, B, N, X> Expr<S, B, N, X> {
    pub(crate) fn new(node: Node, values: X) -> Self {
        Self {
            node,
            values,
            what: PhantomData,
        }
    }
}

/// An expression whose own values go behind those that are there.
pub(crate) fn add<DB: Backend>(
    node: Node,
    own: impl IntoValues<DB>,
    values: &mut Values<DB>,
) -> Node {
    let node = node.shifted(values.len());
    own.into_values(values);
    node
}

impl<S, B> Expr<S, B> {
    /// A piece of SQL that gives a `B`. The names of columns in it stand in double quotes.
    ///
    /// It goes into the statement as it is, which is why it has to stand in the program. Values come in by
    /// [`func!`](crate::func).
    ///
    /// # Examples
    ///
    /// ```
    /// use orm::{Expr, prelude::*};
    ///
    /// #[derive(Table)]
    /// struct City {
    ///     #[column(primary_key)]
    ///     name: String,
    /// }
    ///
    /// let bytes = Expr::<City, i32>::raw(r#"pg_column_size("name")"#);
    /// assert_eq!(
    ///     City::select().filter(bytes.gt(100)).to_sql::<Postgres>(),
    ///     r#"SELECT "name" FROM "cities" WHERE (pg_column_size("name")) > $1"#,
    /// );
    /// ```
    pub fn raw(sql: &'static str) -> Self {
        Self::new(Node::Sql(sql.into()), ())
    }
}

#[diagnostic::do_not_recommend]
impl<S: Mentions, B: 'static, N: Nullness, X: CountValues> Operand for Expr<S, B, N, X> {
    type Scope = S;
    type Bare = B;
    type Null = N;
    type Value = N::Of<B>;
    type Values = X;

    fn parts(self) -> (Node, X) {
        (self.node, self.values)
    }
}

impl<S, B, N, X: Clone> Clone for Expr<S, B, N, X> {
    fn clone(&self) -> Self {
        Self::new(self.node.clone(), self.values.clone())
    }
}

impl<S, B, N, X> fmt::Debug for Expr<S, B, N, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: it may end up in a log.
        f.debug_struct("Expr")
            .field("node", &self.node)
            .finish_non_exhaustive()
    }
}

/// Two lists of values, one behind the other.
#[doc(hidden)]
#[derive(Clone)]
pub struct Pair<L, R>(pub(crate) L, pub(crate) R);

/// A value.
#[doc(hidden)]
#[derive(Clone)]
pub struct One<V>(pub(crate) V);

impl<L, R> fmt::Debug for Pair<L, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pair").finish_non_exhaustive()
    }
}

impl<V> fmt::Debug for One<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("One").finish_non_exhaustive()
    }
}

/// The values of a term of type `R`. Its type stands here so that where it is a mistake, which has been said
/// already, the compiler is silent about what is computed with it.
#[doc(hidden)]
pub struct ValuesOf<R, X>(X, PhantomData<fn() -> R>);

impl<R, X> ValuesOf<R, X> {
    pub(crate) fn new(values: X) -> Self {
        Self(values, PhantomData)
    }
}

impl<R, X: Clone> Clone for ValuesOf<R, X> {
    fn clone(&self) -> Self {
        Self::new(self.0.clone())
    }
}

impl<R, X> fmt::Debug for ValuesOf<R, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ValuesOf").finish_non_exhaustive()
    }
}

/// Values that are bound on one backend already.
#[doc(hidden)]
pub struct BoundValues<DB: Backend>(pub(crate) Values<DB>);

impl<DB: Backend> Clone for BoundValues<DB> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<DB: Backend> fmt::Debug for BoundValues<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoundValues").finish_non_exhaustive()
    }
}

/// Values of a number that is known.
#[doc(hidden)]
pub trait CountValues {
    /// How many they are.
    fn count(&self) -> usize;
}

impl CountValues for () {
    fn count(&self) -> usize {
        0
    }
}

impl<V> CountValues for One<V> {
    fn count(&self) -> usize {
        1
    }
}

impl<DB: Backend> CountValues for BoundValues<DB> {
    fn count(&self) -> usize {
        self.0.len()
    }
}

impl<R, X: CountValues> CountValues for ValuesOf<R, X> {
    fn count(&self) -> usize {
        self.0.count()
    }
}

impl<L: CountValues, R: CountValues> CountValues for Pair<L, R> {
    fn count(&self) -> usize {
        self.0.count() + self.1.count()
    }
}

impl<L: CountValues, R> Pair<L, R> {
    /// Pair lists, and the expression of the second with its slots behind those of the first.
    pub(super) fn of(first: L, second: R, expr: Node) -> (Self, Node) {
        let expr = expr.shifted(first.count());
        (Self(first, second), expr)
    }
}

/// Values that can be bound on a backend.
#[doc(hidden)]
pub trait IntoValues<DB: Backend> {
    /// Adds them.
    fn into_values(self, to: &mut Values<DB>);
}

impl<DB: Backend> IntoValues<DB> for () {
    fn into_values(self, _: &mut Values<DB>) {}
}

impl<DB: Backend> IntoValues<DB> for BoundValues<DB> {
    fn into_values(self, to: &mut Values<DB>) {
        to.extend(self.0);
    }
}

impl<DB: Backend, V: Supply<DB> + Send + Sync + 'static> IntoValues<DB> for One<V> {
    fn into_values(self, to: &mut Values<DB>) {
        to.push(Arc::new(Value(self.0)));
    }
}

impl<DB: Backend, R, X: IntoValues<DB>> IntoValues<DB> for ValuesOf<R, X> {
    fn into_values(self, to: &mut Values<DB>) {
        self.0.into_values(to);
    }
}

impl<DB: Backend, L: IntoValues<DB>, R: IntoValues<DB>> IntoValues<DB> for Pair<L, R> {
    fn into_values(self, to: &mut Values<DB>) {
        self.0.into_values(to);
        self.1.into_values(to);
    }
}
