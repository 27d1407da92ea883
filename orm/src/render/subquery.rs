//! Queries within expressions.

use super::expr::{expr, operand};
use super::scope::Scope;
use super::{Writer, own, select};
use crate::stmt::{Expr, Projection, Select};

/// Whether a query has a row.
pub(super) fn exists(to: &mut Writer<'_>, scope: &Scope<'_>, query: &Select) {
    to.push("EXISTS ");
    scalar(to, scope, query);
}

/// The only value of a query.
pub(super) fn scalar(to: &mut Writer<'_>, scope: &Scope<'_>, query: &Select) {
    to.push("(");
    select::query(to, query, Some(scope));
    to.push(")");
}

/// One of the values of a query.
pub(super) fn one_of(to: &mut Writer<'_>, scope: &Scope<'_>, inner: &Expr, query: &Select) {
    operand(to, scope, inner);
    to.push(" IN ");
    if !matches!(query.projection, Projection::Named(_)) {
        return scalar(to, scope, query);
    }
    // With a `NULL` among the values nothing would be none of them.
    to.push("(SELECT ").ident(own::VALUE).push(" FROM ");
    scalar(to, scope, query);
    to.push(" AS ").ident(own::LISTED).push(" WHERE ");
    to.ident(own::VALUE).push(" IS NOT NULL)");
}

/// An expression over the rows of the statement around.
pub(super) fn outer(to: &mut Writer<'_>, scope: &Scope<'_>, inner: &Expr) {
    let Some(outer) = scope.outer() else {
        to.is_wrong = true;
        return;
    };
    match outer.named() {
        Some(named) => expr(to, &named, inner),
        None => expr(to, outer, inner),
    }
}
