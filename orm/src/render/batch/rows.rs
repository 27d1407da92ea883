//! The rows that a batch has written, each beside the number of its record.

use super::super::Writer;
use super::super::insert::returned;
use super::source::{can_be_free, is_free, key, key_part, parts};
use super::{FREE, From, INSERTED, KEY, NUMBER, OF, PLACE, ROW, VALUE, incoming, insert, order};
use crate::dialect::ToldApart;
use crate::schema::{KeyDef, Nulls, TableKind};
use crate::stmt::{Batch, Returned};

/// A written row is joined to its record by the key, as the database compares it. A row that the key does
/// not hold apart is always inserted, in the order of the records: the how manieth it is joins it.
pub(super) fn rows(to: &mut Writer<'_>, batch: &Batch<'_>) {
    let table = batch.insert.table;
    let by = key(batch);
    let free = by.is_some_and(|key| can_be_free(table, key));
    let asked = batch.insert.returning.contains(&Returned::Inserted);
    let plain = table.kind == TableKind::Plain || to.dialect.told_apart() == ToldApart::OldRow;
    let tells = asked || (free && plain);
    to.push("WITH ");
    incoming(to, batch);
    to.push(", written AS (");
    insert(to, batch, From::Incoming);
    to.push(" RETURNING ");
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
    to.push("), told AS (SELECT *, row_number() OVER () AS ")
        .ident(ROW);
    if free {
        place(to, batch, false);
    }
    to.push(" FROM written), paired AS (");
    match by {
        None => {
            // Nothing can be skipped, so the rows are those of the records, in their order.
            to.push("SELECT ").ident(NUMBER).push(", ").ident(NUMBER);
            to.push(" AS ").ident(ROW).push(" FROM incoming");
        }
        Some(key) => pairs(to, key, free, batch),
    }
    to.push(") SELECT COALESCE(paired.")
        .ident(NUMBER)
        .push(", 0), told.")
        .ident(INSERTED);
    for (place, _) in values().enumerate() {
        to.push(", told.").ident(&format!("{VALUE}{place}"));
    }
    to.push(" FROM told LEFT JOIN paired USING (")
        .ident(ROW)
        .push(") ORDER BY paired.")
        .ident(NUMBER);
}

/// Each written record's number beside the how manieth of the written rows is its.
fn pairs(to: &mut Writer<'_>, key: &KeyDef, free: bool, batch: &Batch<'_>) {
    let select = |to: &mut Writer<'_>| {
        to.push("SELECT incoming.")
            .ident(NUMBER)
            .push(", told.")
            .ident(ROW)
            .push(" FROM ");
    };
    select(to);
    to.push("incoming JOIN told ON ");
    for part in 0..parts(key) {
        if part > 0 {
            to.push(" AND ");
        }
        let name = format!("{KEY}{part}");
        to.push("told.").ident(&name);
        // Where two `NULL`s are one key they have to meet here as well.
        let equal = if key.nulls == Nulls::NotDistinct {
            " IS NOT DISTINCT FROM incoming."
        } else {
            " = incoming."
        };
        to.push(equal).ident(&name);
    }
    to.push(" WHERE incoming.")
        .ident(OF)
        .push(" = incoming.")
        .ident(NUMBER);
    if free {
        to.push(" AND NOT incoming.").ident(FREE);
        to.push(" AND NOT told.").ident(FREE);
        to.push(" UNION ALL ");
        select(to);
        to.push("(SELECT ").ident(NUMBER).push(", ").ident(FREE);
        place(to, batch, true);
        to.push(" FROM incoming) AS incoming JOIN told USING (")
            .ident(PLACE)
            .push(") WHERE incoming.")
            .ident(FREE)
            .push(" AND told.")
            .ident(FREE);
        // Where a trigger keeps some of them out, the places say nothing.
        to.push(" AND (SELECT count(*) FROM incoming WHERE ")
            .ident(FREE);
        to.push(") = (SELECT count(*) FROM told WHERE ")
            .ident(FREE)
            .push(")");
    }
}

/// The how manieth it is of the rows that the key does not hold apart.
fn place(to: &mut Writer<'_>, batch: &Batch<'_>, ordered: bool) {
    to.push(", count(*) FILTER (WHERE ")
        .ident(FREE)
        .push(") OVER (");
    if ordered {
        order(to, batch, true);
        to.push(" ");
    }
    to.push("ROWS UNBOUNDED PRECEDING) AS ").ident(PLACE);
}
