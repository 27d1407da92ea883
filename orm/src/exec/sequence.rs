//! A sequence that is behind the rows of its table.
//!
//! PostgreSQL takes the value of an `auto` column from a sequence, which knows nothing of the rows that
//! came with values of their own. SQLite has no such state: it takes the greatest value that is there,
//! and one more.

use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind};
use crate::render;
use crate::schema::{KeyKind, TableDef, TableKind};
use crate::table::Table;
use crate::table::record::{self, Record};

/// Says more of an error of a statement that writes this record.
pub(crate) type Explain = fn(Error, &dyn Dialect) -> Error;

/// What [`explain`] says where a record of this type is written.
pub(crate) fn explain_record<R: Record>(error: Error, dialect: &dyn Dialect) -> Error {
    explain(error, R::Table::DEF, &record::positions::<R>(), dialect)
}

/// Where a key is taken by a value that no record has supplied, the sequence it came from is behind. The
/// error then says so, and what to call.
pub(crate) fn explain(
    error: Error,
    table: &TableDef,
    supplied: &[usize],
    dialect: &dyn Dialect,
) -> Error {
    if error.kind() != ErrorKind::UniqueViolation || !dialect.has_sequences() {
        return error;
    }
    let numbered = |at: &usize| table.columns[*at].auto && !supplied.contains(at);
    let behind = (0..table.columns.len())
        .filter(numbered)
        .find(|at| is_part(&error, table, *at));
    let Some(at) = behind else {
        return error;
    };
    let column = &table.columns[at].name;
    let mut message = format!("the sequence of `{column}` is behind the rows of the table");
    // The sequence of a view belongs to a table that nobody has named here.
    if table.kind != TableKind::View {
        message = format!(
            "{message}; call `{}`",
            render::advance_sequence(table, at, dialect)
        );
    }
    error.of_sequence(message)
}

/// Whether the key that is taken has this column in it.
fn is_part(error: &Error, table: &TableDef, at: usize) -> bool {
    if let Some(columns) = error.columns_of_key() {
        return columns.iter().any(|name| *name == table.columns[at].name);
    }
    // The columns are not told to who may not read them; the name of the key is.
    let primary = table.keys.iter().find(|key| key.kind == KeyKind::Primary);
    primary.is_some_and(|key| key.columns.contains(&at))
        && error.key() == Some(&*format!("{}_pkey", table.name))
}
