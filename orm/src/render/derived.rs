//! Queries whose rows stand for those of a table.

use super::scope::Scope;
use super::{Writer, own, select};
use crate::stmt::{Derived, Distinct, Select, SetOperator};

/// The rows, as they stand in a FROM clause, which an alias has to follow.
pub(super) fn derived(to: &mut Writer<'_>, derived: &Derived, outer: Option<&Scope<'_>>) {
    match derived {
        Derived::Found => {
            to.ident(own::FOUND);
        }
        Derived::Query(query) => {
            to.push("(");
            select::query(to, query, outer);
            to.push(")");
        }
        Derived::Set(operator, first, second) => {
            to.push("(");
            member(to, first, outer);
            to.push(match operator {
                SetOperator::Union => " UNION ",
                SetOperator::UnionAll => " UNION ALL ",
                SetOperator::Intersect => " INTERSECT ",
                SetOperator::Except => " EXCEPT ",
            });
            member(to, second, outer);
            to.push(")");
        }
        Derived::Recursive(first, step) => {
            to.push("(WITH RECURSIVE ").ident(own::FOUND).push(" AS (");
            member(to, first, outer);
            // Each row once, so that a circle comes to an end.
            to.push(" UNION ");
            select::query(to, step, outer);
            to.push(") SELECT * FROM ").ident(own::FOUND).push(")");
        }
    }
}

/// One of several queries: an order or a limit of its own would be that of all of them.
fn member(to: &mut Writer<'_>, query: &Select, outer: Option<&Scope<'_>>) {
    let is_plain = query.order.is_empty()
        && query.limit.is_none()
        && query.offset.is_none()
        && matches!(query.distinct, Distinct::No);
    if is_plain {
        return select::query(to, query, outer);
    }
    to.push("SELECT * FROM (");
    select::query(to, query, outer);
    to.push(") AS ").ident(own::MEMBER);
}
