//! What a call has added to an upsert that its types do not say: values, and what closures made.
//!
//! Each call wraps what was there before it, so that values are bound in the order in which they stand in
//! the statement: those of assignments first, those of conditions after them.

use crate::backend::Backend;
use crate::filter::Values;
use crate::stmt::Expr;
use crate::value::{Binder, Supply};

/// What has been added, in the order of the calls.
#[doc(hidden)]
pub trait Closures<DB: Backend> {
    /// Whether the text of the statement follows from the types alone.
    fn is_fixed(&self) -> bool;

    /// Adds the new values of columns that were set.
    fn assigned(&self, to: &mut Vec<Expr>);

    /// Adds the conditions.
    fn conditions(&self, to: &mut Vec<Expr>);

    /// Binds the values of assignments.
    fn bind_assigned(&self, to: &mut Binder<DB>);

    /// Binds the values of conditions.
    fn bind_conditions(&self, to: &mut Binder<DB>);
}

/// Nothing yet: any backend will do.
#[doc(hidden)]
#[derive(Debug)]
pub struct Open;

impl<DB: Backend> Closures<DB> for Open {
    fn is_fixed(&self) -> bool {
        true
    }

    fn assigned(&self, _: &mut Vec<Expr>) {}

    fn conditions(&self, _: &mut Vec<Expr>) {}

    fn bind_assigned(&self, _: &mut Binder<DB>) {}

    fn bind_conditions(&self, _: &mut Binder<DB>) {}
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
    fn is_fixed(&self) -> bool {
        self.before.is_fixed()
    }

    fn assigned(&self, to: &mut Vec<Expr>) {
        self.before.assigned(to);
        to.push(Expr::Bind);
    }

    fn conditions(&self, to: &mut Vec<Expr>) {
        self.before.conditions(to);
    }

    fn bind_assigned(&self, to: &mut Binder<DB>) {
        self.before.bind_assigned(to);
        to.put(&self.value);
    }

    fn bind_conditions(&self, to: &mut Binder<DB>) {
        self.before.bind_conditions(to);
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

impl<DB: Backend, X> WithExpr<DB, X> {
    fn add(&self, place: Place, to: &mut Vec<Expr>) {
        if self.place == place {
            to.push(self.expr.clone());
        }
    }

    fn bind(&self, place: Place, to: &mut Binder<DB>) {
        if self.place == place {
            for value in &self.values {
                value.bind(to);
            }
        }
    }
}

impl<DB: Backend, X: Closures<DB>> Closures<DB> for WithExpr<DB, X> {
    fn is_fixed(&self) -> bool {
        false
    }

    fn assigned(&self, to: &mut Vec<Expr>) {
        self.before.assigned(to);
        self.add(Place::Assigned, to);
    }

    fn conditions(&self, to: &mut Vec<Expr>) {
        self.before.conditions(to);
        self.add(Place::Condition, to);
    }

    fn bind_assigned(&self, to: &mut Binder<DB>) {
        self.before.bind_assigned(to);
        self.bind(Place::Assigned, to);
    }

    fn bind_conditions(&self, to: &mut Binder<DB>) {
        self.before.bind_conditions(to);
        self.bind(Place::Condition, to);
    }
}
