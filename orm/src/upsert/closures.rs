//! What a call has added to an upsert that its types do not say: values, and what closures made.
//!
//! Each call wraps what was there before it. Values are bound in the order of the calls, and the statement
//! names each by its slot.

use crate::backend::Backend;
use crate::expr::Values;
use crate::stmt::{Expr, Slot};
use crate::value::{Binder, Supply};

/// What has been added, in the order of the calls.
#[doc(hidden)]
pub trait Closures<DB: Backend> {
    /// Adds the new values of columns that were set, and the conditions.
    fn add(&self, to: &mut Added);

    /// Binds the values, in the order of their slots.
    fn bind(&self, to: &mut Binder<DB>);
}

/// The new values of columns that were set, and conditions.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Added {
    pub(super) assigned: Vec<Expr>,
    pub(super) conditions: Vec<Expr>,
    /// The slots of lists, each with the number of its values.
    pub(super) lists: Vec<(Slot, usize)>,
    /// How many values there are.
    slots: usize,
    /// Whether closures have a say in the text, which else follows from the types alone.
    pub(super) has_exprs: bool,
}

impl Added {
    pub(super) fn by<DB: Backend>(closures: &impl Closures<DB>) -> Self {
        let mut added = Self::default();
        closures.add(&mut added);
        added
    }

    /// An expression, whose values are bound behind those there are: each is as many arguments as this says.
    fn place(&mut self, expr: Expr, values: impl Iterator<Item = usize>) -> Expr {
        let placed = expr.shifted(self.slots);
        for arguments in values {
            if arguments > 1 {
                self.lists.push((self.slots, arguments));
            }
            self.slots += 1;
        }
        placed
    }
}

/// Nothing yet: any backend will do.
#[doc(hidden)]
#[derive(Debug)]
pub struct Open;

impl<DB: Backend> Closures<DB> for Open {
    fn add(&self, _: &mut Added) {}

    fn bind(&self, _: &mut Binder<DB>) {}
}

/// A column was set to a value.
#[doc(hidden)]
#[expect(
    missing_debug_implementations,
    reason = "it holds a value of the user's, which may be secret"
)]
pub struct WithValue<V, X> {
    pub(super) before: X,
    pub(super) value: V,
}

impl<DB: Backend, V: Supply<DB>, X: Closures<DB>> Closures<DB> for WithValue<V, X> {
    fn add(&self, to: &mut Added) {
        self.before.add(to);
        let value = to.place(Expr::Bind(0), std::iter::once(1));
        to.assigned.push(value);
    }

    fn bind(&self, to: &mut Binder<DB>) {
        self.before.bind(to);
        to.put(&self.value);
    }
}

/// A closure made an expression: the new value of a column that was set, or a condition.
#[doc(hidden)]
#[expect(
    missing_debug_implementations,
    reason = "it holds values of the user's, which may be secret"
)]
pub struct WithExpr<DB: Backend, X> {
    pub(super) before: X,
    pub(super) place: Place,
    pub(super) expr: Expr,
    pub(super) values: Values<DB>,
}

/// Where an expression of a closure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the new value of a column.
    Assigned,
    /// It is a condition.
    Condition,
}

impl<DB: Backend, X: Closures<DB>> Closures<DB> for WithExpr<DB, X> {
    fn add(&self, to: &mut Added) {
        self.before.add(to);
        to.has_exprs = true;
        let arguments = self.values.iter().map(|value| value.arguments());
        let expr = to.place(self.expr.clone(), arguments);
        match self.place {
            Place::Assigned => to.assigned.push(expr),
            Place::Condition => to.conditions.push(expr),
        }
    }

    fn bind(&self, to: &mut Binder<DB>) {
        self.before.bind(to);
        for value in &self.values {
            value.bind(to);
        }
    }
}
