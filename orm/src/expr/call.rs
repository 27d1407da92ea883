//! Any other function of the database.

use std::fmt;
use std::marker::PhantomData;

use super::Given;
use super::computed::{CountValues, Expr, Pair};
use super::mentions::{AnyTable, Both, Mentions, Union};
use crate::stmt::Expr as Node;
use crate::table::column::{Maybe, Never};

/// A function of the database that is called by its name: what [`func!`](crate::func) makes.
pub struct Call<S, X> {
    name: &'static str,
    arguments: Vec<Node>,
    values: X,
    scope: PhantomData<fn() -> S>,
}

impl Call<AnyTable, ()> {
    /// The function of this name, without arguments.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            arguments: Vec::new(),
            values: (),
            scope: PhantomData,
        }
    }
}

impl<S: Mentions, X: CountValues> Call<S, X> {
    /// With another argument.
    pub fn with<A, As>(mut self, argument: A) -> Call<Both<S, A::Scope>, Pair<X, A::Values>>
    where
        A: Given<As>,
        S: Union<A::Scope>,
    {
        let (argument, values) = argument.given();
        let (values, argument) = Pair::of(self.values, values, argument);
        self.arguments.push(argument);
        Call {
            name: self.name,
            arguments: self.arguments,
            values,
            scope: PhantomData,
        }
    }

    /// It gives a `B`.
    pub fn gives<B>(self) -> Expr<S, B, Never, X> {
        Expr::new(Node::Call(self.name.into(), self.arguments), self.values)
    }

    /// It gives a `B` or `NULL`.
    pub fn maybe_gives<B>(self) -> Expr<S, B, Maybe, X> {
        Expr::new(Node::Call(self.name.into(), self.arguments), self.values)
    }
}

impl<S, X> fmt::Debug for Call<S, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: it may end up in a log.
        f.debug_struct("Call")
            .field("name", &self.name)
            .field("arguments", &self.arguments)
            .finish_non_exhaustive()
    }
}

/// Calls a function of the database by its name, which this library has no word for.
///
/// The name goes into the statement as it is, the arguments are columns, what is computed from them, and
/// values, which are bound. What it gives is said behind the arrow; an `Option` where it may be `NULL`.
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
/// let rounded = orm::func!("round"(City::INHABITANTS.cast::<f64>(), -3) -> f64);
/// assert_eq!(
///     City::select().filter(rounded.gt(1_000_000.0)).to_sql::<Postgres>(),
///     r#"SELECT "name", "inhabitants" FROM "cities" WHERE round(CAST("inhabitants" AS FLOAT8), $1) > $2"#,
/// );
/// ```
#[macro_export]
macro_rules! func {
    ($name:literal($($argument:expr),* $(,)?) -> Option<$type:ty>) => {
        $crate::__private::__Call::new($name)$(.with($argument))*.maybe_gives::<$type>()
    };
    ($name:literal($($argument:expr),* $(,)?) -> $type:ty) => {
        $crate::__private::__Call::new($name)$(.with($argument))*.gives::<$type>()
    };
}
