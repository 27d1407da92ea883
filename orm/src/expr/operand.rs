//! What can stand on either side of a comparison.

use std::any::TypeId;
use std::fmt;
use std::marker::PhantomData;

use super::computed::{CountValues, One};
use super::mentions::{Both, Mentions, Union};
use super::same::SameBare;
use crate::stmt::{Expr, Qualifier};
use crate::table::Table;
use crate::table::column::{Column, ColumnMeta, Never, NullOfColumn, Nullness};

/// A column, or what is computed from columns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a value of the column's type nor a column",
    label = "not of the column's type",
    note = "give a value of the column's type, or a column that has it; `NULL` is found by `.is_null()`"
)]
pub trait Operand: Sized {
    /// The tables that it mentions.
    type Scope: Mentions;
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

/// The row of a column that is reached by its name.
#[doc(hidden)]
pub trait RowOf {
    /// The tables that such a column of the table `T` mentions.
    type Scope<T: Table>: Mentions;
    /// Whether the row may be missing.
    type Null: Nullness;
    /// Which row it is.
    const QUALIFIER: Qualifier;
}

impl RowOf for Old {
    type Scope<T: Table> = OldNew<T>;
    type Null = Never;
    const QUALIFIER: Qualifier = Qualifier::Stored;
}

impl RowOf for New {
    type Scope<T: Table> = OldNew<T>;
    type Null = Never;
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
        let table = Qualifier::Table(TypeId::of::<C::Table>());
        (Expr::Column(table, Self::AT), ())
    }
}

#[diagnostic::do_not_recommend]
impl<S: RowOf, C: ColumnMeta> Operand for Of<S, C> {
    type Scope = S::Scope<C::Table>;
    type Bare = C::Bare;
    type Null = <S::Null as Nullness>::Or<NullOfColumn<C>>;
    type Value = <Self::Null as Nullness>::Of<C::Bare>;
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

/// What can stand in an expression over `S` where a `B` is wanted: a value, a reference to one, a column, what is
/// computed from columns, or a query of one value.
///
/// `As` only tells the cases apart, so that the compiler finds the one that fits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand beside a column of type `{B}`",
    label = "not a `{B}`",
    note = "give a value of the column's type, or a column that has it; `NULL` is found by `.is_null()`"
)]
pub trait IntoExpr<S, B, As> {
    /// The tables that the expression mentions with it.
    type Scope: Mentions;
    /// Whether it may be `NULL`.
    type Null: Nullness;
    /// The values in it.
    type Values: CountValues;

    /// The expression, and its values.
    #[doc(hidden)]
    fn into_expr(self) -> (Expr, Self::Values);
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

#[diagnostic::do_not_recommend]
impl<S: Mentions, V> IntoExpr<S, V, AsValue> for V {
    type Scope = S;
    type Null = Never;
    type Values = One<V>;

    fn into_expr(self) -> (Expr, One<V>) {
        (Expr::Bind(0), One(self))
    }
}

#[diagnostic::do_not_recommend]
impl<S: Mentions, B, V: ToOwned<Owned = B> + ?Sized> IntoExpr<S, B, AsReference> for &V {
    type Scope = S;
    type Null = Never;
    type Values = One<B>;

    fn into_expr(self) -> (Expr, One<B>) {
        (Expr::Bind(0), One(self.to_owned()))
    }
}

impl<S, B, O: Operand> IntoExpr<S, B, AsOperand> for O
where
    S: Union<O::Scope>,
    (): SameBare<B, O::Bare>,
{
    type Scope = Both<S, O::Scope>;
    type Null = O::Null;
    type Values = O::Values;

    fn into_expr(self) -> (Expr, O::Values) {
        self.parts()
    }
}
