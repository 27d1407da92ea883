//! Stored rows updated by records, none of which is inserted.

use super::super::Writer;
use super::super::expr::expr;
use super::super::own::{INCOMING, LOCKED, STORED};
use super::super::scope::Scope;
use super::chosen;
use super::source::{Beside, columns, key, records};
use crate::schema::Nulls;
use crate::stmt::{Action, Batch};

/// The record of a row is called like that of an upsert, so that what is assigned is written alike.
pub(super) fn update(to: &mut Writer<'_>, batch: &Batch) {
    let table = &batch.insert.table;
    let locks = to.dialect.has_row_locks();
    if locks {
        // Writers that lock the rows in one order do not wait for each other in a circle.
        to.push("WITH ").ident(INCOMING).push(" AS MATERIALIZED (");
        the_records(to, batch);
        to.push("), ")
            .ident(LOCKED)
            .push(" AS MATERIALIZED (SELECT 1 FROM ")
            .table(table)
            .push(" AS ")
            .ident(STORED)
            .push(" JOIN ")
            .ident(INCOMING)
            .push(" ON ");
        same_key(to, batch, |to| to.ident(STORED), |to| to.ident(INCOMING));
        to.push(" ORDER BY ");
        if let Some(key) = key(batch) {
            to.list(key.columns.iter(), |to, at| {
                to.ident(INCOMING).push(".").ident(&table.columns[*at].name);
            });
        }
        to.push(" FOR NO KEY UPDATE OF ").ident(STORED).push(") ");
    }
    to.push("UPDATE ").target(table).push(" SET ");
    if let Some(Action::Update { assignments, .. }) =
        batch.insert.conflict.as_ref().map(|clause| &clause.action)
    {
        let scope = Scope::of(table);
        to.list(assignments, |to, assignment| {
            to.ident(&table.columns[assignment.column].name).push(" = ");
            expr(to, &scope, &assignment.value);
        });
    }
    to.push(" FROM ");
    if locks {
        to.ident(INCOMING)
            .push(" AS excluded WHERE (SELECT count(*) FROM ")
            .ident(LOCKED)
            .push(") >= 0 AND ");
    } else {
        to.push("(");
        the_records(to, batch);
        to.push(") AS excluded WHERE ");
    }
    same_key(to, batch, |to| to.stored(table), |to| to.push("excluded"));
}

fn the_records(to: &mut Writer<'_>, batch: &Batch) {
    to.push("SELECT ");
    columns(to, batch);
    to.push(" FROM (");
    let beside = Beside {
        of: true,
        key: false,
    };
    records(to, batch, beside);
    to.push(") AS ").ident(INCOMING);
    if batch.on_duplicate.rejects() {
        chosen(to, batch);
    }
}

/// Both have the same key, which `verify` has seen to be one of columns.
fn same_key<'d>(
    to: &mut Writer<'d>,
    batch: &Batch,
    stored: impl for<'w> Fn(&'w mut Writer<'d>) -> &'w mut Writer<'d>,
    incoming: impl for<'w> Fn(&'w mut Writer<'d>) -> &'w mut Writer<'d>,
) {
    let table = &batch.insert.table;
    let Some(key) = key(batch) else {
        to.push("FALSE");
        return;
    };
    for (place, at) in key.columns.iter().enumerate() {
        if place > 0 {
            to.push(" AND ");
        }
        let column = &table.columns[*at];
        let compared_as = to.dialect.compared_as(column);
        stored(to).push(".").ident(&column.name);
        to.push(if key.nulls == Nulls::NotDistinct {
            " IS NOT DISTINCT FROM "
        } else {
            " = "
        });
        incoming(to).push(".").ident(&column.name);
        if let Some(declared) = compared_as {
            to.push("::").push(&declared);
        }
    }
}
