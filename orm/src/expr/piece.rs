//! What can stand inside a larger expression.

use super::computed::{CountValues, One};
use super::operand::{AsOperand, AsReference, AsValue};
use super::{Operand, SameBare, SameScope};
use crate::stmt::Expr as Node;
use crate::table::column::{Never, Nullness};

/// What can stand in an expression of the scope `S` where a `B` is wanted: a value, a reference to one, a
/// column, or what is computed from columns.
///
/// `As` only tells the cases apart, so that the compiler finds the one that fits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand where a `{B}` is wanted",
    label = "not a `{B}`",
    note = "give a value of that type, or a column of the same table that has it"
)]
pub trait Piece<S, B, As> {
    /// The values in it.
    type Values: CountValues;
    /// Whether it may be `NULL`.
    type Null: Nullness;

    /// The expression, and its values.
    #[doc(hidden)]
    fn piece(self) -> (Node, Self::Values);
}

#[diagnostic::do_not_recommend]
impl<S, V> Piece<S, V, AsValue> for V {
    type Values = One<V>;
    type Null = Never;

    fn piece(self) -> (Node, One<V>) {
        (Node::Bind(0), One(self))
    }
}

#[diagnostic::do_not_recommend]
impl<S, B, V: ToOwned<Owned = B> + ?Sized> Piece<S, B, AsReference> for &V {
    type Values = One<B>;
    type Null = Never;

    fn piece(self) -> (Node, One<B>) {
        (Node::Bind(0), One(self.to_owned()))
    }
}

impl<S, B, O: Operand> Piece<S, B, AsOperand> for O
where
    (): SameScope<S, O::Scope>,
    (): SameBare<B, O::Bare, <() as SameScope<S, O::Scope>>::Holds>,
{
    type Values = O::Values;
    type Null = O::Null;

    fn piece(self) -> (Node, O::Values) {
        self.parts()
    }
}
