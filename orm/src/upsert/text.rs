//! The texts of an upsert's statements.

use std::marker::PhantomData;

use super::closures::Added;
use super::statement::{Complete, statement};
use super::target::Targeted;
use super::update::DoNothing;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::exec::{self, Step, Text};
use crate::plan::Steps;
use crate::render;
use crate::schema::TableDef;
use crate::stmt::{Action, Conflict, Insert, Projection, Returned};
use crate::table::Table;
use crate::table::guard::{Guard, NoGuard};
use crate::table::record::{self, Record};

/// Stands for a statement in the cache of texts.
struct Shape<R, K, A, G, S>(PhantomData<(R, K, A, G, S)>);

/// What comes back.
pub(super) trait Returns: 'static {
    /// The positions of the columns.
    fn columns(table: &TableDef) -> Vec<usize>;

    fn returned(table: &TableDef) -> Vec<Returned> {
        Self::columns(table)
            .into_iter()
            .map(Returned::Column)
            .collect()
    }
}

/// Nothing comes back but a count.
pub(super) struct NoRow;

/// The row comes back.
pub(super) struct Row;

/// A column comes back, and says by that that the row was written.
pub(super) struct OneColumn;

/// Behind what comes back stands whether the row was inserted.
struct Telling<S>(PhantomData<S>);

impl Returns for NoRow {
    fn columns(_: &TableDef) -> Vec<usize> {
        Vec::new()
    }
}

impl Returns for OneColumn {
    fn columns(_: &TableDef) -> Vec<usize> {
        vec![0]
    }
}

impl Returns for Row {
    fn columns(table: &TableDef) -> Vec<usize> {
        (0..table.columns.len()).collect()
    }
}

impl<S: Returns> Returns for Telling<S> {
    fn columns(table: &TableDef) -> Vec<usize> {
        S::columns(table)
    }

    fn returned(table: &TableDef) -> Vec<Returned> {
        let mut returned = S::returned(table);
        returned.push(Returned::Inserted);
        returned
    }
}

pub(super) fn statement_for<R, K, A, G, S>(added: &Added) -> Insert
where
    R: Record,
    K: Targeted,
    A: Complete,
    G: Guard,
    S: Returns,
{
    statement::<R, K, A, G>(S::returned(R::Table::DEF), added)
}

/// The text of an upsert: kept, unless closures have a say in it.
pub(super) fn text<R, K, A, G, S>(added: &Added, dialect: &dyn Dialect) -> Result<Text>
where
    R: Record,
    K: Targeted + 'static,
    A: Complete + 'static,
    G: Guard + 'static,
    S: Returns,
{
    let make = || exec::insert(&statement_for::<R, K, A, G, S>(added), dialect);
    if added.has_exprs {
        make().map(Text::from)
    } else {
        exec::cached::<Shape<R::Shape, K, A, G, S>>(dialect, make)
    }
}

/// The text of one of the statements that tell what became of the record.
pub(super) fn step<R, K, A, G, S>(step: Step, added: &Added, dialect: &dyn Dialect) -> Result<Text>
where
    R: Record,
    K: Targeted + 'static,
    A: Complete + 'static,
    G: Guard + 'static,
    S: Returns,
{
    match step {
        Step::Telling => text::<R, K, A, G, Telling<S>>(added, dialect),
        Step::Insert => insert_text::<R, K, S>(dialect),
        Step::Lock => lookup_text::<R, K, S>(true, dialect),
        Step::Upsert => text::<R, K, A, G, S>(added, dialect),
    }
}

/// The text of an insert that does nothing when the key is taken.
pub(super) fn insert_text<R, K, S>(dialect: &dyn Dialect) -> Result<Text>
where
    R: Record,
    K: Targeted + 'static,
    S: Returns,
{
    text::<R, K, DoNothing, NoGuard, S>(&Added::default(), dialect)
}

/// The text of the look-up by the key; its arguments are the values of the key's columns, in the order of the
/// record.
pub(super) fn lookup_text<R, K, S>(locked: bool, dialect: &dyn Dialect) -> Result<Text>
where
    R: Record,
    K: Targeted + 'static,
    S: Returns,
{
    struct ByKey;
    struct ByKeyLocked;

    let make = || {
        let supplied = record::positions::<R>();
        let table = R::Table::DEF;
        let columns = S::columns(table);
        let columns = Projection::Columns(columns);
        let select = Steps::look_up(
            table.into(),
            K::target(),
            &supplied,
            |_| None,
            columns,
            locked,
        );
        Ok(render::select(&select, dialect).text)
    };
    if locked {
        exec::cached::<Shape<R::Shape, K, ByKeyLocked, (), S>>(dialect, make)
    } else {
        exec::cached::<Shape<R::Shape, K, ByKey, (), S>>(dialect, make)
    }
}

/// The text of an upsert that updates no row, but keeps the one that is there from others until the
/// transaction ends.
pub(super) fn keeping_text<R, K, S>(dialect: &dyn Dialect) -> Result<Text>
where
    R: Record,
    K: Targeted,
    S: Returns,
{
    let table = R::Table::DEF;
    let upsert = Insert {
        table: table.into(),
        columns: record::positions::<R>(),
        casts: Vec::new(),
        conflict: Some(Conflict {
            target: K::target(),
            action: Action::Nothing,
        }),
        returning: S::returned(table),
    };
    exec::insert(&Steps::keeping(&upsert), dialect).map(Text::from)
}

/// The text of one of the statements that tell what became of a record, from the upsert of it.
pub(crate) fn step_of(upsert: &Insert, step: Step, dialect: &dyn Dialect) -> Result<Text> {
    let statement = match (step, &upsert.conflict) {
        (Step::Lock, Some(Conflict { target, .. })) => {
            let returned = |each: &Returned| match each {
                Returned::Column(at) | Returned::Text(at) => Some(*at),
                Returned::Inserted => None,
            };
            let columns = upsert.returning.iter().filter_map(returned).collect();
            let columns = Projection::Columns(columns);
            let cast = |at| upsert.cast(at).cloned();
            let (table, supplied) = (upsert.table.clone(), &upsert.columns);
            let select = Steps::look_up(table, *target, supplied, cast, columns, true);
            return Ok(render::select(&select, dialect).text.into());
        }
        (Step::Insert, _) => Steps::insert(upsert),
        (Step::Telling, _) => Steps::telling(upsert),
        (Step::Lock, None) | (Step::Upsert, _) => Steps::upsert(upsert),
    };
    exec::insert(&statement, dialect).map(Text::from)
}
