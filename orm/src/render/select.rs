//! `SELECT`.

use super::scope::Scope;
use super::{Sql, Writer, derived, expr::expr, own};
use crate::dialect::Dialect;
use crate::schema::TableDef;
use crate::stmt::{Distinct, Expr, JoinKind, Lock, Order, Projection, Qualifier, Select, Wait};

/// The text of a query.
pub(crate) fn select(statement: &Select, dialect: &dyn Dialect) -> Sql {
    let mut to = Writer::new(dialect);
    query(&mut to, statement, None);
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
        rows(&mut to, statement, &Scope::of_query(statement, None));
    } else {
        to.push("SELECT count(*) FROM (");
        query(&mut to, statement, None);
        to.push(") AS ").ident(own::COUNTED);
    }
    to.finish()
}

/// The text that asks whether a query has a row.
pub(crate) fn exists(statement: &Select, dialect: &dyn Dialect) -> Sql {
    let mut to = Writer::new(dialect);
    to.push("SELECT EXISTS (");
    query(&mut to, statement, None);
    to.push(")");
    to.finish()
}

/// The text that asks how the database would run a query.
pub(crate) fn explain(statement: &Select, dialect: &dyn Dialect) -> Sql {
    let mut to = Writer::new(dialect);
    to.push(dialect.explain()).push(" ");
    query(&mut to, statement, None);
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
    terms(&mut to, &Scope::of(table), &by, false);
    to.text
}

/// A query, within the scope of the statement around it where it is a sub-query.
pub(super) fn query(to: &mut Writer<'_>, statement: &Select, outer: Option<&Scope<'_>>) {
    let scope = Scope::of_query(statement, outer);
    let first_of = match &statement.distinct {
        Distinct::On(columns) => columns.as_slice(),
        Distinct::No | Distinct::Rows => &[],
    };
    let numbers_rows = !first_of.is_empty() && !to.dialect.has_distinct_on();
    if numbers_rows {
        let numbered = Scope::of_query(statement, outer).first_named(own::NUMBERED);
        head(to, statement, first_of, &numbered);
        first_rows(to, statement, first_of, &scope);
        tail(to, statement, first_of, &numbered);
    } else {
        head(to, statement, first_of, &scope);
        rows(to, statement, &scope);
        tail(to, statement, first_of, &scope);
    }
}

/// What is selected.
fn head(to: &mut Writer<'_>, statement: &Select, first_of: &[usize], scope: &Scope<'_>) {
    to.push("SELECT ");
    match &statement.distinct {
        Distinct::Rows => {
            to.push("DISTINCT ");
        }
        Distinct::On(_) if to.dialect.has_distinct_on() => {
            to.push("DISTINCT ON (");
            let columns: Vec<Order> = first_of.iter().copied().map(ascending).collect();
            terms(to, scope, &columns, hides(to, statement));
            to.push(") ");
        }
        Distinct::On(_) | Distinct::No => {}
    }
    projection(to, scope, &statement.projection);
}

/// In which order the rows come, and which of them.
fn tail(to: &mut Writer<'_>, statement: &Select, first_of: &[usize], scope: &Scope<'_>) {
    if !(statement.order.is_empty() && first_of.is_empty()) {
        to.push(" ORDER BY ");
        let first = first_of.iter().copied().map(ascending);
        let order: Vec<Order> = first.chain(statement.order.iter().cloned()).collect();
        terms(to, scope, &order, hides(to, statement));
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
        locked(to, scope, lock);
    }
}

/// What comes back.
pub(super) fn projection(to: &mut Writer<'_>, scope: &Scope<'_>, what: &Projection) {
    match what {
        Projection::Row => to.all_columns(scope),
        Projection::Columns(positions) => names(to, scope, positions),
        Projection::Exprs(exprs) => {
            to.list(exprs, |to, each| expr(to, scope, each));
        }
        Projection::Named(only) => {
            expr(to, scope, only);
            to.push(" AS ").ident(own::VALUE);
        }
        Projection::Nothing => {
            to.push("1");
        }
    }
}

/// The rows that a query is about, before they are ordered.
fn rows(to: &mut Writer<'_>, statement: &Select, scope: &Scope<'_>) {
    to.push(" FROM ");
    match &statement.derived {
        Some(rows) => {
            derived::derived(to, rows, scope.outer());
            let alias = scope.alias(0).unwrap_or(&statement.table.name);
            to.push(" AS ").ident(alias);
        }
        None => table(to, &statement.table, scope, 0),
    }
    for (before, join) in statement.joins.iter().enumerate() {
        to.push(match join.kind {
            JoinKind::Inner => " JOIN ",
            JoinKind::Left => " LEFT JOIN ",
            JoinKind::Right => " RIGHT JOIN ",
            JoinKind::Full => " FULL JOIN ",
            JoinKind::Cross => " CROSS JOIN ",
        });
        table(to, &join.table, scope, before + 1);
        if let Some(on) = &join.on {
            to.push(" ON ");
            expr(to, scope, on);
        }
    }
    if let Some(filter) = &statement.filter {
        to.push(" WHERE ");
        expr(to, scope, filter);
    }
    if !statement.group.is_empty() {
        to.push(" GROUP BY ");
        to.list(&statement.group, |to, by| expr(to, scope, by));
    }
    if let Some(having) = &statement.having {
        to.push(" HAVING ");
        expr(to, scope, having);
    }
}

/// A table of a FROM clause, with its alias where it has one.
fn table(to: &mut Writer<'_>, table: &TableDef, scope: &Scope<'_>, place: usize) {
    to.table(table);
    if let Some(alias) = scope.alias(place) {
        to.push(" AS ").ident(alias);
    }
}

/// The first row, in the order of the query, of those that are alike in these columns: where the database
/// has no word for it.
fn first_rows(to: &mut Writer<'_>, statement: &Select, columns: &[usize], scope: &Scope<'_>) {
    to.push(" FROM (SELECT *, row_number() OVER (PARTITION BY ");
    names(to, scope, columns);
    if !statement.order.is_empty() {
        to.push(" ORDER BY ");
        terms(to, scope, &statement.order, false);
    }
    to.push(") AS ").ident(own::PLACE);
    rows(to, statement, scope);
    to.push(") AS ").ident(own::NUMBERED);
    to.push(" WHERE ").ident(own::PLACE).push(" = 1");
}

/// Columns of the first table.
fn names(to: &mut Writer<'_>, scope: &Scope<'_>, positions: &[usize]) {
    to.list(positions, |to, at| to.column(scope, Qualifier::Row, *at));
}

/// Whether what comes back may have the name of a column whose value it has not: `CAST("at" AS TEXT)` is
/// called `at`, and `lower("name")` is called `lower`.
fn hides(to: &Writer<'_>, statement: &Select) -> bool {
    let Projection::Exprs(exprs) = &statement.projection else {
        return false;
    };
    to.dialect.orders_by_output_names()
        && exprs.iter().any(|each| !matches!(each, Expr::Column(..)))
}

fn ascending(at: usize) -> Order {
    Order {
        by: Expr::Column(Qualifier::Row, at),
        descending: false,
        nulls_first: None,
    }
}

/// The terms of an order; where what comes back may hide a column, a column stands there with its table.
pub(super) fn terms(to: &mut Writer<'_>, scope: &Scope<'_>, order: &[Order], hidden: bool) {
    to.list(order, |to, term| {
        match (&term.by, scope.named()) {
            (Expr::Column(..), Some(named)) if hidden => expr(to, &named, &term.by),
            _ => expr(to, scope, &term.by),
        }
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

/// Which rows are kept from others.
fn locked(to: &mut Writer<'_>, scope: &Scope<'_>, lock: Lock) {
    to.push(if lock.shared {
        " FOR SHARE"
    } else {
        " FOR UPDATE"
    });
    if let Some(of) = lock.of {
        to.push(" OF ").source(scope, of);
    }
    to.push(match lock.wait {
        Wait::Patiently => "",
        Wait::Skip => " SKIP LOCKED",
        Wait::Refuse => " NOWAIT",
    });
}
