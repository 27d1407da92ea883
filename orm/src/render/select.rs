//! `SELECT`.

use super::{Sql, Writer, expr::expr, own};
use crate::dialect::Dialect;
use crate::schema::TableDef;
use crate::stmt::{Distinct, Expr, Lock, Order, Projection, Select, Side, Wait};

/// The text of a query.
pub(crate) fn select(statement: &Select, dialect: &dyn Dialect) -> Sql {
    let mut to = Writer::new(dialect);
    query(&mut to, statement);
    to.finish()
}

/// The text that asks how many rows a query has.
pub(crate) fn count(statement: &Select, dialect: &dyn Dialect) -> Sql {
    let mut to = Writer::new(dialect);
    let is_all_rows = matches!(statement.distinct, Distinct::No)
        && statement.group.is_empty()
        && !statement.aggregated
        && statement.limit.is_none()
        && statement.offset.is_none();
    if is_all_rows {
        to.push("SELECT count(*)");
        rows(&mut to, statement);
    } else {
        to.push("SELECT count(*) FROM (");
        query(&mut to, statement);
        to.push(") AS ").ident(own::COUNTED);
    }
    to.finish()
}

/// The text that asks whether a query has a row.
pub(crate) fn exists(statement: &Select, dialect: &dyn Dialect) -> Sql {
    let mut to = Writer::new(dialect);
    to.push("SELECT EXISTS (");
    query(&mut to, statement);
    to.push(")");
    to.finish()
}

/// The text that asks how the database would run a query.
pub(crate) fn explain(statement: &Select, dialect: &dyn Dialect) -> Sql {
    let mut to = Writer::new(dialect);
    to.push(dialect.explain()).push(" ");
    query(&mut to, statement);
    to.finish()
}

/// The text of an order of the rows of a table, by itself.
pub(crate) fn order<'e>(
    table: &TableDef,
    by: impl IntoIterator<Item = (&'e Expr, bool)>,
    dialect: &dyn Dialect,
) -> String {
    let mut to = Writer::new(dialect);
    let by = by.into_iter().map(|(by, descending)| Order {
        by: by.clone(),
        descending,
        nulls_first: None,
    });
    let by: Vec<Order> = by.collect();
    to.table(table).push(" ORDER BY ");
    terms(&mut to, table, &by, false);
    to.text
}

fn query<'q>(to: &mut Writer<'q>, statement: &'q Select) {
    to.keys = &statement.group;
    let table = &statement.table;
    let first_of = match &statement.distinct {
        Distinct::On(columns) => columns.as_slice(),
        Distinct::No | Distinct::Rows => &[],
    };
    let hidden = to.dialect.orders_by_output_names() && hides_columns(&statement.projection);
    to.push("SELECT ");
    match &statement.distinct {
        Distinct::Rows => {
            to.push("DISTINCT ");
        }
        Distinct::On(columns) if to.dialect.has_distinct_on() => {
            to.push("DISTINCT ON (");
            let columns: Vec<Order> = columns.iter().copied().map(ascending).collect();
            terms(to, table, &columns, hidden);
            to.push(") ");
        }
        Distinct::On(_) | Distinct::No => {}
    }
    projection(to, table, &statement.projection);
    if first_of.is_empty() || to.dialect.has_distinct_on() {
        rows(to, statement);
    } else {
        first_rows(to, statement, first_of);
    }
    if !(statement.order.is_empty() && first_of.is_empty()) {
        to.push(" ORDER BY ");
        let first = first_of.iter().copied().map(ascending);
        let order: Vec<Order> = first.chain(statement.order.iter().cloned()).collect();
        terms(to, table, &order, hidden);
    }
    if let Some(limit) = statement.limit {
        to.push(" LIMIT ").rows(limit);
    } else if statement.offset.is_some() {
        // SQLite knows no offset without a limit.
        to.push(to.dialect.no_limit());
    }
    if let Some(offset) = statement.offset {
        to.push(" OFFSET ").rows(offset);
    }
    if let Some(lock) = statement.lock.filter(|_| to.dialect.has_row_locks()) {
        to.push(words(lock));
    }
}

/// What comes back.
pub(super) fn projection(to: &mut Writer<'_>, table: &TableDef, what: &Projection) {
    match what {
        Projection::Row => {
            to.list(table.columns.iter(), |to, column| {
                to.ident(&column.name);
            });
        }
        Projection::Columns(positions) => names(to, table, positions),
        Projection::Exprs(exprs) => {
            to.list(exprs, |to, each| expr(to, table, each));
        }
        Projection::Nothing => {
            to.push("1");
        }
    }
}

/// The rows that a query is about, before they are ordered.
fn rows(to: &mut Writer<'_>, statement: &Select) {
    let table = &statement.table;
    to.push(" FROM ").table(table);
    if let Some(filter) = &statement.filter {
        to.push(" WHERE ");
        expr(to, table, filter);
    }
    if !statement.group.is_empty() {
        to.push(" GROUP BY ");
        to.list(&statement.group, |to, by| expr(to, table, by));
    }
    if let Some(having) = &statement.having {
        to.push(" HAVING ");
        expr(to, table, having);
    }
}

/// The first row, in the order of the query, of those that are alike in these columns: where the database
/// has no word for it.
fn first_rows(to: &mut Writer<'_>, statement: &Select, columns: &[usize]) {
    let table = &statement.table;
    to.push(" FROM (SELECT *, row_number() OVER (PARTITION BY ");
    names(to, table, columns);
    if !statement.order.is_empty() {
        to.push(" ORDER BY ");
        terms(to, table, &statement.order, false);
    }
    to.push(") AS ").ident(own::PLACE);
    rows(to, statement);
    to.push(") AS ").ident(own::NUMBERED);
    to.push(" WHERE ").ident(own::PLACE).push(" = 1");
}

fn names(to: &mut Writer<'_>, table: &TableDef, positions: &[usize]) {
    to.list(positions, |to, at| {
        to.ident(&table.columns[*at].name);
    });
}

/// Whether what comes back may have the name of a column whose value it has not: `CAST("at" AS TEXT)` is
/// called `at`, and `lower("name")` is called `lower`.
fn hides_columns(what: &Projection) -> bool {
    match what {
        Projection::Exprs(exprs) => exprs.iter().any(|each| !matches!(each, Expr::Column(..))),
        Projection::Row | Projection::Columns(_) | Projection::Nothing => false,
    }
}

fn ascending(at: usize) -> Order {
    Order {
        by: Expr::Column(Side::Row, at),
        descending: false,
        nulls_first: None,
    }
}

/// The terms of an order; where what comes back may hide a column, a column stands there with its table.
fn terms(to: &mut Writer<'_>, table: &TableDef, order: &[Order], hidden: bool) {
    to.list(order, |to, term| {
        if let (true, Expr::Column(..)) = (hidden, &term.by) {
            to.ident(&table.name).push(".");
        }
        expr(to, table, &term.by);
        if term.descending {
            to.push(" DESC");
        }
        match term.nulls_first {
            None => {}
            Some(true) => {
                to.push(" NULLS FIRST");
            }
            Some(false) => {
                to.push(" NULLS LAST");
            }
        }
    });
}

fn words(lock: Lock) -> &'static str {
    match (lock.shared, lock.wait) {
        (false, Wait::Patiently) => " FOR UPDATE",
        (false, Wait::Skip) => " FOR UPDATE SKIP LOCKED",
        (false, Wait::Refuse) => " FOR UPDATE NOWAIT",
        (true, Wait::Patiently) => " FOR SHARE",
        (true, Wait::Skip) => " FOR SHARE SKIP LOCKED",
        (true, Wait::Refuse) => " FOR SHARE NOWAIT",
    }
}
