//! The staging table: where a batch waits that is too large for one statement.

use super::super::Writer;
use super::super::own::{COMPARED, NUMBER};
use super::rows_of_binds;
use super::source::{STAGED, columns, source, staged};
use crate::dialect::Dialect;
use crate::stmt::Batch;

/// Makes the staging table for the records of a batch, whose values are of these types. Where it may be
/// there already, whatever is in it is not of this batch.
pub(crate) fn create_staged(batch: &Batch, types: &[String], dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("CREATE TEMPORARY TABLE ");
    if dialect.keeps_staged() {
        to.push("IF NOT EXISTS ");
    }
    staged(&mut to, batch, types);
    to.push(" ");
    definition(&mut to, batch, types);
    to.push(dialect.staged_until());
    if dialect.keeps_staged() {
        to.push("; ");
        empty(&mut to, batch, types);
    }
    to.text
}

/// The columns of the staging table.
pub(super) fn definition(to: &mut Writer<'_>, batch: &Batch, types: &[String]) {
    let table = &batch.insert.table;
    let dialect = to.dialect;
    to.push("(");
    for (at, stored_as) in batch.insert.columns.iter().zip(types) {
        let column = &table.columns[*at];
        to.ident(&column.name)
            .push(" ")
            .push(&dialect.staged_type(column, stored_as));
        if let Some(collation) = &column.collation {
            to.push(" COLLATE ").ident(collation);
        }
        to.push(", ");
    }
    to.ident(NUMBER).push(dialect.staged_number());
    to.push(")");
}

/// Makes a table of these columns of the one that is written to, for PostgreSQL alone: as they are in the
/// database, whatever the declaration says.
pub(crate) fn create_compared(batch: &Batch, compared: &Batch, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("CREATE TEMPORARY TABLE ").ident(COMPARED);
    to.push(dialect.staged_until()).push(" AS SELECT ");
    columns(&mut to, compared);
    to.push(", 0::INT8 AS ").ident(NUMBER).push(" FROM ");
    to.table(&batch.insert.table).push(" WHERE FALSE");
    to.text
}

/// Puts what tells the records of a batch apart in it.
pub(crate) fn fill_compared(batch: &Batch, compared: &Batch, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("INSERT INTO ").ident(COMPARED).push(" SELECT ");
    columns(&mut to, compared);
    to.push(", ").ident(NUMBER).push(" FROM ");
    source(&mut to, batch, true);
    to.text
}

/// Leaves nothing of the batch behind.
pub(crate) fn leave_staged(batch: &Batch, types: &[String], dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    if dialect.keeps_staged() {
        empty(&mut to, batch, types);
    } else {
        to.push("DROP TABLE ");
        staged(&mut to, batch, types);
    }
    to.text
}

fn empty(to: &mut Writer<'_>, batch: &Batch, types: &[String]) {
    to.push("DELETE FROM ");
    staged(to, batch, types);
}

/// The names of the staging tables of a connection, of all but the newest so many.
pub(crate) fn oldest_staged(kept: usize, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("SELECT name FROM sqlite_temp_schema WHERE type = 'table' AND instr(name, ");
    to.literal(&format!("{STAGED} "))
        .push(") = 1 ORDER BY rowid DESC LIMIT -1 OFFSET ")
        .push(&kept.to_string());
    to.text
}

/// Drops a staging table by its name.
pub(crate) fn drop_staged(name: &str, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("DROP TABLE IF EXISTS temp.").ident(name);
    to.text
}

/// Sends rows to it by `COPY`.
pub(crate) fn copy_staged(batch: &Batch, types: &[String], dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("COPY ");
    into(&mut to, batch, types, true);
    to.push(" FROM STDIN (FORMAT binary)");
    to.text
}

/// Puts so many records in it, value by value; behind the values of each comes its number, unless the table
/// numbers them.
pub(crate) fn stage_values(
    batch: &Batch,
    types: &[String],
    rows: usize,
    dialect: &dyn Dialect,
) -> String {
    let mut to = Writer::new(dialect);
    to.push("INSERT INTO ");
    let numbered = !dialect.numbers_staged();
    into(&mut to, batch, types, numbered);
    to.push(" VALUES ");
    let values = batch.insert.columns.len() + usize::from(numbered);
    rows_of_binds(&mut to, rows, values);
    to.text
}

/// Puts records in it that are sent as arrays; behind them comes the number of the first, less one.
pub(crate) fn stage_arrays(batch: &Batch, types: &[String], dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("INSERT INTO ");
    into(&mut to, batch, types, true);
    to.push(" SELECT ");
    for stored_as in types {
        let name = dialect.sql_name(stored_as).to_owned();
        to.push("unnest(")
            .bind()
            .push("::")
            .push(&name)
            .push("[]), ");
    }
    let first = dialect.sql_name(&types[0]).to_owned();
    to.push("generate_subscripts(")
        .argument(1)
        .push("::")
        .push(&first)
        .push("[], 1) + ")
        .bind()
        .push("::INT8");
    to.text
}

fn into(to: &mut Writer<'_>, batch: &Batch, types: &[String], numbered: bool) {
    staged(to, batch, types);
    to.push(" (");
    columns(to, batch);
    if numbered {
        to.push(", ").ident(NUMBER);
    }
    to.push(")");
}
