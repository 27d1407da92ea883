//! The texts of an upsert's statements.

use std::marker::PhantomData;

use super::closures::Added;
use super::statement::{Complete, statement};
use super::target::Targeted;
use super::update::DoNothing;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::exec::{self, Step, Text};
use crate::guard::{Guard, NoGuard};
use crate::record::{self, Record};
use crate::render;
use crate::schema::{Name, TableDef};
use crate::stmt::{
    Action, Assignment, Conflict, Expr, Insert, Lock, Projection, Returned, Select, Side, Target,
    Wait,
};
use crate::table::Table;

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

pub(super) fn statement_for<R, K, A, G, S>(added: &Added) -> Insert<'static>
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
        let select = look_up(table, &K::target(), &supplied, |_| None, columns, locked);
        Ok(render::select(&select, &(), dialect).text)
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
    let target = K::target();
    let all: Vec<_> = (0..table.columns.len()).collect();
    // One that is in no key, so that the row is kept from no more than it has to be.
    let column = Assignment::assignable(table, &all, &target).into_iter();
    let column = column
        .chain(all)
        .find(|at| table.columns[*at].generated.is_none())
        .unwrap_or_default();
    let action = Action::Update {
        assignments: vec![Assignment {
            column,
            value: Expr::Column(Side::Stored, column),
        }],
        guard: Some(Expr::Sql("FALSE".into())),
    };
    let statement = Insert {
        table,
        columns: record::positions::<R>(),
        casts: Vec::new(),
        conflict: Some(Conflict { target, action }),
        returning: S::returned(table),
    };
    exec::insert(&statement, dialect).map(Text::from)
}

/// The text of one of the statements that tell what became of a record, from the upsert of it.
pub(crate) fn step_of(upsert: &Insert<'_>, step: Step, dialect: &dyn Dialect) -> Result<Text> {
    let returned = |each: &Returned| match each {
        Returned::Column(at) | Returned::Text(at) => Some(*at),
        Returned::Inserted => None,
    };
    let target = upsert.conflict.as_ref().map(|clause| clause.target.clone());
    let columns: Vec<usize> = upsert.returning.iter().filter_map(returned).collect();
    let mut statement = Insert {
        returning: columns.iter().copied().map(Returned::Column).collect(),
        ..upsert.clone()
    };
    match (step, target) {
        (Step::Lock, Some(target)) => {
            let cast = |at| upsert.cast(at).cloned();
            let select = look_up(upsert.table, &target, &upsert.columns, cast, columns, true);
            return Ok(render::select(&select, &(), dialect).text.into());
        }
        (Step::Insert, Some(target)) => {
            let action = Action::Nothing;
            statement.conflict = Some(Conflict { target, action });
        }
        (Step::Telling, _) => statement.returning.push(Returned::Inserted),
        (Step::Insert | Step::Lock, None) | (Step::Upsert, _) => {}
    }
    exec::insert(&statement, dialect).map(Text::from)
}

/// The look-up of a row by the key of a record that supplies these columns. Only those of the key are its
/// arguments.
fn look_up<'t>(
    table: &'t TableDef,
    target: &Target<'_>,
    supplied: &[usize],
    cast: impl Fn(usize) -> Option<Name>,
    columns: Vec<usize>,
    locked: bool,
) -> Select<'t> {
    let mut in_key = target.holds(supplied).into_iter();
    let mut bound = supplied.to_vec();
    bound.retain(|_| in_key.next() == Some(true));
    let filter = match target {
        Target::Key(key) => Expr::same_key(key, &bound, cast),
        Target::Any => None,
    };
    Select {
        filter,
        lock: locked.then_some(Lock {
            shared: false,
            wait: Wait::Patiently,
        }),
        ..Select::of(table, Projection::Columns(columns))
    }
}
