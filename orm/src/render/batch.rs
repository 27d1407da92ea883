//! Many records in one statement.

use super::Writer;
use super::insert::{conflict, returned, returning, sent};
use super::own::{INCOMING, INSERTED, NUMBER, OF, SEVERAL, WRITTEN};
use crate::dialect::Dialect;
use crate::stmt::{Action, Batch, Gives, Returned, Unmatched};

mod probe;
mod rows;
mod source;
mod stage;
mod update;

pub(crate) use probe::{existing, has_exceptions, lock_for_writing, numbers, resolve};
pub(crate) use stage::{
    copy_staged, create_compared, create_staged, drop_staged, fill_compared, leave_staged,
    oldest_staged, stage_arrays, stage_values,
};

use rows::rows;
use source::{Beside, columns, key, key_parts, records, source};

/// The text of a batch that `verify` has passed.
pub(crate) fn batch(batch: &Batch, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    match batch.gives {
        Gives::Nothing if batch.unmatched == Unmatched::Skip => update::update(&mut to, batch),
        Gives::Nothing => insert(&mut to, batch, From::Here),
        Gives::Counts => counts(&mut to, batch),
        Gives::Rows => rows(&mut to, batch),
    }
    to.text
}

/// What the key of a batch is called in errors: its name, or its columns.
pub(crate) fn name_of_key(batch: &Batch) -> Option<String> {
    let key = key(batch)?;
    let columns = || {
        let names = key
            .columns
            .iter()
            .map(|at| &*batch.insert.table.columns[*at].name);
        names.collect::<Vec<_>>().join(", ")
    };
    Some(key.name.as_deref().map_or_else(columns, str::to_owned))
}

/// The text that writes so many records, whose values it lists one after the other.
pub(crate) fn listed(batch: &Batch, rows: usize, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    let table = &batch.insert.table;
    target(&mut to, batch);
    to.push(" (");
    columns(&mut to, batch);
    to.push(") VALUES ");
    to.list(0..rows, |to, _| {
        to.push("(");
        to.list(&batch.insert.columns, |to, at| {
            sent(to, &batch.insert, *at, |to| {
                to.bind_in_turn();
            });
        });
        to.push(")");
    });
    if let Some(clause) = &batch.insert.conflict {
        conflict(&mut to, table, clause);
    }
    to.text
}

/// Placeholders of so many rows of so many values.
fn rows_of_binds(to: &mut Writer<'_>, rows: usize, values: usize) {
    to.list(0..rows, |to, _| {
        to.push("(");
        to.list(0..values, |to, _| {
            to.bind_in_turn();
        });
        to.push(")");
    });
}

/// Where an insert takes its records from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    /// From where they are.
    Here,
    /// From [`INCOMING`], which has chosen them, and knows of their keys.
    Incoming,
}

fn insert(to: &mut Writer<'_>, batch: &Batch, from: From) {
    let table = &batch.insert.table;
    target(to, batch);
    to.push(" (");
    columns(to, batch);
    to.push(") SELECT ");
    columns(to, batch);
    to.push(" FROM ");
    match from {
        From::Incoming => {
            to.ident(INCOMING);
            chosen(to, batch);
        }
        From::Here if looks_for_duplicates(batch) => {
            to.push("(");
            let beside = Beside {
                of: true,
                key: false,
            };
            records(to, batch, beside);
            to.push(") AS ").ident(INCOMING);
            chosen(to, batch);
        }
        From::Here => {
            source(to, batch, false);
            // Without it SQLite takes `ON CONFLICT` for the condition of a join.
            to.push(" WHERE TRUE");
        }
    }
    order(to, batch, from == From::Incoming);
    if let Some(clause) = &batch.insert.conflict {
        conflict(to, table, clause);
    }
}

/// The records that are written. Where there may be none of the same key, the first of them ends the
/// statement: a row where one value belongs is the same error (21000) as a row that is updated twice.
fn chosen(to: &mut Writer<'_>, batch: &Batch) {
    to.push(" WHERE ");
    if !batch.on_duplicate.rejects() {
        to.ident(OF).push(" = ").ident(NUMBER);
        return;
    }
    to.push("CASE WHEN ").ident(OF).push(" = ").ident(NUMBER);
    to.push(" THEN TRUE ELSE (SELECT TRUE FROM (VALUES (1), (2)) AS ")
        .ident(SEVERAL)
        .push(") END");
}

/// Whether the statement itself looks for records of one key. Where it refuses them, the database does so
/// for updates, but not where nothing is done, or where a guard skips both.
fn looks_for_duplicates(batch: &Batch) -> bool {
    let database_refuses = matches!(
        batch
            .insert
            .conflict
            .as_ref()
            .map(|conflict| &conflict.action),
        Some(Action::Update { guard: None, .. })
    );
    batch.on_duplicate.keep().is_some() || (batch.on_duplicate.rejects() && !database_refuses)
}

/// Writers that take the rows in one order do not wait for each other in a circle.
fn order(to: &mut Writer<'_>, batch: &Batch, numbered: bool) {
    let table = &batch.insert.table;
    let supplied = |columns: &[usize]| columns.iter().all(|at| batch.insert.columns.contains(at));
    let by = match (&batch.insert.conflict, key(batch)) {
        // An insert alone is given numbers in the order of its records.
        (None, _) => None,
        (Some(_), Some(key)) => Some(key),
        (Some(_), None) => table.keys.iter().find(|key| supplied(&key.columns)),
    };
    match by {
        Some(key) => {
            to.push(" ORDER BY ");
            key_parts(to, table, key);
            if numbered {
                to.push(", ").ident(NUMBER);
            }
        }
        None if numbered => {
            to.push(" ORDER BY ").ident(NUMBER);
        }
        None => {}
    }
}

fn counts(to: &mut Writer<'_>, batch: &Batch) {
    let resolves = batch.on_duplicate.keep().is_some();
    to.push("WITH ");
    if resolves {
        incoming(to, batch);
        to.push(", ");
    }
    to.ident(WRITTEN).push(" AS (");
    let from = if resolves { From::Incoming } else { From::Here };
    insert(to, batch, from);
    returning(to, &batch.insert.table, true);
    returned(to, &batch.insert.table, Returned::Inserted);
    to.push(" AS ")
        .ident(INSERTED)
        .push(") SELECT count(*) FILTER (WHERE ")
        .ident(INSERTED)
        .push("), count(*) FILTER (WHERE NOT ")
        .ident(INSERTED)
        .push(")");
    if resolves {
        to.push(", (SELECT count(*) FROM ")
            .ident(INCOMING)
            .push(" WHERE ")
            .ident(OF)
            .push(" <> ")
            .ident(NUMBER)
            .push(")");
    }
    to.push(" FROM ").ident(WRITTEN);
}

/// `INSERT INTO` and the table.
fn target(to: &mut Writer<'_>, batch: &Batch) {
    to.push("INSERT INTO ");
    match &batch.insert.conflict {
        Some(_) => to.target(&batch.insert.table),
        None => to.table(&batch.insert.table),
    };
}

/// `incoming AS (…)`: the records, and which of them are written.
fn incoming(to: &mut Writer<'_>, batch: &Batch) {
    let beside = Beside {
        of: true,
        key: true,
    };
    to.ident(INCOMING).push(" AS MATERIALIZED (");
    records(to, batch, beside);
    to.push(")");
}
