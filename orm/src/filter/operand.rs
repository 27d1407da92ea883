//! What can stand on either side of a comparison.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{IntoValues, SameBare, SameScope, Value, Values};
use crate::backend::Backend;
use crate::column::{Column, ColumnMeta, NullOfColumn, Nullness};
use crate::stmt::{Expr, Side};
use crate::table::ColumnNamed;
use crate::value::Supply;

/// A column, or what is computed from columns.
pub trait Operand: Sized {
    /// Whose columns it may stand beside.
    type Scope;
    /// The type of its value, without the `Option`.
    type Bare: 'static;
    /// Whether its value may be `NULL`.
    type Null: Nullness;
    /// The type of its value.
    type Value: 'static;
    /// The values in it.
    type Values;

    /// The expression, and its values.
    #[doc(hidden)]
    fn parts(self) -> (Expr, Self::Values);
}

/// The scope of an upsert's closures: the stored row and the incoming one, side by side.
#[derive(Debug)]
pub struct OldNew<T>(PhantomData<fn() -> T>);

/// A column of the stored row, in the closures of an upsert.
pub struct Stored<C>(PhantomData<fn() -> C>);

/// A column of the incoming row, in the closures of an upsert.
pub struct Incoming<T, N>(PhantomData<fn() -> (T, N)>);

#[diagnostic::do_not_recommend]
impl<C: ColumnMeta> Operand for Column<C> {
    type Scope = C::Table;
    type Bare = C::Bare;
    type Null = NullOfColumn<C>;
    type Value = C::Value;
    type Values = ();

    fn parts(self) -> (Expr, ()) {
        (Expr::Column(Side::Row, Self::AT), ())
    }
}

#[diagnostic::do_not_recommend]
impl<C: ColumnMeta> Operand for Stored<C> {
    type Scope = OldNew<C::Table>;
    type Bare = C::Bare;
    type Null = NullOfColumn<C>;
    type Value = C::Value;
    type Values = ();

    fn parts(self) -> (Expr, ()) {
        (Expr::Column(Side::Stored, Column::<C>::AT), ())
    }
}

#[diagnostic::do_not_recommend]
impl<T: ColumnNamed<N>, N> Operand for Incoming<T, N> {
    type Scope = OldNew<T>;
    type Bare = <T::Column as ColumnMeta>::Bare;
    type Null = NullOfColumn<T::Column>;
    type Value = <T::Column as ColumnMeta>::Value;
    type Values = ();

    fn parts(self) -> (Expr, ()) {
        (Expr::Column(Side::Incoming, Column::<T::Column>::AT), ())
    }
}

impl<C> Stored<C> {
    /// The only value there is.
    #[doc(hidden)]
    pub const NEW: Self = Self(PhantomData);
}

impl<T, N> Incoming<T, N> {
    /// The only value there is.
    #[doc(hidden)]
    pub const NEW: Self = Self(PhantomData);
}

macro_rules! without_content {
    ($name:literal, [$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> Clone for $type {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($generics)*> Copy for $type {}

        impl<$($generics)*> fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($name)
            }
        }
    };
}

without_content!("Stored", [C] Stored<C>);
without_content!("Incoming", [T, N] Incoming<T, N>);

/// What can be compared with an operand of this scope and type: a value, a reference to one, or
/// another operand.
///
/// `As` only tells the cases apart, so that the compiler finds the one that fits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a column of type `{Bare}`",
    label = "not a `{Bare}`",
    note = "compare with a value of the column's type, or with another column of the same table"
)]
pub trait IntoOperand<Scope, Bare, As, DB: Backend> {
    /// The expression, and its values.
    #[doc(hidden)]
    fn into_operand(self, values: &mut Values<DB>) -> Expr;
}

/// A value.
#[doc(hidden)]
#[derive(Debug)]
pub struct AsValue;

/// A reference to a value.
#[doc(hidden)]
#[derive(Debug)]
pub struct AsReference;

/// A column, or what is computed from columns.
#[doc(hidden)]
#[derive(Debug)]
pub struct AsOperand;

fn value<DB: Backend>(value: impl Supply<DB> + Send + Sync + 'static, to: &mut Values<DB>) -> Expr {
    to.push(Arc::new(Value(value)));
    Expr::Bind
}

#[diagnostic::do_not_recommend]
impl<S, V, DB: Backend> IntoOperand<S, V, AsValue, DB> for V
where
    V: Supply<DB> + Send + Sync + 'static,
{
    fn into_operand(self, values: &mut Values<DB>) -> Expr {
        value(self, values)
    }
}

#[diagnostic::do_not_recommend]
impl<S, B, V: ?Sized, DB: Backend> IntoOperand<S, B, AsReference, DB> for &V
where
    V: ToOwned<Owned = B>,
    B: Supply<DB> + Send + Sync + 'static,
{
    fn into_operand(self, values: &mut Values<DB>) -> Expr {
        value(self.to_owned(), values)
    }
}

impl<S, B, O, DB: Backend> IntoOperand<S, B, AsOperand, DB> for O
where
    O: Operand<Values: IntoValues<DB>>,
    (): SameScope<S, O::Scope>,
    (): SameBare<B, O::Bare, <() as SameScope<S, O::Scope>>::Holds>,
{
    fn into_operand(self, values: &mut Values<DB>) -> Expr {
        let (expr, own) = self.parts();
        own.into_values(values);
        expr
    }
}
