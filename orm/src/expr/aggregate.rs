//! What can be said of all the rows of a group.

use std::any::TypeId;
use std::fmt;
use std::marker::PhantomData;

use super::computed::{BoundValues, CountValues, Pair};
use super::mentions::{AnyTable, Both, Mentions, Rows, Union};
use super::{Filter, Operand, in_order};
use crate::backend::Backend;
use crate::stmt::{Aggregate, Expr as Node, Function};
use crate::table::column::{Maybe, Never, Nullness};

/// The scope of groups of rows: what they were grouped by, and what can be said of all their rows.
#[derive(Debug)]
pub struct Group<T>(PhantomData<fn() -> T>);

/// Something about all the rows of a group: what [`sum`](Aggregates::sum) and the like give.
pub struct Aggregated<T, B, N, X> {
    aggregate: Aggregate,
    of: Node,
    only: Option<Node>,
    values: X,
    what: PhantomData<fn() -> (T, B, N)>,
}

/// What can be said of a column, or of what is computed from columns, over all the rows of a group.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
///     country: String,
///     inhabitants: i64,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, City).await?;
/// for (name, country, inhabitants) in [("Rome", "IT", 2_800), ("Bari", "IT", 320), ("Bern", "CH", 134)] {
///     let (name, country) = (name.to_owned(), country.to_owned());
///     City { name, country, inhabitants }.insert().execute(&db).await?;
/// }
///
/// let largest = City::select()
///     .group_by(City::COUNTRY)
///     .columns(|country| (country, orm::count_all(), City::INHABITANTS.max()))
///     .order_by(City::INHABITANTS.max().desc())
///     .fetch_all(&db)
///     .await?;
/// assert_eq!(largest, [("IT".to_owned(), 2, Some(2_800)), ("CH".to_owned(), 1, Some(134))]);
///
/// let total = City::select().aggregate(City::INHABITANTS.sum()).fetch_one(&db).await?;
/// assert_eq!(total, Some(3_254));
/// # Ok(())
/// # }
/// ```
pub trait Aggregates: Operand<Scope: Rows> {
    /// How many rows there are for which it is not `NULL`.
    fn count(self) -> Aggregated<Self::Scope, i64, Never, Self::Values> {
        aggregate(self, Aggregate::Count)
    }

    /// How many different values there are.
    fn count_distinct(self) -> Aggregated<Self::Scope, i64, Never, Self::Values> {
        aggregate(self, Aggregate::CountDistinct)
    }

    /// The sum; `None` of no rows. Whole numbers are summed up as `i64`.
    fn sum(self) -> Aggregated<Self::Scope, <Self::Bare as Summable>::Sum, Maybe, Self::Values>
    where
        Self::Bare: Summable,
    {
        aggregate(self, Self::Bare::AGGREGATE)
    }

    /// The mean as a floating-point number; `None` of no rows.
    fn avg(self) -> Aggregated<Self::Scope, f64, Maybe, Self::Values>
    where
        Self::Bare: Summable,
    {
        aggregate(self, Aggregate::Average)
    }

    /// The smallest value; `None` of no rows.
    fn min(self) -> Aggregated<Self::Scope, Self::Bare, Maybe, Self::Values> {
        aggregate(self, Aggregate::Min)
    }

    /// The largest value; `None` of no rows.
    fn max(self) -> Aggregated<Self::Scope, Self::Bare, Maybe, Self::Values> {
        aggregate(self, Aggregate::Max)
    }
}

impl<O: Operand<Scope: Rows>> Aggregates for O {}

/// How many rows there are: `count(*)`.
pub fn count_all() -> Aggregated<AnyTable, i64, Never, ()> {
    Aggregated {
        aggregate: Aggregate::Count,
        of: Node::Everything,
        only: None,
        values: (),
        what: PhantomData,
    }
}

fn aggregate<O: Operand, B, N>(
    operand: O,
    aggregate: Aggregate,
) -> Aggregated<O::Scope, B, N, O::Values> {
    let (of, values) = operand.parts();
    Aggregated {
        aggregate,
        of,
        only: None,
        values,
        what: PhantomData,
    }
}

impl<T: Mentions, B, N, X: CountValues> Aggregated<T, B, N, X> {
    /// Only of the rows for which this holds: `FILTER (WHERE ..)`. Several filters all have to hold.
    pub fn filter<S, DB: Backend>(
        self,
        filter: Filter<S, DB>,
    ) -> Aggregated<Both<T, S>, B, N, Pair<X, BoundValues<DB>>>
    where
        S: Rows,
        T: Union<S>,
    {
        let (filter, values) = filter.into_parts();
        let (values, filter) = Pair::of(self.values, BoundValues(values), filter);
        Aggregated {
            aggregate: self.aggregate,
            of: self.of,
            only: Some(match self.only {
                Some(before) => before.and(filter),
                None => filter,
            }),
            values,
            what: PhantomData,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Mentions, B: 'static, N: Nullness, X: CountValues> Operand for Aggregated<T, B, N, X> {
    type Scope = Group<T>;
    type Bare = B;
    type Null = N;
    type Value = N::Of<B>;
    type Values = X;

    fn parts(self) -> (Node, X) {
        let made = |aggregate, of, only: Option<Node>| {
            Node::Aggregate(aggregate, Box::new(of), only.map(Box::new))
        };
        self.made(made)
    }
}

impl<T, B: 'static, N, X> Aggregated<T, B, N, X> {
    /// How many values are in it.
    pub(super) fn count_values(&self) -> usize
    where
        X: CountValues,
    {
        self.values.count()
    }

    /// The node that is made of the aggregate, its operand and the condition of the rows that count; and the
    /// values in it.
    pub(super) fn made(
        self,
        make: impl FnOnce(Aggregate, Node, Option<Node>) -> Node,
    ) -> (Node, X) {
        let is_byte = TypeId::of::<B>() == TypeId::of::<i8>();
        if is_byte && matches!(self.aggregate, Aggregate::Min | Aggregate::Max) {
            let node = make(self.aggregate, in_order::<B>(self.of), self.only);
            return (Node::Function(Function::Byte, vec![node]), self.values);
        }
        (make(self.aggregate, self.of, self.only), self.values)
    }
}

/// A type whose values can be summed up.
#[diagnostic::on_unimplemented(
    message = "values of type `{Self}` cannot be summed up",
    label = "not a number",
    note = "numbers can"
)]
pub trait Summable {
    /// The type of the sum.
    type Sum: 'static;
    /// How they are.
    #[doc(hidden)]
    const AGGREGATE: Aggregate;
}

macro_rules! summable {
    ($($(#[$on:meta])? $type:ty => $sum:ty, $aggregate:ident;)*) => {
        $(
            $(#[$on])?
            #[diagnostic::do_not_recommend]
            impl Summable for $type {
                type Sum = $sum;
                const AGGREGATE: Aggregate = Aggregate::$aggregate;
            }
        )*
    };
}

summable! {
    i16 => i64, SumOfIntegers;
    i32 => i64, SumOfIntegers;
    i64 => i64, SumOfIntegers;
    f32 => f32, Sum;
    f64 => f64, Sum;
    #[cfg(feature = "rust_decimal")] rust_decimal::Decimal => rust_decimal::Decimal, Sum;
    #[cfg(feature = "bigdecimal")] bigdecimal::BigDecimal => bigdecimal::BigDecimal, Sum;
}

impl<T, B, N, X: Clone> Clone for Aggregated<T, B, N, X> {
    fn clone(&self) -> Self {
        Self {
            aggregate: self.aggregate,
            of: self.of.clone(),
            only: self.only.clone(),
            values: self.values.clone(),
            what: PhantomData,
        }
    }
}

impl<T, B, N, X> fmt::Debug for Aggregated<T, B, N, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: it may end up in a log.
        f.debug_struct("Aggregated")
            .field("aggregate", &self.aggregate)
            .field("of", &self.of)
            .finish_non_exhaustive()
    }
}
