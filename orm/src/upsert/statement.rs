//! From what the types say, and what closures add, to the untyped statement.

use super::closures::Added;
use super::target::Targeted;
use super::update::{
    All, AllExcept, Assign, Before, Coalesce, CoalesceAll, DoNothing, GetOrInsert, Set, Undecided,
};
use crate::plan::StoredRow;
use crate::schema::TableDef;
use crate::stmt::{Action, Assignment, Conflict, Expr, Insert, Returned, Target};
use crate::table::Table;
use crate::table::column::{Column, ColumnMeta};
use crate::table::guard::Guard;
use crate::table::record::{self, Markers, Record};

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
    row: StoredRow<'t>,
    /// The new values of the columns that were set, in the order of the calls.
    set: std::vec::IntoIter<Expr>,
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
        to.row.assign_all(&[], Assignment::incoming);
    }
}

impl Assigning for CoalesceAll {
    fn assign(to: &mut Draft<'_>) {
        to.row.assign_all(&[], Assignment::coalesced);
    }
}

impl<U: Before<(), List: Markers>> Assigning for AllExcept<U> {
    fn assign(to: &mut Draft<'_>) {
        to.row.assign_all(&positions::<U>(), Assignment::incoming);
    }
}

impl<U: Before<(), List: Markers>, B: Assigning> Assigning for Assign<U, B> {
    fn assign(to: &mut Draft<'_>) {
        B::assign(to);
        to.row.assign(positions::<U>(), Assignment::incoming);
    }
}

impl<U: Before<(), List: Markers>, B: Assigning> Assigning for Coalesce<U, B> {
    fn assign(to: &mut Draft<'_>) {
        B::assign(to);
        to.row.assign(positions::<U>(), Assignment::coalesced);
    }
}

impl<C: ColumnMeta, B: Assigning> Assigning for Set<Column<C>, B> {
    fn assign(to: &mut Draft<'_>) {
        B::assign(to);
        // There is one value for each call of `set` and `set_with`, in the same order.
        if let Some(value) = to.set.next() {
            to.row.set(Column::<C>::AT, value);
        }
    }
}

/// The statement of an upsert. `returning` is what comes back.
pub(super) fn statement<R, K, A, G>(returning: Vec<Returned>, added: &Added) -> Insert
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
        update::<A, G>(table, &columns, target, added)
    };
    Insert {
        table: table.into(),
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
    target: Target,
    added: &Added,
) -> Action {
    let mut draft = Draft {
        row: StoredRow::new(table, supplied, target),
        set: added.assigned.clone().into_iter(),
    };
    A::assign(&mut draft);
    let mut row = draft.row;
    let mut versions = Vec::new();
    G::versions(&mut versions);
    row.assign_versions(versions);
    let mut conditions = Vec::new();
    G::conditions(table, row.incoming(), &mut conditions);
    row.only_where(conditions);
    row.with_lists(&added.lists);
    row.only_where(added.conditions.iter().cloned());
    row.into_action()
}
