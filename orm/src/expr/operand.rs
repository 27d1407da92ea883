//! What can stand on either side of a comparison.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{CountValues, IntoValues, SameBare, SameScope, Value, Values, add};
use crate::backend::Backend;
use crate::stmt::{Expr, Qualifier};
use crate::table::column::{Column, ColumnMeta, NullOfColumn, Nullness};
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
    type Values: CountValues;

    /// The expression, and its values.
    #[doc(hidden)]
    fn parts(self) -> (Expr, Self::Values);
}

/// The scope of an upsert's closures: the stored row and the incoming one, side by side.
#[derive(Debug)]
pub struct OldNew<T>(PhantomData<fn() -> T>);

/// A column of one of the two rows, in the closures of an upsert: `Of<Old, C>` is that of the stored row,
/// `Of<New, C>` that of the incoming one.
pub struct Of<S, C>(PhantomData<fn() -> (S, C)>);

/// The stored row.
#[derive(Debug)]
pub struct Old;

/// The incoming row.
#[derive(Debug)]
pub struct New;

/// One of the two rows.
#[doc(hidden)]
pub trait OneOfBoth {
    /// Which.
    const QUALIFIER: Qualifier;
}

impl OneOfBoth for Old {
    const QUALIFIER: Qualifier = Qualifier::Stored;
}

impl OneOfBoth for New {
    const QUALIFIER: Qualifier = Qualifier::Incoming;
}

#[diagnostic::do_not_recommend]
impl<C: ColumnMeta> Operand for Column<C> {
    type Scope = C::Table;
    type Bare = C::Bare;
    type Null = NullOfColumn<C>;
    type Value = C::Value;
    type Values = ();

    fn parts(self) -> (Expr, ()) {
        (Expr::Column(Qualifier::Row, Self::AT), ())
    }
}

#[diagnostic::do_not_recommend]
impl<S: OneOfBoth, C: ColumnMeta> Operand for Of<S, C> {
    type Scope = OldNew<C::Table>;
    type Bare = C::Bare;
    type Null = NullOfColumn<C>;
    type Value = C::Value;
    type Values = ();

    fn parts(self) -> (Expr, ()) {
        (Expr::Column(S::QUALIFIER, Column::<C>::AT), ())
    }
}

impl<S, C> Of<S, C> {
    /// The only value there is.
    #[doc(hidden)]
    pub const NEW: Self = Self(PhantomData);
}

impl<S, C> Clone for Of<S, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, C> Copy for Of<S, C> {}

impl<S, C> fmt::Debug for Of<S, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Of")
    }
}

/// What can be compared with an operand of this scope and type: a value, a reference to one, or
/// another operand.
///
/// `As` only tells the cases apart, so that the compiler finds the one that fits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a column of type `{Bare}`",
    label = "not a `{Bare}`",
    note = "compare with a value of the column's type, or with another column of the same table; `NULL` is found by `.is_null()`"
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
    Expr::Bind(to.len() - 1)
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
        add(expr, own, values)
    }
}
