//! `UPDATE` and `DELETE`.

use super::{Sql, Writer, expr::expr, select};
use crate::dialect::Dialect;
use crate::stmt::{Change, Verb};

/// The text of an update or a delete.
pub(crate) fn change(statement: &Change, dialect: &dyn Dialect) -> Sql {
    let mut to = Writer::new(dialect);
    let table = &statement.table;
    match &statement.verb {
        Verb::Update(assignments) => {
            to.push("UPDATE ").table(table).push(" SET ");
            to.list(assignments, |to, assignment| {
                to.ident(&table.columns[assignment.column].name).push(" = ");
                expr(to, table, &assignment.value);
            });
        }
        Verb::Delete => {
            to.push("DELETE FROM ").table(table);
        }
    }
    if let Some(filter) = &statement.filter {
        to.push(" WHERE ");
        expr(&mut to, table, filter);
    }
    if let Some(returning) = &statement.returning {
        to.push(" RETURNING ");
        select::projection(&mut to, table, returning);
    }
    to.finish()
}
