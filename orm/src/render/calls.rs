//! Expressions that stand in words of their own: functions, aggregates, choices, lists.

use super::expr::{expr, operand};
use super::scope::Scope;
use super::{Writer, own};
use crate::stmt::{Aggregate, Expr, Function, List};

/// One of a list of values: an array where the database has them, else an argument each.
pub(super) fn one_of(to: &mut Writer<'_>, scope: &Scope<'_>, inner: &Expr, list: &List) {
    let dialect = to.dialect;
    operand(to, scope, inner);
    if !dialect.capabilities().has_arrays {
        let first = to.number(list.slot, list.len);
        to.push(" IN (");
        to.list(0..list.len, |to, place| {
            to.argument(first + place);
        });
        to.push(")");
        return;
    }
    // Equal is what the column calls equal.
    let by_the_column = scope
        .column(inner)
        .and_then(|column| dialect.compared_as(column));
    let sent_as = dialect.sql_name(&list.stored_as);
    to.push(" = ANY (").slot(list.slot).push("::");
    if let Some(element) = by_the_column {
        // The elements are of the type that they are sent as, which PostgreSQL 13 does not overlook.
        if !element.ends_with("[]") {
            to.push(sent_as).push("[]::");
        }
        to.push(&element);
    } else {
        to.push(sent_as);
    }
    to.push("[])");
}

/// A function that databases write in different ways.
pub(super) fn function(
    to: &mut Writer<'_>,
    scope: &Scope<'_>,
    function: Function,
    operands: &[Expr],
) {
    let mut template = to.dialect.function(function);
    let mut next = operands.iter();
    while let Some((before, (number, behind))) = template
        .split_once('{')
        .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        to.push(before);
        let numbered = number.parse::<usize>().ok();
        let operand_there = match numbered {
            Some(number) => operands.get(number.wrapping_sub(1)),
            None => next.next(),
        };
        if let Some(node) = operand_there {
            operand(to, scope, node);
        }
        template = behind;
    }
    to.push(template);
}

/// Something about all the rows of a group, or of the window that `over` writes.
pub(super) fn aggregate(
    to: &mut Writer<'_>,
    scope: &Scope<'_>,
    aggregate: Aggregate,
    inner: &Expr,
    condition: Option<&Expr>,
    over: impl Fn(&mut Writer<'_>),
) {
    let template = to.dialect.aggregate(aggregate);
    let mut place = 0;
    filled(to, template, |to| {
        place += 1;
        if place == 1 {
            return expr(to, scope, inner);
        }
        if let Some(condition) = condition {
            to.push(" FILTER (WHERE ");
            expr(to, scope, condition);
            to.push(")");
        }
        over(to);
    });
}

/// The value of the first condition that holds.
pub(super) fn case(
    to: &mut Writer<'_>,
    scope: &Scope<'_>,
    cases: &[(Expr, Expr)],
    otherwise: &Expr,
) {
    to.push("CASE");
    for (condition, value) in cases {
        to.push(" WHEN ");
        expr(to, scope, condition);
        to.push(" THEN ");
        expr(to, scope, value);
    }
    to.push(" ELSE ");
    expr(to, scope, otherwise);
    to.push(" END");
}

/// An expression of a declaration has the value that it has for these arguments.
pub(super) fn same_as(
    to: &mut Writer<'_>,
    scope: &Scope<'_>,
    sql: &str,
    arguments: &[(usize, Expr)],
) {
    to.push("(")
        .push(sql)
        .push(") = (SELECT ")
        .push(sql)
        .push(" FROM (SELECT ");
    to.list(arguments, |to, (at, argument)| {
        expr(to, scope, argument);
        to.push(" AS ").ident(&scope.first().columns[*at].name);
    });
    to.push(") AS ").ident(own::INCOMING).push(")");
}

/// A value made of another one by SQL.
pub(super) fn made(to: &mut Writer<'_>, scope: &Scope<'_>, sql: &str, inner: &Expr) {
    filled(to, sql, |to| expr(to, scope, inner));
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
