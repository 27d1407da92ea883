//! `SELECT`.

use super::{Writer, expr::expr};
use crate::dialect::Dialect;
use crate::stmt::{Projection, Select};

/// The text of a query.
pub(crate) fn select(statement: &Select<'_>, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    let table = statement.table;
    to.push("SELECT ");
    match &statement.projection {
        Projection::Row => {
            to.list(table.columns.iter(), |to, column| {
                to.ident(&column.name);
            });
        }
        Projection::Columns(positions) => {
            to.list(positions, |to, at| {
                to.ident(&table.columns[*at].name);
            });
        }
        // A limit is about rows, and the one row of a count is not what it is about.
        Projection::Count if statement.limited => {
            to.push("count(*) FROM (SELECT 1");
        }
        Projection::Count => {
            to.push("count(*)");
        }
        Projection::Exists => {
            to.push("EXISTS (SELECT 1");
        }
    }
    to.push(" FROM ").table(table);
    if let Some(filter) = &statement.filter {
        to.push(" WHERE ");
        expr(&mut to, table, filter);
    }
    if !statement.order.is_empty() {
        to.push(" ORDER BY ");
        to.list(&statement.order, |to, term| {
            to.ident(&table.columns[term.column].name);
            if term.descending {
                to.push(" DESC");
            }
        });
    }
    if statement.limited {
        to.push(" LIMIT ").bind();
    }
    if statement.locked {
        to.push(" FOR UPDATE");
    }
    match statement.projection {
        Projection::Count if statement.limited => to.push(") AS limited"),
        Projection::Exists => to.push(")"),
        Projection::Row | Projection::Columns(_) | Projection::Count => &mut to,
    };
    to.text
}
