//! From what the types say, and what closures add, to the untyped statement.

use super::target::Targeted;
use super::update::{All, Assign, Assigned, DoNothing};
use crate::backend::Backend;
use crate::filter::Values;
use crate::guard::Guard;
use crate::record::{Markers, Names, Record};
use crate::schema::TableDef;
use crate::stmt::{self, Assignment, Conflict, Expr, Insert, Returned, Target};
use crate::table::Table;
use crate::value::Binder;

/// What an upsert does with a stored row.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this upsert does not say yet what happens when the row is there already",
    label = "needs an action first",
    note = "call `.update(..)`, `.update_all()` or `.do_nothing()` before it"
)]
pub trait Complete {
    /// Whether the stored row stays as it is in any case.
    const KEEPS: bool = false;

    /// The columns to be updated, of those that the record supplies; `None` to do nothing.
    fn columns(table: &TableDef, supplied: &[usize], target: &Target<'_>) -> Option<Vec<usize>>;
}

#[diagnostic::do_not_recommend]
impl Complete for DoNothing {
    const KEEPS: bool = true;

    fn columns(_: &TableDef, _: &[usize], _: &Target<'_>) -> Option<Vec<usize>> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<U, Before> Complete for Assign<U, Before>
where
    Self: Assigned<List: Markers>,
{
    fn columns(_: &TableDef, _: &[usize], _: &Target<'_>) -> Option<Vec<usize>> {
        let mut positions = Vec::new();
        <Self as Assigned>::List::positions(&mut positions);
        Some(positions)
    }
}

#[diagnostic::do_not_recommend]
impl Complete for All {
    fn columns(table: &TableDef, supplied: &[usize], target: &Target<'_>) -> Option<Vec<usize>> {
        Some(Assignment::assignable(table, supplied, target))
    }
}

/// The statement of an upsert as far as types say it. `returning` is what comes back.
pub(super) fn statement<R, K, A, G>(
    returning: Vec<Returned>,
    closures: Option<Expr>,
) -> Insert<'static>
where
    R: Record,
    K: Targeted,
    A: Complete,
    G: Guard,
{
    let table = R::Table::DEF;
    let mut columns = Vec::new();
    R::Columns::positions(&mut columns);
    let target = K::target();
    let action = match A::columns(table, &columns, &target) {
        None => stmt::Action::Nothing,
        Some(mut assigned) => {
            // A guard updates its own version, which may have been named as well.
            let mut versions = Vec::new();
            G::versions(&mut versions);
            assigned.extend(versions);
            let mut seen = Vec::with_capacity(assigned.len());
            assigned.retain(|at| {
                let first = !seen.contains(at);
                seen.push(*at);
                first
            });
            let mut conditions = Vec::new();
            G::conditions(table, &mut conditions);
            conditions.extend(closures);
            stmt::Action::Update {
                assignments: assigned.into_iter().map(Assignment::incoming).collect(),
                guard: conditions.into_iter().reduce(Expr::and),
            }
        }
    };
    Insert {
        table,
        columns,
        conflict: Some(Conflict { target, action }),
        returning,
    }
}

/// What closures have added to an upsert.
#[doc(hidden)]
pub trait Closures<DB: Backend> {
    /// The same with one more condition.
    fn with_guard(self, condition: Expr, values: Values<DB>) -> With<DB>;

    /// The conditions, joined; `None` where the types say everything.
    fn guard(&self) -> Option<&Expr>;

    /// Binds the values, after those of the record.
    fn bind(&self, to: &mut Binder<DB>);
}

/// No closure yet: the types say everything, and any backend will do.
#[doc(hidden)]
#[derive(Debug)]
pub struct Open;

/// Closures with values for this backend.
#[doc(hidden)]
pub struct With<DB: Backend> {
    guard: Option<Expr>,
    values: Values<DB>,
}

impl<DB: Backend> Closures<DB> for Open {
    fn with_guard(self, condition: Expr, values: Values<DB>) -> With<DB> {
        With {
            guard: Some(condition),
            values,
        }
    }

    fn guard(&self) -> Option<&Expr> {
        None
    }

    fn bind(&self, _: &mut Binder<DB>) {}
}

impl<DB: Backend> Closures<DB> for With<DB> {
    fn with_guard(mut self, condition: Expr, values: Values<DB>) -> Self {
        self.guard = Some(match self.guard {
            Some(guard) => guard.and(condition),
            None => condition,
        });
        self.values.extend(values);
        self
    }

    fn guard(&self) -> Option<&Expr> {
        self.guard.as_ref()
    }

    fn bind(&self, to: &mut Binder<DB>) {
        for value in &self.values {
            value.bind(to);
        }
    }
}

impl<DB: Backend> std::fmt::Debug for With<DB> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("With")
            .field("guard", &self.guard)
            .finish_non_exhaustive()
    }
}
