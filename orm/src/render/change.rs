//! `UPDATE` and `DELETE`.

use super::scope::Scope;
use super::{Sql, Writer, expr::expr, select};
use crate::dialect::Dialect;
use crate::stmt::{Change, Verb};

/// The text of an update or a delete.
pub(crate) fn change(statement: &Change, dialect: &dyn Dialect) -> Sql {
    let mut to = Writer::new(dialect);
    let table = &statement.table;
    let scope = Scope::of(table);
    match &statement.verb {
        Verb::Update(assignments) => {
            to.push("UPDATE ").table(table).push(" SET ");
            to.list(assignments, |to, assignment| {
                to.ident(&table.columns[assignment.column].name).push(" = ");
                expr(to, &scope, &assignment.value);
            });
        }
        Verb::Delete => {
            to.push("DELETE FROM ").table(table);
        }
    }
    if let Some(filter) = &statement.filter {
        to.push(" WHERE ");
        expr(&mut to, &scope, filter);
    }
    if let Some(returning) = &statement.returning {
        to.push(" RETURNING ");
        select::projection(&mut to, &scope, returning);
    }
    to.finish()
}
