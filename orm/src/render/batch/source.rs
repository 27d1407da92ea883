//! The records of a batch as something to select from.

use super::super::Writer;
use super::super::insert::sent;
use super::super::own::{COMPARED, FREE, INCOMING, KEY, NUMBER, OF};
use super::stage::definition;

use crate::schema::{KeyDef, Nulls, TableDef};
use crate::stmt::{Batch, Keep, Source, Tie};

/// What the name of each staging table begins with.
pub(super) const STAGED: &str = " orm staged";

/// The name of the staging table. A temporary table hides one of the same name, and none that is
/// declared begins with a space. Where it stays, what it is made of is part of its name, so that a table
/// for other values is another one.
pub(super) fn staged(to: &mut Writer<'_>, batch: &Batch, types: &[String]) {
    let mut name = Writer::new(to.dialect);
    name.push(STAGED);
    if to.dialect.keeps_staged() {
        name.push(" ");
        definition(&mut name, batch, types);
    }
    to.ident(&name.text);
}

/// The key that the batch is about.
pub(super) fn key(batch: &Batch) -> Option<&KeyDef> {
    batch.insert.key()
}

/// What is selected beside the columns of the records.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    /// The number of the record that is written of those with its key.
    pub(super) of: bool,
    /// The parts of its key.
    pub(super) key: bool,
}

/// `SELECT` the records, with their numbers and what else is wanted.
pub(super) fn records(to: &mut Writer<'_>, batch: &Batch, beside: Beside) {
    let table = &batch.insert.table;
    to.push("SELECT ");
    columns(to, batch);
    to.push(", ").ident(NUMBER);
    if beside.of {
        to.push(", ");
        of(to, batch);
        to.push(" AS ").ident(OF);
    }
    if let (true, Some(key)) = (beside.key, key(batch)) {
        for part in 0..parts(key) {
            to.push(", ");
            key_part(to, table, key, part);
            to.push(" AS ").ident(&format!("{KEY}{part}"));
        }
        if can_be_free(table, key) {
            to.push(", ");
            is_free(to, table, key);
            to.push(" AS ").ident(FREE);
        }
    }
    to.push(" FROM ");
    whole(to, batch);
}

/// The records with their numbers, and with what the predicate of the key reads beside them.
pub(super) fn whole(to: &mut Writer<'_>, batch: &Batch) {
    let table = &batch.insert.table;
    let beside = batch.read_beside();
    if beside.is_empty() {
        source(to, batch, true);
        return;
    }
    to.push("(SELECT ").ident(INCOMING).push(".*");
    for at in beside {
        let column = &table.columns[at];
        let dialect = to.dialect;
        let stored_as = column.sql_type.as_deref().unwrap_or_default();
        let default = dialect.default(column, stored_as);
        // No row is selected: it is a `NULL` of the column's type, which the default gets as well.
        to.push(", COALESCE((SELECT ").ident(&column.name);
        to.push(" FROM ").table(table).push(" WHERE FALSE), ");
        to.push(default.as_deref().unwrap_or("NULL"));
        to.push(") AS ").ident(&column.name);
    }
    to.push(" FROM ");
    source(to, batch, true);
    to.push(") AS ").ident(INCOMING);
}

/// The names of the columns that the records supply.
pub(super) fn columns(to: &mut Writer<'_>, batch: &Batch) {
    let table = &batch.insert.table;
    to.list(&batch.insert.columns, |to, at| {
        to.ident(&table.columns[*at].name);
    });
}

/// The records, to stand behind `FROM`.
pub(super) fn source(to: &mut Writer<'_>, batch: &Batch, numbered: bool) {
    match &batch.source {
        Source::Values(rows) => values(to, batch, *rows, numbered),
        Source::Arrays(types) => arrays(to, batch, types, numbered),
        Source::Staged(types) if numbered && to.dialect.unions_keep_collations() => {
            like_the_table(to, batch, types);
        }
        Source::Staged(types) if batch.insert.casts.is_empty() => staged(to, batch, types),
        Source::Staged(types) => as_declared(to, batch, types),
        Source::Compared => {
            to.ident(COMPARED);
        }
    }
    to.push(" AS ").ident(INCOMING);
    if let Source::Values(_) = batch.source {
        to.push("(");
        columns(to, batch);
        if numbered {
            to.push(", ").ident(NUMBER);
        }
        to.push(")");
    }
}

/// Without the numbers where nothing looks at them: the server would read each of them.
fn values(to: &mut Writer<'_>, batch: &Batch, rows: usize, numbered: bool) {
    to.push("(VALUES ");
    to.list(1..=rows, |to, row| {
        to.push("(");
        to.list(&batch.insert.columns, |to, at| {
            sent(to, &batch.insert, *at, |to| {
                to.bind();
            });
        });
        if numbered {
            to.push(", ").push(&row.to_string()).push("::INT8");
        }
        to.push(")");
    });
    to.push(")");
}

/// In the list of what is selected, and not behind `FROM`, where `unnest` would take composite values
/// apart.
fn arrays(to: &mut Writer<'_>, batch: &Batch, types: &[String], numbered: bool) {
    let columns = &batch.insert.table.columns;
    let dialect = to.dialect;
    to.push("(SELECT ");
    to.list(
        batch.insert.columns.iter().zip(types),
        |to, (at, stored_as)| {
            sent(to, &batch.insert, *at, |to| {
                to.push("unnest(").bind().push("::");
                to.push(dialect.sql_name(stored_as)).push("[])");
            });
            to.push(" AS ").ident(&columns[*at].name);
        },
    );
    if numbered {
        to.push(", generate_subscripts(").argument(1).push("::");
        to.push(dialect.sql_name(&types[0]))
            .push("[], 1)::INT8 AS ");
        to.ident(NUMBER);
    }
    to.push(")");
}

/// The staged values as those of the columns' own types.
fn as_declared(to: &mut Writer<'_>, batch: &Batch, types: &[String]) {
    let columns = &batch.insert.table.columns;
    to.push("(SELECT ");
    to.list(&batch.insert.columns, |to, at| {
        let name = &columns[*at].name;
        sent(to, &batch.insert, *at, |to| {
            to.ident(name);
        });
        to.push(" AS ").ident(name);
    });
    to.push(", ").ident(NUMBER).push(" FROM ");
    staged(to, batch, types);
    to.push(")");
}

/// The first arm of a union gives its columns their collations: those of the table itself.
fn like_the_table(to: &mut Writer<'_>, batch: &Batch, types: &[String]) {
    to.push("(SELECT ");
    columns(to, batch);
    to.push(", 0 AS ")
        .ident(NUMBER)
        .push(" FROM ")
        .table(&batch.insert.table)
        .push(" WHERE FALSE UNION ALL SELECT ");
    columns(to, batch);
    to.push(", ").ident(NUMBER).push(" FROM ");
    staged(to, batch, types);
    to.push(")");
}

/// The number of the record that is written of those with its key.
fn of(to: &mut Writer<'_>, batch: &Batch) {
    let Some(key) = key(batch) else {
        to.ident(NUMBER);
        return;
    };
    let table = &batch.insert.table;
    to.push("first_value(")
        .ident(NUMBER)
        .push(") OVER (PARTITION BY ");
    key_parts(to, table, key);
    if can_be_free(table, key) {
        // Such a record is a key of its own.
        to.push(", CASE WHEN ");
        is_free(to, table, key);
        to.push(" THEN ").ident(NUMBER).push(" END");
    }
    to.push(" ORDER BY ");
    let mut last_first = false;
    match batch.on_duplicate.keep() {
        None | Some(Keep::First) => {}
        Some(Keep::Last) => last_first = true,
        Some(Keep::Newest { versions, on_tie }) => {
            for at in versions {
                to.ident(&table.columns[*at].name)
                    .push(" DESC NULLS LAST, ");
            }
            last_first = *on_tie == Tie::Later;
        }
    }
    to.ident(NUMBER)
        .push(if last_first { " DESC)" } else { ")" });
}

/// How many parts a key has.
pub(super) fn parts(key: &KeyDef) -> usize {
    match &key.expression {
        Some(_) => 1,
        None => key.columns.len(),
    }
}

/// The parts of a key, as the database compares them.
pub(super) fn key_parts(to: &mut Writer<'_>, table: &TableDef, key: &KeyDef) {
    to.list(0..parts(key), |to, part| key_part(to, table, key, part));
}

pub(super) fn key_part(to: &mut Writer<'_>, table: &TableDef, key: &KeyDef, part: usize) {
    if let Some(expression) = &key.expression {
        to.push("(").push(expression).push(")");
        return;
    }
    let column = &table.columns[key.columns[part]];
    to.ident(&column.name);
    // Equal is what the column calls equal, and not the type that the values are sent as.
    if let Some(declared) = to.dialect.key_type(column) {
        to.push("::").push(declared);
    }
    if let Some(collation) = &column.collation {
        to.push(" COLLATE ").ident(collation);
    }
}

/// Whether there can be rows that the key does not hold apart from others.
pub(super) fn can_be_free(table: &TableDef, key: &KeyDef) -> bool {
    key.filter.is_some() || nullable(table, key)
}

fn nullable(table: &TableDef, key: &KeyDef) -> bool {
    let can_be_null = |at: &usize| table.columns[*at].nullable;
    key.nulls == Nulls::Distinct
        && (key.expression.is_some() || key.columns.iter().any(can_be_null))
}

/// Whether this row is one of them: a part of its key is `NULL`, or it is outside of a partial key.
pub(super) fn is_free(to: &mut Writer<'_>, table: &TableDef, key: &KeyDef) {
    let mut first = true;
    let mut or = |to: &mut Writer<'_>| {
        if !std::mem::take(&mut first) {
            to.push(" OR ");
        }
    };
    if nullable(table, key) {
        for part in 0..parts(key) {
            let can_be_null = key.expression.is_some() || table.columns[key.columns[part]].nullable;
            if can_be_null {
                or(to);
                key_part(to, table, key, part);
                to.push(" IS NULL");
            }
        }
    }
    if let Some(filter) = &key.filter {
        or(to);
        to.push("(").push(filter).push(") IS NOT TRUE");
    }
}
