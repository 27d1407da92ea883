//! `INSERT … ON CONFLICT … RETURNING`.

use super::scope::Scope;
use super::{Writer, expr::expr, own};
use crate::dialect::{Dialect, ToldApart};
use crate::schema::{KeyDef, TableDef};
use crate::stmt::{Action, Conflict, Insert, Returned};

/// The text of an insert that `verify` has passed.
pub(crate) fn insert(statement: &Insert, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    let table = &statement.table;
    to.push("INSERT INTO ");
    match &statement.conflict {
        Some(_) => to.target(table),
        None => to.table(table),
    };
    let numbered = table.columns.iter().find(|column| column.auto);
    let unnamed = statement.conflict.is_none() || dialect.has_conflicts_of_defaults();
    if let (true, false, Some(numbered)) = (statement.columns.is_empty(), unnamed, numbered) {
        // Such a column is numbered where it is `NULL`.
        to.push(" (").ident(&numbered.name).push(") VALUES (NULL)");
    } else if statement.columns.is_empty() {
        to.push(" DEFAULT VALUES");
    } else {
        to.push(" (");
        to.list(&statement.columns, |to, at| {
            to.ident(&table.columns[*at].name);
        });
        to.push(") VALUES (");
        to.list(&statement.columns, |to, at| {
            sent(to, statement, *at, |to| {
                to.bind();
            });
        });
        to.push(")");
    }
    if let Some(clause) = &statement.conflict {
        conflict(&mut to, table, clause);
    }
    if !statement.returning.is_empty() {
        returning(
            &mut to,
            table,
            statement.returning.contains(&Returned::Inserted),
        );
        to.list(&statement.returning, |to, each| named(to, table, *each));
    }
    to.text
}

/// The value that is sent for a column, as one of the column's type.
pub(super) fn sent(
    to: &mut Writer<'_>,
    statement: &Insert,
    column: usize,
    value: impl FnOnce(&mut Writer<'_>),
) {
    let cast = statement.cast(column);
    let (before, behind) = cast
        .and_then(|cast| cast.split_once("{}"))
        .unwrap_or_default();
    to.push(before);
    value(to);
    to.push(behind);
}

pub(super) fn conflict(to: &mut Writer<'_>, table: &TableDef, clause: &Conflict) {
    match clause.target.key(table) {
        None => {
            to.push(" ON CONFLICT");
        }
        Some(key) => target(to, table, key),
    }
    match &clause.action {
        Action::Nothing => {
            to.push(" DO NOTHING");
        }
        Action::Update {
            assignments,
            guard,
            lists,
        } => {
            let scope = Scope::of(table);
            to.number_slots_in_order(lists);
            to.push(" DO UPDATE SET ");
            to.list(assignments, |to, assignment| {
                to.ident(&table.columns[assignment.column].name).push(" = ");
                expr(to, &scope, &assignment.value);
            });
            if let Some(guard) = guard {
                to.push(" WHERE ");
                expr(to, &scope, guard);
            }
        }
    }
}

/// `ON CONFLICT` and the key that it is about.
pub(super) fn target(to: &mut Writer<'_>, table: &TableDef, key: &KeyDef) {
    to.push(" ON CONFLICT (");
    match &key.expression {
        Some(expression) => {
            to.push("(").push(expression).push(")");
        }
        None => {
            to.list(key.columns.iter(), |to, at| {
                to.ident(&table.columns[*at].name);
            });
        }
    }
    to.push(")");
    if let Some(filter) = &key.filter {
        // As literal text: with a bind in it the index is not found from the sixth execution on.
        to.push(" WHERE ").push(filter);
    }
}

/// `RETURNING`, behind which [`returned`] can stand; `tells` where it has to tell what was inserted.
pub(super) fn returning(to: &mut Writer<'_>, table: &TableDef, tells: bool) {
    to.push(" RETURNING ");
    if tells
        && to.dialect.capabilities().told_apart == ToldApart::OldRow
        && table.primary_key().is_some()
    {
        // A table may be called `old`.
        to.push("WITH (OLD AS ").ident(own::OLD).push(") ");
    }
}

/// One thing that comes back, under its own name.
fn named(to: &mut Writer<'_>, table: &TableDef, each: Returned) {
    returned(to, table, each);
    if let Returned::Text(at) = each {
        to.push(" AS ").ident(&table.columns[at].name);
    }
}

/// One thing that comes back.
pub(super) fn returned(to: &mut Writer<'_>, table: &TableDef, returned: Returned) {
    match returned {
        Returned::Column(at) => {
            to.ident(&table.columns[at].name);
        }
        Returned::Text(at) => {
            to.ident(&table.columns[at].name).push("::TEXT");
        }
        Returned::Inserted => inserted(to, table),
    }
}

/// Whether the row was inserted. `verify` has refused what cannot be told.
fn inserted(to: &mut Writer<'_>, table: &TableDef) {
    match (to.dialect.capabilities().told_apart, table.primary_key()) {
        // A whole row of NULLs would also be `old IS NULL`; a column of the primary key never is.
        (ToldApart::OldRow, Some(key)) => {
            to.ident(own::OLD)
                .push(".")
                .ident(&table.columns[key.columns[0]].name)
                .push(" IS NULL");
        }
        (ToldApart::OldRow | ToldApart::Xmax | ToldApart::TwoStatements, _) => {
            to.push("xmax = 0");
        }
    }
}
