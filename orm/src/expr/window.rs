//! Functions over a window of rows.

use std::fmt;
use std::marker::PhantomData;

use super::computed::{BoundValues, CountValues, Expr, Pair};
use super::mentions::{AnyTable, Both, Mentions, OverRows, Union};
use super::{Aggregated, IntoValues, Of, Operand, RowOf, Values, add, in_order};
use crate::backend::Backend;
use crate::driver::Db;
use crate::stmt::{Expr as Node, Frame, FrameBound, Order, Window, WindowCall, WindowFunction};
use crate::table::column::{Column, ColumnMeta, Maybe, Never, Nullness};

/// The rows that a window function is over: what [`partition_by`] and [`window`] begin.
#[must_use = "a window does nothing by itself: give it to `over`"]
pub struct Over<S, DB: Backend = Db> {
    partition: Vec<Node>,
    order: Vec<Order>,
    frame: Option<Frame>,
    values: Values<DB>,
    scope: PhantomData<fn() -> S>,
}

/// A window function, until it is said which rows it is [`over`](Self::over).
#[must_use = "a window function needs a window: go on with `over`"]
pub struct OverWindow<S, B, N, X> {
    call: WindowCall,
    values: X,
    what: PhantomData<fn() -> (S, B, N)>,
}

/// Terms of a window: a column, an expression, either with its direction, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a term of a window",
    label = "neither a column nor computed from columns",
    note = "name a column by its constant, `column.desc()`, or a tuple of them"
)]
pub trait WindowTerms<DB: Backend> {
    /// The tables that they mention.
    type Scope: Mentions;

    /// Adds the terms, and the values in them.
    #[doc(hidden)]
    fn add_to(self, to: &mut Vec<Order>, values: &mut Values<DB>);
}

/// Begins a window of all rows of the query.
///
/// # Examples
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct Entry {
///     #[column(primary_key)]
///     id: i64,
///     amount: i64,
/// }
///
/// let balance = Entry::AMOUNT.sum().over(orm::window().order_by(Entry::ID));
/// assert_eq!(
///     Entry::select().columns((Entry::ID, balance)).to_sql::<Sqlite>(),
///     r#"SELECT "id", sum("amount") OVER (ORDER BY "id") FROM "entries""#,
/// );
/// ```
pub fn window<DB: Backend>() -> Over<AnyTable, DB> {
    Over {
        partition: Vec::new(),
        order: Vec::new(),
        frame: None,
        values: Vec::new(),
        scope: PhantomData,
    }
}

/// Begins a window of the rows that are alike in this: a column, an expression, or a tuple of them.
///
/// # Examples
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct Sale {
///     #[column(primary_key)]
///     id: i64,
///     shop: String,
///     price: i64,
/// }
///
/// let place = orm::row_number().over(orm::partition_by(Sale::SHOP).order_by(Sale::PRICE.desc()));
/// assert_eq!(
///     Sale::select().columns((Sale::ID, place)).to_sql::<Postgres>(),
///     r#"SELECT "id", row_number() OVER (PARTITION BY "shop" ORDER BY "price" DESC) FROM "sales""#,
/// );
/// ```
pub fn partition_by<P: WindowTerms<DB>, DB: Backend>(terms: P) -> Over<P::Scope, DB> {
    let (mut partition, mut values) = (Vec::new(), Vec::new());
    terms.add_to(&mut partition, &mut values);
    Over {
        partition: partition.into_iter().map(|term| term.by).collect(),
        order: Vec::new(),
        frame: None,
        values,
        scope: PhantomData,
    }
}

impl<S: Mentions, DB: Backend> Over<S, DB> {
    /// In this order: a column, `column.desc()`, or a tuple of them. An aggregate over an ordered window is that of
    /// the rows up to each row.
    pub fn order_by<B: WindowTerms<DB>>(mut self, order: B) -> Over<Both<S, B::Scope>, DB>
    where
        S: Union<B::Scope>,
    {
        order.add_to(&mut self.order, &mut self.values);
        Over {
            partition: self.partition,
            order: self.order,
            frame: self.frame,
            values: self.values,
            scope: PhantomData,
        }
    }

    /// Of the rows only those between the two, seen from each row: `ROWS BETWEEN`.
    pub fn rows_between(mut self, from: FrameBound, to: FrameBound) -> Self {
        self.frame = Some(Frame { from, to });
        self
    }
}

/// The terms of a window, and their values.
struct Rows<DB: Backend> {
    partition: Vec<Node>,
    order: Vec<Order>,
    frame: Option<Frame>,
    values: BoundValues<DB>,
}

impl<S, DB: Backend> Over<S, DB> {
    /// The terms, with their slots moved up by `before`.
    fn behind(self, before: usize) -> Rows<DB> {
        let partition = self.partition.into_iter();
        let order = self.order.into_iter();
        Rows {
            partition: partition.map(|node| node.shifted(before)).collect(),
            order: order
                .map(|term| Order {
                    by: term.by.shifted(before),
                    ..term
                })
                .collect(),
            frame: self.frame,
            values: BoundValues(self.values),
        }
    }
}

/// The number of each row of its window, from one on.
pub fn row_number() -> OverWindow<AnyTable, i64, Never, ()> {
    function(WindowFunction::RowNumber)
}

/// The rank of each row in its window: rows that are alike have the same, and the next one counts them all.
pub fn rank() -> OverWindow<AnyTable, i64, Never, ()> {
    function(WindowFunction::Rank)
}

/// The rank of each row in its window, without gaps behind rows that are alike.
pub fn dense_rank() -> OverWindow<AnyTable, i64, Never, ()> {
    function(WindowFunction::DenseRank)
}

fn function(function: WindowFunction) -> OverWindow<AnyTable, i64, Never, ()> {
    OverWindow {
        call: WindowCall::Function(function, Vec::new()),
        values: (),
        what: PhantomData,
    }
}

/// The value of an expression in other rows of a window.
pub trait Windows: Operand {
    /// Its value `rows` rows before each row of the window; `None` where there is no such row.
    fn lag(self, rows: u32) -> OverWindow<Self::Scope, Self::Bare, Maybe, Self::Values> {
        of(self, WindowFunction::Lag(rows))
    }

    /// Its value `rows` rows behind each row of the window; `None` where there is no such row.
    fn lead(self, rows: u32) -> OverWindow<Self::Scope, Self::Bare, Maybe, Self::Values> {
        of(self, WindowFunction::Lead(rows))
    }

    /// Its value in the first row of the window's frame.
    fn first_value(self) -> OverWindow<Self::Scope, Self::Bare, Maybe, Self::Values> {
        of(self, WindowFunction::FirstValue)
    }

    /// Its value in the last row of the window's frame, which ends with each row unless
    /// [`rows_between`](Over::rows_between) says otherwise.
    fn last_value(self) -> OverWindow<Self::Scope, Self::Bare, Maybe, Self::Values> {
        of(self, WindowFunction::LastValue)
    }
}

impl<O: Operand> Windows for O {}

fn of<O: Operand>(
    operand: O,
    function: WindowFunction,
) -> OverWindow<O::Scope, O::Bare, Maybe, O::Values> {
    let (node, values) = operand.parts();
    OverWindow {
        call: WindowCall::Function(function, vec![node]),
        values,
        what: PhantomData,
    }
}

/// A window function with its window.
pub type Windowed<S, W, B, N, X, DB> = Expr<OverRows<Both<S, W>>, B, N, Pair<X, BoundValues<DB>>>;

impl<S: Mentions, B, N: Nullness, X: CountValues> OverWindow<S, B, N, X> {
    /// Over these rows: a value that can be selected and ordered by.
    pub fn over<W, DB: Backend>(self, window: Over<W, DB>) -> Windowed<S, W, B, N, X, DB>
    where
        S: Union<W>,
    {
        let Rows {
            partition,
            order,
            frame,
            values,
        } = window.behind(self.values.count());
        let node = Node::Window(Box::new(Window {
            call: self.call,
            partition,
            order,
            frame,
        }));
        Expr::new(node, Pair(self.values, values))
    }
}

impl<S: Mentions, B: 'static, N: Nullness, X: CountValues> Aggregated<S, B, N, X> {
    /// Over the rows of a window instead of a group: a value of each row, that can be selected and ordered by.
    pub fn over<W, DB: Backend>(self, window: Over<W, DB>) -> Windowed<S, W, B, N, X, DB>
    where
        S: Union<W>,
    {
        let Rows {
            partition,
            order,
            frame,
            values,
        } = window.behind(self.count_values());
        let (node, own) = self.made(|aggregate, of, condition| {
            Node::Window(Box::new(Window {
                call: WindowCall::Aggregate(aggregate, of, condition),
                partition,
                order,
                frame,
            }))
        });
        Expr::new(node, Pair(own, values))
    }
}

impl<C: ColumnMeta, DB: Backend> WindowTerms<DB> for Column<C> {
    type Scope = C::Table;

    fn add_to(self, to: &mut Vec<Order>, values: &mut Values<DB>) {
        term(self, to, values);
    }
}

impl<R: RowOf, C: ColumnMeta, DB: Backend> WindowTerms<DB> for Of<R, C> {
    type Scope = R::Scope<C::Table>;

    fn add_to(self, to: &mut Vec<Order>, values: &mut Values<DB>) {
        term(self, to, values);
    }
}

impl<S: Mentions, B: 'static, N: Nullness, X, DB: Backend> WindowTerms<DB> for Expr<S, B, N, X>
where
    X: CountValues + IntoValues<DB>,
{
    type Scope = S;

    fn add_to(self, to: &mut Vec<Order>, values: &mut Values<DB>) {
        term(self, to, values);
    }
}

fn term<O, DB: Backend>(operand: O, to: &mut Vec<Order>, values: &mut Values<DB>)
where
    O: Operand<Values: IntoValues<DB>>,
{
    let (node, own) = operand.parts();
    to.push(Order {
        by: add(in_order::<O::Bare>(node), own, values),
        descending: false,
        nulls_first: None,
    });
}

macro_rules! tuples {
    ($first:ident) => {
        impl<DB: Backend, $first: WindowTerms<DB>> WindowTerms<DB> for ($first,) {
            type Scope = $first::Scope;

            fn add_to(self, to: &mut Vec<Order>, values: &mut Values<DB>) {
                self.0.add_to(to, values);
            }
        }
    };
    ($first:ident $($rest:ident)+) => {
        impl<DB: Backend, $first, $($rest),+> WindowTerms<DB> for ($first, $($rest),+)
        where
            $first: WindowTerms<DB>,
            $($rest: WindowTerms<DB>,)+
            ($($rest,)+): WindowTerms<DB>,
            $first::Scope: Union<<($($rest,)+) as WindowTerms<DB>>::Scope>,
        {
            type Scope = Both<$first::Scope, <($($rest,)+) as WindowTerms<DB>>::Scope>;

            #[expect(non_snake_case, reason = "types and values of a tuple share their names here")]
            fn add_to(self, to: &mut Vec<Order>, values: &mut Values<DB>) {
                let ($first, $($rest),+) = self;
                $first.add_to(to, values);
                $($rest.add_to(to, values);)+
            }
        }
    };
}

for_tuples!(tuples);

impl<S, DB: Backend> Clone for Over<S, DB> {
    fn clone(&self) -> Self {
        Self {
            partition: self.partition.clone(),
            order: self.order.clone(),
            frame: self.frame,
            values: self.values.clone(),
            scope: PhantomData,
        }
    }
}

impl<S, DB: Backend> fmt::Debug for Over<S, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: it may end up in a log.
        f.debug_struct("Over")
            .field("partition", &self.partition)
            .field("order", &self.order)
            .field("frame", &self.frame)
            .finish_non_exhaustive()
    }
}

impl<S, B, N, X> fmt::Debug for OverWindow<S, B, N, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OverWindow")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}
