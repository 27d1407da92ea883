//! Computing with columns: `old.attempts + new.attempts`, `Product::PRICE * Product::STOCK`.

use std::ops::{Add, Mul, Sub};

use super::computed::{CountValues, Expr, One, Pair, ValuesOf};
use super::mentions::{Both, Mentions, Union};
use super::{Of, Operand, RowOf, SameBare};
use crate::stmt::{Arithmetic, Expr as Node};
use crate::table::column::{Column, ColumnMeta, Never, Nullness};

/// What can stand in a computation of the scope `S` with values of type `B`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be computed with a column of type `{B}`",
    label = "not a `{B}` of the same rows",
    note = "compute with numbers of the column's type, or with another column of the same table"
)]
pub trait Term<S, B> {
    /// The tables that the computation mentions with it.
    type Scope: Mentions;
    /// The type of its value, without the `Option`.
    type Bare;
    /// The values in it.
    type Values: CountValues;
    /// Whether it may be `NULL`.
    type Null: Nullness;

    /// The expression, and its values.
    #[doc(hidden)]
    fn term(self) -> (Node, Self::Values);
}

/// A term that can stand beside a `B` of the scope `S`. Apart from [`Term`], so that the compiler says what is
/// wrong with it.
#[doc(hidden)]
pub trait Beside<S, B> {}

impl<S, B, R> Beside<S, B> for R
where
    R: Term<S, B>,
    (): SameBare<B, R::Bare>,
{
}

/// A type that a database can compute with.
#[doc(hidden)]
pub trait Number {}

macro_rules! numbers {
    ($($(#[$on:meta])? $number:ty),* $(,)?) => {
        $(
            $(#[$on])?
            #[diagnostic::do_not_recommend]
            impl Number for $number {}
        )*
    };
}

numbers! {
    i8, i16, i32, i64, f32, f64,
    #[cfg(feature = "rust_decimal")] rust_decimal::Decimal,
    #[cfg(feature = "bigdecimal")] bigdecimal::BigDecimal,
}

#[diagnostic::do_not_recommend]
impl<S: Mentions, B: Number> Term<S, B> for B {
    type Scope = S;
    type Bare = B;
    type Values = One<B>;
    type Null = Never;

    fn term(self) -> (Node, One<B>) {
        (Node::Bind(0), One(self))
    }
}

macro_rules! terms {
    ($([$($generics:tt)*] $operand:ty;)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<S, B, $($generics)*> Term<S, B> for $operand
            where
                S: Union<<Self as Operand>::Scope>,
            {
                type Scope = Both<S, <Self as Operand>::Scope>;
                type Bare = <Self as Operand>::Bare;
                type Values = <Self as Operand>::Values;
                type Null = <Self as Operand>::Null;

                fn term(self) -> (Node, Self::Values) {
                    self.parts()
                }
            }
        )*
    };
}

terms! {
    [C: ColumnMeta] Column<C>;
    [Side: RowOf, C: ColumnMeta] Of<Side, C>;
    [T: Mentions, V: 'static, N: Nullness, X: CountValues] Expr<T, V, N, X>;
}

/// What becomes of computing with the two.
pub type Computed<L, R> = Expr<
    <R as Term<<L as Operand>::Scope, <L as Operand>::Bare>>::Scope,
    <L as Operand>::Bare,
    <<L as Operand>::Null as Nullness>::Or<
        <R as Term<<L as Operand>::Scope, <L as Operand>::Bare>>::Null,
    >,
    Pair<
        <L as Operand>::Values,
        ValuesOf<R, <R as Term<<L as Operand>::Scope, <L as Operand>::Bare>>::Values>,
    >,
>;

fn compute<L, R>(left: L, operation: Arithmetic, right: R) -> Computed<L, R>
where
    L: Operand,
    R: Term<L::Scope, L::Bare>,
{
    let (left, left_values) = left.parts();
    let (right, right_values) = right.term();
    let (values, right) = Pair::of(left_values, ValuesOf::new(right_values), right);
    Expr::new(node(left, operation, right), values)
}

// Apart from `compute`, so that it is compiled once, and not for each pair of operands.
fn node(left: Node, operation: Arithmetic, right: Node) -> Node {
    Node::Compute(Box::new(left), operation, Box::new(right))
}

macro_rules! operators {
    ($($operator:ident $method:ident $operation:ident;)*) => {
        $(
            operators!(@one $operator $method $operation [C: ColumnMeta<Bare: Number>] Column<C>);
            operators!(@one $operator $method $operation
                [Side: RowOf, C: ColumnMeta<Bare: Number>] Of<Side, C>);
            operators!(@one $operator $method $operation
                [S: Mentions, B: Number + 'static, N: Nullness, X: CountValues] Expr<S, B, N, X>);
        )*
    };
    (@one $operator:ident $method:ident $operation:ident [$($generics:tt)*] $left:ty) => {
        impl<$($generics)*, R> $operator<R> for $left
        where
            R: Term<<Self as Operand>::Scope, <Self as Operand>::Bare>
                + Beside<<Self as Operand>::Scope, <Self as Operand>::Bare>,
        {
            type Output = Computed<Self, R>;

            fn $method(self, other: R) -> Self::Output {
                compute(self, Arithmetic::$operation, other)
            }
        }
    };
}

operators! {
    Add add Add;
    Sub sub Subtract;
    Mul mul Multiply;
}
