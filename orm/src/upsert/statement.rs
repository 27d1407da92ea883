//! From what the types say, and what closures add, to the untyped statement.

use super::closures::Added;
use super::target::Targeted;
use super::update::{
    All, AllExcept, Assign, Before, Coalesce, CoalesceAll, DoNothing, GetOrInsert, Set, Undecided,
};
use crate::column::{Column, ColumnMeta};
use crate::guard::Guard;
use crate::record::{self, Markers, Record};
use crate::schema::TableDef;
use crate::stmt::{Action, Assignment, Conflict, Expr, Insert, Returned, Target};
use crate::table::Table;

/// What an upsert does with a stored row.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this upsert does not say yet what happens when the row is there already",
    label = "needs an action first",
    note = "call `.update(..)`, `.update_all()` or `.do_nothing()` before it"
)]
pub trait Complete: Assigning {
    /// Whether the stored row stays as it is in any case.
    const KEEPS: bool = false;

    /// Whether the stored row is looked up when it is there.
    const FINDS: bool = false;
}

/// Adds assignments to an upsert.
#[doc(hidden)]
pub trait Assigning {
    /// Adds them.
    fn assign(to: &mut Draft<'_>);
}

/// The assignments of an upsert in the making.
#[doc(hidden)]
#[derive(Debug)]
pub struct Draft<'t> {
    table: &'t TableDef,
    supplied: &'t [usize],
    target: &'t Target<'t>,
    /// The new values of the columns that were set, in the order of the calls.
    set: std::vec::IntoIter<Expr>,
    assignments: Vec<Assignment>,
    /// Those of the assignments whose value is the record's.
    from_record: Vec<Assignment>,
}

impl<'t> Draft<'t> {
    fn new(
        table: &'t TableDef,
        supplied: &'t [usize],
        target: &'t Target<'t>,
        added: &Added,
    ) -> Self {
        Self {
            table,
            supplied,
            target,
            set: added.assigned.clone().into_iter(),
            assignments: Vec::new(),
            from_record: Vec::new(),
        }
    }

    /// Assigns columns from the record.
    fn assign(&mut self, columns: Vec<usize>, value: fn(usize) -> Assignment) {
        for assignment in columns.into_iter().map(value) {
            self.from_record.push(assignment.clone());
            self.assignments.push(assignment);
        }
    }

    /// Assigns a column what was added for it.
    fn set(&mut self, column: usize) {
        // There is one value for each call of `set` and `set_with`, in the same order.
        self.assignments
            .extend(self.set.next().map(|value| Assignment { column, value }));
    }

    /// Assigns the versions of a guard, which updates its own. They may have been named as well.
    fn assign_versions(&mut self, mut versions: Vec<usize>) {
        versions.retain(|at| self.assignments.iter().all(|known| known.column != *at));
        self.assign(versions, Assignment::incoming);
    }

    /// The update, where the conditions of the guard hold and those that were added.
    fn guarded_by(self, mut conditions: Vec<Expr>, added: &Added) -> Action {
        conditions.extend(added.conditions.iter().cloned());
        Action::Update {
            assignments: self.assignments,
            guard: conditions.into_iter().reduce(Expr::and),
        }
    }

    fn assignable(&self) -> Vec<usize> {
        Assignment::assignable(self.table, self.supplied, self.target)
    }
}

/// The positions of the columns that this names.
fn positions<U: Before<(), List: Markers>>() -> Vec<usize> {
    let mut positions = Vec::new();
    U::List::positions(&mut positions);
    positions
}

#[diagnostic::do_not_recommend]
impl Complete for DoNothing {
    const KEEPS: bool = true;
}

#[diagnostic::do_not_recommend]
impl Complete for GetOrInsert {
    const KEEPS: bool = true;
    const FINDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl Complete for All {}

#[diagnostic::do_not_recommend]
impl Complete for CoalesceAll {}

#[diagnostic::do_not_recommend]
impl<U> Complete for AllExcept<U> where Self: Assigning {}

#[diagnostic::do_not_recommend]
impl<U, B> Complete for Assign<U, B> where Self: Assigning {}

#[diagnostic::do_not_recommend]
impl<U, B> Complete for Coalesce<U, B> where Self: Assigning {}

#[diagnostic::do_not_recommend]
impl<C, B> Complete for Set<C, B> where Self: Assigning {}

impl Assigning for Undecided {
    fn assign(_: &mut Draft<'_>) {}
}

impl Assigning for DoNothing {
    fn assign(_: &mut Draft<'_>) {}
}

impl Assigning for GetOrInsert {
    fn assign(_: &mut Draft<'_>) {}
}

impl Assigning for All {
    fn assign(to: &mut Draft<'_>) {
        to.assign(to.assignable(), Assignment::incoming);
    }
}

impl Assigning for CoalesceAll {
    fn assign(to: &mut Draft<'_>) {
        to.assign(to.assignable(), Assignment::coalesced);
    }
}

impl<U: Before<(), List: Markers>> Assigning for AllExcept<U> {
    fn assign(to: &mut Draft<'_>) {
        let except = positions::<U>();
        let mut columns = to.assignable();
        columns.retain(|at| !except.contains(at));
        to.assign(columns, Assignment::incoming);
    }
}

impl<U: Before<(), List: Markers>, B: Assigning> Assigning for Assign<U, B> {
    fn assign(to: &mut Draft<'_>) {
        B::assign(to);
        to.assign(positions::<U>(), Assignment::incoming);
    }
}

impl<U: Before<(), List: Markers>, B: Assigning> Assigning for Coalesce<U, B> {
    fn assign(to: &mut Draft<'_>) {
        B::assign(to);
        to.assign(positions::<U>(), Assignment::coalesced);
    }
}

impl<C: ColumnMeta, B: Assigning> Assigning for Set<Column<C>, B> {
    fn assign(to: &mut Draft<'_>) {
        B::assign(to);
        to.set(Column::<C>::AT);
    }
}

/// The statement of an upsert. `returning` is what comes back.
pub(super) fn statement<R, K, A, G>(returning: Vec<Returned>, added: &Added) -> Insert<'static>
where
    R: Record,
    K: Targeted,
    A: Complete,
    G: Guard,
{
    let table = R::Table::DEF;
    let columns = record::positions::<R>();
    let target = K::target();
    let action = if A::KEEPS {
        Action::Nothing
    } else {
        update::<A, G>(table, &columns, &target, added)
    };
    Insert {
        table,
        columns,
        casts: Vec::new(),
        conflict: Some(Conflict { target, action }),
        returning,
    }
}

// What does not depend on the types stays out of it: it is compiled for every upsert of a program.
fn update<A: Assigning, G: Guard>(
    table: &TableDef,
    supplied: &[usize],
    target: &Target<'_>,
    added: &Added,
) -> Action {
    let mut draft = Draft::new(table, supplied, target, added);
    A::assign(&mut draft);
    let mut versions = Vec::new();
    G::versions(&mut versions);
    draft.assign_versions(versions);
    let mut conditions = Vec::new();
    G::conditions(table, &draft.from_record, &mut conditions);
    draft.guarded_by(conditions, added)
}
