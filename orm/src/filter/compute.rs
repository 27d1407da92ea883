//! Computing with columns: `old.attempts + new.attempts`.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Add, Mul, Sub};
use std::sync::Arc;

use super::{AsOperand, Incoming, IntoOperand, Operand, Stored, Values};
use crate::backend::Backend;
use crate::column::ColumnMeta;
use crate::stmt::{Arithmetic, Expr};
use crate::table::ColumnNamed;
use crate::value::Supply;

/// What is computed from columns of the scope `S`: of type `B`, with the values `V` in it.
pub struct Computed<S, B, V> {
    expr: Expr,
    values: V,
    what: PhantomData<fn() -> (S, B)>,
}

/// Two lists of values, one behind the other.
#[doc(hidden)]
#[derive(Debug)]
pub struct Both<L, R>(L, R);

/// A value.
#[doc(hidden)]
#[derive(Debug)]
pub struct One<V>(V);

/// Values that can be bound on a backend.
#[doc(hidden)]
pub trait IntoValues<DB: Backend> {
    /// Adds them.
    fn into_values(self, to: &mut Values<DB>);
}

impl<DB: Backend> IntoValues<DB> for () {
    fn into_values(self, _: &mut Values<DB>) {}
}

impl<DB: Backend, V: Supply<DB> + Send + Sync + 'static> IntoValues<DB> for One<V> {
    fn into_values(self, to: &mut Values<DB>) {
        to.push(Arc::new(self.0));
    }
}

impl<DB: Backend, L: IntoValues<DB>, R: IntoValues<DB>> IntoValues<DB> for Both<L, R> {
    fn into_values(self, to: &mut Values<DB>) {
        self.0.into_values(to);
        self.1.into_values(to);
    }
}

/// What can stand in a computation of the scope `S` with values of type `B`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be computed with a column of type `{B}`",
    label = "not a `{B}`",
    note = "compute with numbers of the column's type, or with another column of the same table"
)]
pub trait Term<S, B> {
    /// The values in it.
    type Values;

    /// The expression, and its values.
    #[doc(hidden)]
    fn parts(self) -> (Expr, Self::Values);
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
impl<S, B: Number> Term<S, B> for B {
    type Values = One<B>;

    fn parts(self) -> (Expr, One<B>) {
        (Expr::Bind, One(self))
    }
}

#[diagnostic::do_not_recommend]
impl<C: ColumnMeta> Term<<Self as Operand>::Scope, C::Bare> for Stored<C> {
    type Values = ();

    fn parts(self) -> (Expr, ()) {
        (self.expr(), ())
    }
}

#[diagnostic::do_not_recommend]
impl<T: ColumnNamed<HASH>, const HASH: u64>
    Term<<Self as Operand>::Scope, <T::Column as ColumnMeta>::Bare> for Incoming<T, HASH>
{
    type Values = ();

    fn parts(self) -> (Expr, ()) {
        (self.expr(), ())
    }
}

#[diagnostic::do_not_recommend]
impl<S, B, V> Term<S, B> for Computed<S, B, V> {
    type Values = V;

    fn parts(self) -> (Expr, V) {
        (self.expr, self.values)
    }
}

#[diagnostic::do_not_recommend]
impl<S, B, V: IntoValues<DB>, DB: Backend> IntoOperand<S, B, AsOperand, DB> for Computed<S, B, V> {
    fn into_operand(self, values: &mut Values<DB>) -> Expr {
        self.values.into_values(values);
        self.expr
    }
}

fn compute<S, B, L, R>(
    left: L,
    operation: Arithmetic,
    right: R,
) -> Computed<S, B, Both<L::Values, R::Values>>
where
    L: Term<S, B>,
    R: Term<S, B>,
{
    let (left, left_values) = left.parts();
    let (right, right_values) = right.parts();
    Computed {
        expr: Expr::Compute(Box::new(left), operation, Box::new(right)),
        values: Both(left_values, right_values),
        what: PhantomData,
    }
}

macro_rules! operators {
    ($($operator:ident $method:ident $operation:ident;)*) => {
        $(
            impl<C: ColumnMeta<Bare: Number>, R> $operator<R> for Stored<C>
            where
                R: Term<<Self as Operand>::Scope, C::Bare>,
            {
                type Output = Computed<<Self as Operand>::Scope, C::Bare, Both<(), R::Values>>;

                fn $method(self, other: R) -> Self::Output {
                    compute(self, Arithmetic::$operation, other)
                }
            }

            impl<T, const HASH: u64, R> $operator<R> for Incoming<T, HASH>
            where
                T: ColumnNamed<HASH, Column: ColumnMeta<Bare: Number>>,
                R: Term<<Self as Operand>::Scope, <Self as Operand>::Bare>,
            {
                type Output = Computed<
                    <Self as Operand>::Scope,
                    <Self as Operand>::Bare,
                    Both<(), R::Values>,
                >;

                fn $method(self, other: R) -> Self::Output {
                    compute(self, Arithmetic::$operation, other)
                }
            }

            impl<S, B, V, R: Term<S, B>> $operator<R> for Computed<S, B, V> {
                type Output = Computed<S, B, Both<V, R::Values>>;

                fn $method(self, other: R) -> Self::Output {
                    compute(self, Arithmetic::$operation, other)
                }
            }
        )*
    };
}

operators! {
    Add add Add;
    Sub sub Subtract;
    Mul mul Multiply;
}

impl<S, B, V> fmt::Debug for Computed<S, B, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: it may end up in a log.
        f.debug_struct("Computed")
            .field("expr", &self.expr)
            .finish_non_exhaustive()
    }
}
