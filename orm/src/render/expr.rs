//! Expressions.

use super::{Writer, calls};
use crate::dialect::Dialect;
use crate::schema::TableDef;
use crate::stmt::{Arithmetic, Comparison, Expr, Side};

/// Writes an expression over the columns of a table.
pub(super) fn expr(to: &mut Writer<'_>, table: &TableDef, node: &Expr) {
    match node {
        Expr::Column(side, at) => {
            let column = &table.columns[*at].name;
            match side {
                // In an upsert a bare name could be of either row: PostgreSQL refuses it (42702).
                Side::Stored => to.stored(table).push(".").ident(column),
                Side::Incoming => to.push("excluded.").ident(column),
                Side::Row => to.ident(column),
            };
        }
        Expr::Bind(slot) => {
            to.slot(*slot);
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
        Expr::Key(place) => {
            if let Some(key) = to.keys.get(*place) {
                expr(to, table, key);
            }
        }
        Expr::OneOf(inner, list) => calls::one_of(to, table, inner, list),
        Expr::Function(function, operands) => calls::function(to, table, *function, operands),
        Expr::Call(name, operands) => {
            to.push(name).push("(");
            to.list(operands, |to, each| expr(to, table, each));
            to.push(")");
        }
        Expr::Aggregate(aggregate, inner, condition) => {
            calls::aggregate(to, table, *aggregate, inner, condition.as_deref());
        }
        Expr::Case(cases, otherwise) => calls::case(to, table, cases, otherwise),
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
        Expr::Made(sql, inner) => calls::made(to, table, sql, inner),
        Expr::SameAs(sql, arguments) => calls::same_as(to, table, sql, arguments),
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
    if let (Expr::Bind(_) | Expr::Argument(_), Expr::Column(_, at)) = (node, other)
        && let Some(name) = to.dialect.compared_as(&table.columns[*at])
    {
        to.push("::").push(&name);
    }
}

/// An expression inside another: in parentheses unless it is a single word.
pub(super) fn operand(to: &mut Writer<'_>, table: &TableDef, node: &Expr) {
    match node {
        Expr::Column(..)
        | Expr::Bind(_)
        | Expr::Argument(_)
        | Expr::Sql(_)
        | Expr::Coalesce(..)
        | Expr::Function(..)
        | Expr::Call(..)
        | Expr::Aggregate(..)
        | Expr::Cast(..)
        | Expr::Made(..)
        | Expr::Path(_)
        | Expr::Tuple(_)
        | Expr::Everything => expr(to, table, node),
        Expr::Key(place) => {
            if let Some(key) = to.keys.get(*place) {
                operand(to, table, key);
            }
        }
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
