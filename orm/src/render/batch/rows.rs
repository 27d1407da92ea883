//! The rows that a batch has written, each beside the number of its record.

use super::super::Writer;
use super::super::insert::{returned, returning};
use super::super::own::{
    FREE, INCOMING, INSERTED, KEY, NUMBER, OF, PAIRED, PLACE, ROW, TOLD, VALUE, WRITTEN,
};
use super::source::{can_be_free, is_free, key, key_part, parts};
use super::{From, incoming, insert, order};
use crate::schema::{KeyDef, Nulls};
use crate::stmt::{Batch, Returned};

/// A written row is joined to its record by the key, as the database compares it. A row that the key does
/// not hold apart is always inserted, in the order of the records: the how manieth it is joins it.
pub(super) fn rows(to: &mut Writer<'_>, batch: &Batch) {
    let table = &batch.insert.table;
    let by = key(batch);
    let free = by.is_some_and(|key| can_be_free(table, key));
    let asked = batch.insert.returning.contains(&Returned::Inserted);
    let can_tell = to.dialect.capabilities().tells_inserted(table.kind);
    let tells = asked || (free && can_tell);
    to.push("WITH ");
    incoming(to, batch);
    to.push(", ").ident(WRITTEN).push(" AS (");
    insert(to, batch, From::Incoming);
    returning(to, table, tells);
    if tells {
        returned(to, table, Returned::Inserted);
    } else {
        to.push("TRUE");
    }
    to.push(" AS ").ident(INSERTED);
    let values = || {
        batch
            .insert
            .returning
            .iter()
            .filter(|each| **each != Returned::Inserted)
    };
    for (place, each) in values().enumerate() {
        to.push(", ");
        returned(to, table, *each);
        to.push(" AS ").ident(&format!("{VALUE}{place}"));
    }
    if let Some(key) = by {
        for part in 0..parts(key) {
            to.push(", ");
            key_part(to, table, key, part);
            to.push(" AS ").ident(&format!("{KEY}{part}"));
        }
        if free {
            to.push(", ");
            // A row that is updated was found by its key, even if it is outside of it now.
            if tells {
                returned(to, table, Returned::Inserted);
                to.push(" AND (");
                is_free(to, table, key);
                to.push(")");
            } else {
                is_free(to, table, key);
            }
            to.push(" AS ").ident(FREE);
        }
    }
    // Numbered as they come: in the order of the insert.
    to.push("), ")
        .ident(TOLD)
        .push(" AS (SELECT *, row_number() OVER () AS ")
        .ident(ROW);
    if free {
        place(to, batch, false);
    }
    to.push(" FROM ").ident(WRITTEN).push("), ");
    to.ident(PAIRED).push(" AS (");
    match by {
        None => {
            // Nothing can be skipped, so the rows are those of the records, in their order.
            to.push("SELECT ").ident(NUMBER).push(", ").ident(NUMBER);
            to.push(" AS ").ident(ROW).push(" FROM ").ident(INCOMING);
        }
        Some(key) => pairs(to, key, free, batch),
    }
    to.push(") SELECT COALESCE(");
    column(to, PAIRED, NUMBER);
    to.push(", 0), ");
    column(to, TOLD, INSERTED);
    for (place, each) in values().enumerate() {
        to.push(", ");
        column(to, TOLD, &format!("{VALUE}{place}"));
        if let Returned::Column(at) | Returned::Text(at) = each {
            // What cannot be read is told of by this name.
            to.push(" AS ").ident(&table.columns[*at].name);
        }
    }
    to.push(" FROM ").ident(TOLD).push(" LEFT JOIN ");
    to.ident(PAIRED).push(" USING (").ident(ROW);
    to.push(") ORDER BY ");
    column(to, PAIRED, NUMBER);
}

/// A column of one of the tables that are made on the way.
fn column(to: &mut Writer<'_>, of: &str, name: &str) {
    to.ident(of).push(".").ident(name);
}

/// Each written record's number beside the how manieth of the written rows is its.
fn pairs(to: &mut Writer<'_>, key: &KeyDef, free: bool, batch: &Batch) {
    let select = |to: &mut Writer<'_>| {
        to.push("SELECT ");
        column(to, INCOMING, NUMBER);
        to.push(", ");
        column(to, TOLD, ROW);
        to.push(" FROM ");
    };
    select(to);
    to.ident(INCOMING).push(" JOIN ").ident(TOLD).push(" ON ");
    for part in 0..parts(key) {
        if part > 0 {
            to.push(" AND ");
        }
        let name = format!("{KEY}{part}");
        column(to, TOLD, &name);
        // Where two `NULL`s are one key they have to meet here as well.
        to.push(if key.nulls == Nulls::NotDistinct {
            " IS NOT DISTINCT FROM "
        } else {
            " = "
        });
        column(to, INCOMING, &name);
    }
    to.push(" WHERE ");
    column(to, INCOMING, OF);
    to.push(" = ");
    column(to, INCOMING, NUMBER);
    if free {
        for table in [INCOMING, TOLD] {
            to.push(" AND NOT ");
            column(to, table, FREE);
        }
        to.push(" UNION ALL ");
        select(to);
        to.push("(SELECT ").ident(NUMBER).push(", ").ident(FREE);
        place(to, batch, true);
        to.push(" FROM ").ident(INCOMING).push(") AS ");
        to.ident(INCOMING).push(" JOIN ").ident(TOLD);
        to.push(" USING (").ident(PLACE).push(") WHERE ");
        column(to, INCOMING, FREE);
        to.push(" AND ");
        column(to, TOLD, FREE);
        // Where a trigger keeps some of them out, the places say nothing.
        for (table, before) in [(INCOMING, " AND ("), (TOLD, " = (")] {
            to.push(before).push("SELECT count(*) FROM ").ident(table);
            to.push(" WHERE ").ident(FREE).push(")");
        }
    }
}

/// The how manieth it is of the rows that the key does not hold apart.
fn place(to: &mut Writer<'_>, batch: &Batch, ordered: bool) {
    to.push(", count(*) FILTER (WHERE ")
        .ident(FREE)
        .push(") OVER (");
    if ordered {
        order(to, batch, true);
        to.push(" ");
    }
    to.push("ROWS UNBOUNDED PRECEDING) AS ").ident(PLACE);
}
