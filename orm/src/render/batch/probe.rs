//! What is asked about the records of a batch before they are written.

use super::super::Writer;
use super::super::own::{FREE, INCOMING, KEY, NUMBER, OF, STORED};
use super::order;
use super::source::{
    Beside, can_be_free, is_free, key, key_part, key_parts, parts, records, whole,
};
use crate::dialect::Dialect;
use crate::schema::TableDef;
use crate::stmt::Batch;

/// Each record's number and the number of the record that is written of those with its key, in the order
/// of the key; only of those that are not written, in their own order, where `left_out`.
pub(crate) fn resolve(batch: &Batch, left_out: bool, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    let beside = Beside {
        of: true,
        key: false,
    };
    to.push("SELECT ").ident(NUMBER).push(", ").ident(OF);
    to.push(" FROM (");
    records(&mut to, batch, beside);
    to.push(") AS ").ident(INCOMING);
    if left_out {
        to.push(" WHERE ").ident(NUMBER).push(" <> ").ident(OF);
        to.push(" ORDER BY ").ident(NUMBER);
    } else {
        order(&mut to, batch, true);
    }
    to.text
}

/// How many of the records that are written have their key in the table already.
pub(crate) fn existing(batch: &Batch, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    let table = &batch.insert.table;
    let resolves = batch.on_duplicate.keep().is_some();
    let beside = Beside {
        of: resolves,
        key: true,
    };
    to.push("SELECT count(*) FROM (");
    records(&mut to, batch, beside);
    to.push(") AS ").ident(INCOMING).push(" WHERE ");
    if resolves {
        to.ident(OF).push(" = ").ident(NUMBER);
    } else {
        to.push("TRUE");
    }
    match key(batch) {
        None => {
            to.push(" AND FALSE");
        }
        Some(key) => {
            if can_be_free(table, key) {
                to.push(" AND NOT ").ident(FREE);
            }
            to.push(" AND EXISTS (SELECT 1 FROM ")
                .table(table)
                .push(" AS ")
                .ident(STORED)
                .push(" WHERE ");
            for part in 0..parts(key) {
                key_part(&mut to, table, key, part);
                to.push(" = ")
                    .ident(INCOMING)
                    .push(".")
                    .ident(&format!("{KEY}{part}"))
                    .push(" AND ");
            }
            match &key.filter {
                Some(filter) => to.push("(").push(filter).push(")"),
                None => to.push("TRUE"),
            };
            to.push(")");
        }
    }
    to.text
}

/// The numbers of the records in the order of the key, as a text: of those that have the same key there is
/// one. And how many temporary tables the connection has. A row for each record would take longer. An `ORDER BY` within the function would as well, since
/// SQLite keeps a tree for it and sorts no list.
pub(crate) fn numbers(batch: &Batch, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    let table = &batch.insert.table;
    to.push("SELECT group_concat(").ident(NUMBER);
    to.push("), (SELECT count(*) FROM sqlite_temp_schema) FROM (SELECT ");
    to.ident(NUMBER).push(" FROM ");
    whole(&mut to, batch);
    let Some(key) = key(batch) else {
        order(&mut to, batch, true);
        to.push(")");
        return to.text;
    };
    // The same words, so that it is sorted once.
    for clause in [" GROUP BY ", " ORDER BY "] {
        to.push(clause);
        key_parts(&mut to, table, key);
        if can_be_free(table, key) {
            to.push(", CASE WHEN ");
            is_free(&mut to, table, key);
            to.push(" THEN ").ident(NUMBER).push(" END");
        }
    }
    to.push(")");
    to.text
}

/// Takes the lock of the one writer and changes nothing.
pub(crate) fn lock_for_writing(table: &TableDef, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("DELETE FROM ").table(table).push(" WHERE FALSE");
    to.text
}

/// How much there is that may keep rows from being written: triggers of the table, and a constraint that is
/// declared with a conflict clause, such as `ON CONFLICT IGNORE`, for which the word is looked for.
pub(crate) fn has_exceptions(table: &TableDef, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("SELECT count(*) FROM (SELECT type, tbl_name, sql FROM sqlite_schema ")
        .push("UNION ALL SELECT type, tbl_name, sql FROM sqlite_temp_schema) ")
        .push("WHERE (type = 'trigger' OR sql LIKE '%CONFLICT%') AND tbl_name = ");
    to.literal(&table.name).push(" COLLATE NOCASE");
    to.text
}
