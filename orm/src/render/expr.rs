//! Expressions.

use super::Writer;
use crate::dialect::Dialect;
use crate::schema::TableDef;
use crate::stmt::{Arithmetic, Comparison, ElementType, Expr, Side};

/// Writes an expression over the columns of a table.
pub(super) fn expr(to: &mut Writer<'_>, table: &TableDef, node: &Expr) {
    match node {
        Expr::Column(side, at) => {
            let column = &table.columns[*at].name;
            match side {
                // In an upsert a bare name could be of either row: PostgreSQL refuses it (42702).
                Side::Stored => to.ident(&table.name).push(".").ident(column),
                Side::Incoming => to.push("excluded.").ident(column),
                Side::Row => to.ident(column),
            };
        }
        Expr::Bind => {
            to.bind();
        }
        Expr::Argument(number) => {
            to.argument(*number);
        }
        Expr::Sql(sql) => {
            to.push("(").push(sql).push(")");
        }
        Expr::Compare(left, comparison, right) => {
            compared(to, table, left, right);
            to.push(symbol(*comparison, to.dialect));
            compared(to, table, right, left);
        }
        Expr::Between(inner, low, high) => {
            operand(to, table, inner);
            to.push(" BETWEEN ");
            operand(to, table, low);
            to.push(" AND ");
            operand(to, table, high);
        }
        Expr::OneOf(inner, _, ElementType(called)) if to.dialect.has_arrays() => {
            let dialect = to.dialect;
            let stored_as = called(dialect.name());
            let by_the_column = match &**inner {
                Expr::Column(_, at) => dialect.compared_as(&table.columns[*at]),
                _ => None,
            };
            let element = by_the_column.as_deref();
            operand(to, table, inner);
            to.push(" = ANY (")
                .bind()
                .push("::")
                .push(element.unwrap_or_else(|| dialect.sql_name(&stored_as)))
                .push("[])");
        }
        Expr::OneOf(inner, count, _) => {
            operand(to, table, inner);
            to.push(" IN (");
            to.list(0..*count, |to, _| {
                to.bind();
            });
            to.push(")");
        }
        Expr::Function(function, operands) => {
            let template = to.dialect.function(*function);
            let mut operands = operands.iter();
            filled(to, template, |to| {
                if let Some(next) = operands.next() {
                    operand(to, table, next);
                }
            });
        }
        Expr::Call(name, operands) => {
            to.push(name).push("(");
            to.list(operands, |to, each| expr(to, table, each));
            to.push(")");
        }
        Expr::Aggregate(aggregate, inner, condition) => {
            let template = to.dialect.aggregate(*aggregate);
            let mut place = 0;
            filled(to, template, |to| {
                place += 1;
                match (place, condition) {
                    (1, _) => expr(to, table, inner),
                    (_, Some(condition)) => {
                        to.push(" FILTER (WHERE ");
                        expr(to, table, condition);
                        to.push(")");
                    }
                    (_, None) => {}
                }
            });
        }
        Expr::Case(cases, otherwise) => {
            to.push("CASE");
            for (condition, value) in cases {
                to.push(" WHEN ");
                expr(to, table, condition);
                to.push(" THEN ");
                expr(to, table, value);
            }
            to.push(" ELSE ");
            expr(to, table, otherwise);
            to.push(" END");
        }
        Expr::Cast(inner, cast) => {
            let name = to.dialect.cast(*cast);
            to.push("CAST(");
            expr(to, table, inner);
            to.push(" AS ").push(name).push(")");
        }
        Expr::Path(steps) => {
            let path = to.dialect.path(steps);
            to.literal(&path);
        }
        Expr::Tuple(parts) => {
            to.push("(");
            to.list(parts, |to, part| expr(to, table, part));
            to.push(")");
        }
        Expr::Everything => {
            to.push("*");
        }
        Expr::SameAs(sql, arguments) => {
            to.push("(")
                .push(sql)
                .push(") = (SELECT ")
                .push(sql)
                .push(" FROM (SELECT ");
            to.list(arguments, |to, (at, number)| {
                to.argument(*number)
                    .push(" AS ")
                    .ident(&table.columns[*at].name);
            });
            to.push(") AS incoming)");
        }
        Expr::Compute(left, operation, right) => {
            operand(to, table, left);
            to.push(sign(*operation));
            operand(to, table, right);
        }
        Expr::Coalesce(first, second) => {
            to.push("COALESCE(");
            expr(to, table, first);
            to.push(", ");
            expr(to, table, second);
            to.push(")");
        }
        Expr::Differ(left, right) => {
            let (suffix, differ) = (to.dialect.comparable(table, left), to.dialect.differ());
            operand(to, table, left);
            to.push(suffix).push(differ);
            operand(to, table, right);
            to.push(suffix);
        }
        Expr::And(all) => joined(to, table, all, " AND ", "TRUE"),
        Expr::Or(all) => joined(to, table, all, " OR ", "FALSE"),
        Expr::Not(inner) => {
            to.push("NOT ");
            operand(to, table, inner);
        }
        Expr::IsNull(inner) => {
            operand(to, table, inner);
            to.push(" IS NULL");
        }
    }
}

/// An operand beside another: equal to a column is what the column calls equal, and not the type that a
/// value is sent as.
fn compared(to: &mut Writer<'_>, table: &TableDef, node: &Expr, other: &Expr) {
    operand(to, table, node);
    if let (Expr::Bind | Expr::Argument(_), Expr::Column(_, at)) = (node, other)
        && let Some(name) = to.dialect.compared_as(&table.columns[*at])
    {
        to.push("::").push(&name);
    }
}

/// An expression inside another: in parentheses unless it is a single word.
fn operand(to: &mut Writer<'_>, table: &TableDef, node: &Expr) {
    match node {
        Expr::Column(..)
        | Expr::Bind
        | Expr::Argument(_)
        | Expr::Sql(_)
        | Expr::Coalesce(..)
        | Expr::Function(..)
        | Expr::Call(..)
        | Expr::Aggregate(..)
        | Expr::Cast(..)
        | Expr::Path(_)
        | Expr::Tuple(_)
        | Expr::Everything => expr(to, table, node),
        Expr::Compare(..)
        | Expr::Between(..)
        | Expr::OneOf(..)
        | Expr::Case(..)
        | Expr::SameAs(..)
        | Expr::Compute(..)
        | Expr::Differ(..)
        | Expr::And(_)
        | Expr::Or(_)
        | Expr::Not(_)
        | Expr::IsNull(_) => {
            to.push("(");
            expr(to, table, node);
            to.push(")");
        }
    }
}

/// All or one of these. `NOT` and comparisons bind tighter than `AND` and `OR`, so only those two
/// need parentheses inside each other.
fn joined(to: &mut Writer<'_>, table: &TableDef, nodes: &[Expr], word: &str, of_none: &str) {
    if nodes.is_empty() {
        to.push(of_none);
    }
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            to.push(word);
        }
        if matches!(node, Expr::And(_) | Expr::Or(_)) {
            operand(to, table, node);
        } else {
            expr(to, table, node);
        }
    }
}

/// Writes a template, and what stands for each `{}` in it.
fn filled(to: &mut Writer<'_>, template: &str, mut next: impl FnMut(&mut Writer<'_>)) {
    for (index, part) in template.split("{}").enumerate() {
        if index > 0 {
            next(to);
        }
        to.push(part);
    }
}

fn symbol(comparison: Comparison, dialect: &dyn Dialect) -> &'static str {
    match comparison {
        Comparison::Equal => " = ",
        Comparison::NotEqual => " <> ",
        Comparison::Less => " < ",
        Comparison::LessOrEqual => " <= ",
        Comparison::Greater => " > ",
        Comparison::GreaterOrEqual => " >= ",
        Comparison::Like => " LIKE ",
        Comparison::LikeInAnyCase => dialect.like_in_any_case(),
        Comparison::HasAll => " @> ",
        Comparison::HasSome => " && ",
    }
}

fn sign(operation: Arithmetic) -> &'static str {
    match operation {
        Arithmetic::Add => " + ",
        Arithmetic::Subtract => " - ",
        Arithmetic::Multiply => " * ",
    }
}
