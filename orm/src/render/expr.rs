//! Expressions.

use super::scope::Scope;
use super::{Writer, calls, subquery, window};
use crate::dialect::Dialect;
use crate::stmt::{Arithmetic, Comparison, Expr};

/// Writes an expression over the columns of a scope.
pub(super) fn expr(to: &mut Writer<'_>, scope: &Scope<'_>, node: &Expr) {
    match node {
        Expr::Column(qualifier, at) => to.column(scope, *qualifier, *at),
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
            compared(to, scope, left, right);
            to.push(symbol(*comparison, to.dialect));
            compared(to, scope, right, left);
        }
        Expr::Between(inner, low, high) => {
            operand(to, scope, inner);
            to.push(" BETWEEN ");
            operand(to, scope, low);
            to.push(" AND ");
            operand(to, scope, high);
        }
        Expr::Key(place) => {
            if let Some(key) = scope.key(*place) {
                expr(to, scope, key);
            }
        }
        Expr::OneOf(inner, list) => calls::one_of(to, scope, inner, list),
        Expr::Function(function, operands) => calls::function(to, scope, *function, operands),
        Expr::Call(name, operands) => {
            to.push(name).push("(");
            to.list(operands, |to, each| expr(to, scope, each));
            to.push(")");
        }
        Expr::Aggregate(aggregate, inner, condition) => {
            calls::aggregate(to, scope, *aggregate, inner, condition.as_deref(), |_| {});
        }
        Expr::Window(window) => window::window(to, scope, window),
        Expr::Case(cases, otherwise) => calls::case(to, scope, cases, otherwise),
        Expr::Cast(inner, cast) => {
            let name = to.dialect.cast(*cast);
            to.push("CAST(");
            expr(to, scope, inner);
            to.push(" AS ").push(name).push(")");
        }
        Expr::Path(steps) => {
            let path = to.dialect.path(steps);
            to.literal(&path);
        }
        Expr::Tuple(parts) => {
            to.push("(");
            to.list(parts, |to, part| expr(to, scope, part));
            to.push(")");
        }
        Expr::Everything => {
            to.push("*");
        }
        Expr::Outer(inner) => subquery::outer(to, scope, inner),
        Expr::Exists(query) => subquery::exists(to, scope, query),
        Expr::Scalar(query) => subquery::scalar(to, scope, query),
        Expr::InQuery(inner, query) => subquery::one_of(to, scope, inner, query),
        Expr::Made(sql, inner) => calls::made(to, scope, sql, inner),
        Expr::SameAs(sql, arguments) => calls::same_as(to, scope, sql, arguments),
        Expr::Compute(left, operation, right) => {
            operand(to, scope, left);
            to.push(sign(*operation));
            operand(to, scope, right);
        }
        Expr::Coalesce(first, second) => {
            to.push("COALESCE(");
            expr(to, scope, first);
            to.push(", ");
            expr(to, scope, second);
            to.push(")");
        }
        Expr::Differ(left, right) => {
            let (suffix, differ) = (comparable(to, scope, left), to.dialect.differ());
            operand(to, scope, left);
            to.push(suffix).push(differ);
            operand(to, scope, right);
            to.push(suffix);
        }
        Expr::And(all) => joined(to, scope, all, " AND ", "TRUE"),
        Expr::Or(all) => joined(to, scope, all, " OR ", "FALSE"),
        Expr::Not(inner) => {
            to.push("NOT ");
            operand(to, scope, inner);
        }
        Expr::IsNull(inner) => {
            operand(to, scope, inner);
            to.push(" IS NULL");
        }
    }
}

/// An operand beside another: equal to a column is what the column calls equal, and not the type that a
/// value is sent as.
fn compared(to: &mut Writer<'_>, scope: &Scope<'_>, node: &Expr, other: &Expr) {
    operand(to, scope, node);
    if let (Expr::Bind(_) | Expr::Argument(_), Some(column)) = (node, scope.column(other))
        && let Some(name) = to.dialect.compared_as(column)
    {
        to.push("::").push(&name);
    }
}

/// The text behind an operand that makes it one whose values can be compared.
fn comparable(to: &Writer<'_>, scope: &Scope<'_>, operand: &Expr) -> &'static str {
    let column = scope.column(operand);
    column.map_or("", |column| to.dialect.comparable(column))
}

/// An expression inside another: in parentheses unless it is a single word.
pub(super) fn operand(to: &mut Writer<'_>, scope: &Scope<'_>, node: &Expr) {
    match node {
        Expr::Outer(inner) if !is_column(inner) => {
            to.push("(");
            expr(to, scope, node);
            to.push(")");
        }
        Expr::Column(..)
        | Expr::Bind(_)
        | Expr::Argument(_)
        | Expr::Sql(_)
        | Expr::Coalesce(..)
        | Expr::Function(..)
        | Expr::Call(..)
        | Expr::Aggregate(..)
        | Expr::Window(_)
        | Expr::Cast(..)
        | Expr::Made(..)
        | Expr::Path(_)
        | Expr::Tuple(_)
        | Expr::Exists(_)
        | Expr::Scalar(_)
        | Expr::Outer(_)
        | Expr::Everything => expr(to, scope, node),
        Expr::Key(place) => {
            if let Some(key) = scope.key(*place) {
                operand(to, scope, key);
            }
        }
        Expr::Compare(..)
        | Expr::Between(..)
        | Expr::OneOf(..)
        | Expr::InQuery(..)
        | Expr::Case(..)
        | Expr::SameAs(..)
        | Expr::Compute(..)
        | Expr::Differ(..)
        | Expr::And(_)
        | Expr::Or(_)
        | Expr::Not(_)
        | Expr::IsNull(_) => {
            to.push("(");
            expr(to, scope, node);
            to.push(")");
        }
    }
}

fn is_column(node: &Expr) -> bool {
    match node {
        Expr::Column(..) => true,
        Expr::Outer(inner) => is_column(inner),
        _ => false,
    }
}

/// All or one of these. `NOT` and comparisons bind tighter than `AND` and `OR`, so only those two
/// need parentheses inside each other.
fn joined(to: &mut Writer<'_>, scope: &Scope<'_>, nodes: &[Expr], word: &str, of_none: &str) {
    if nodes.is_empty() {
        to.push(of_none);
    }
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            to.push(word);
        }
        if matches!(node, Expr::And(_) | Expr::Or(_)) {
            operand(to, scope, node);
        } else {
            expr(to, scope, node);
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
