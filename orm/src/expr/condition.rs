//! Conditions made of an operand and of what stands beside it.

use std::any::TypeId;
use std::sync::Arc;

use super::pattern::Pattern;
use super::{Filter, IntoExpr, IntoValues, Operand, Values, add};
use crate::backend::Backend;
use crate::stmt::{Comparison, Expr, Function};
use crate::value::Supply;

/// The expression of an operand, and its values as those of a backend.
pub(super) fn bound<O: Operand, DB: Backend>(operand: O) -> (Expr, Values<DB>)
where
    O::Values: IntoValues<DB>,
{
    let (expr, own) = operand.parts();
    let mut values = Vec::new();
    own.into_values(&mut values);
    (expr, values)
}

/// An expression, whose values go behind those that are there.
pub(super) fn beside<DB: Backend>(
    (expr, own): (Expr, impl IntoValues<DB>),
    values: &mut Values<DB>,
) -> Expr {
    add(expr, own, values)
}

/// Two operands compared.
pub(super) fn compare<O: Operand, B, V, As, DB: Backend>(
    operand: O,
    comparison: Comparison,
    other: V,
) -> Filter<V::Scope, DB>
where
    V: IntoExpr<O::Scope, B, As>,
    O::Values: IntoValues<DB>,
    V::Values: IntoValues<DB>,
{
    let (operand, mut values) = bound(operand);
    let mut both = [operand, beside(other.into_expr(), &mut values)];
    if comparison.is_of_order() {
        both = both.map(in_order::<O::Bare>);
    }
    let [operand, other] = both;
    Filter::new(operand.compare(comparison, other), values)
}

/// Asks whether a text fits a pattern.
pub(super) fn fits<O: Operand, DB: Backend>(
    operand: O,
    function: Function,
    pattern: String,
) -> Filter<O::Scope, DB>
where
    O::Values: IntoValues<DB>,
    String: Supply<DB>,
{
    let (operand, mut values) = bound(operand);
    values.push(Arc::new(Pattern::new(pattern, function)));
    let pattern = Expr::Bind(values.len() - 1);
    Filter::new(Expr::Function(function, vec![operand, pattern]), values)
}

/// Something of type `B` as it is compared by its order.
pub(crate) fn in_order<B: 'static>(expr: Expr) -> Expr {
    if TypeId::of::<B>() == TypeId::of::<i8>() {
        Expr::Function(Function::Signed, vec![expr])
    } else {
        expr
    }
}

/// A value made of those that [`in_order`] gives, as one of type `B` again.
pub(crate) fn as_compared<B: 'static>(expr: Expr) -> Expr {
    if TypeId::of::<B>() == TypeId::of::<i8>() {
        Expr::Function(Function::Byte, vec![expr])
    } else {
        expr
    }
}

/// Asks a function of two texts.
pub(super) fn ask<O: Operand, B, V, As, DB: Backend>(
    operand: O,
    function: Function,
    other: V,
) -> Filter<V::Scope, DB>
where
    V: IntoExpr<O::Scope, B, As>,
    O::Values: IntoValues<DB>,
    V::Values: IntoValues<DB>,
{
    let (operand, mut values) = bound(operand);
    let other = beside(other.into_expr(), &mut values);
    Filter::new(Expr::Function(function, vec![operand, other]), values)
}
