//! Functions over a window of rows.

use super::expr::expr;
use super::scope::Scope;
use super::{Writer, calls, select};
use crate::stmt::{FrameBound, Window, WindowCall, WindowFunction};

/// A function, and the window that it is over.
pub(super) fn window(to: &mut Writer<'_>, scope: &Scope<'_>, window: &Window) {
    match &window.call {
        WindowCall::Aggregate(aggregate, of, condition) => {
            let over = |to: &mut Writer<'_>| over(to, scope, window);
            calls::aggregate(to, scope, *aggregate, of, condition.as_ref(), over);
        }
        WindowCall::Function(function, arguments) => {
            let (name, number) = called(*function);
            to.push(name).push("(");
            to.list(arguments, |to, each| expr(to, scope, each));
            if let Some(number) = number {
                if !arguments.is_empty() {
                    to.push(", ");
                }
                to.push(&number.to_string());
            }
            to.push(")");
            over(to, scope, window);
        }
    }
}

/// The name of a function, and the number that is its last argument.
fn called(function: WindowFunction) -> (&'static str, Option<u32>) {
    match function {
        WindowFunction::RowNumber => ("row_number", None),
        WindowFunction::Rank => ("rank", None),
        WindowFunction::DenseRank => ("dense_rank", None),
        WindowFunction::Lag(rows) => ("lag", Some(rows)),
        WindowFunction::Lead(rows) => ("lead", Some(rows)),
        WindowFunction::FirstValue => ("first_value", None),
        WindowFunction::LastValue => ("last_value", None),
    }
}

fn over(to: &mut Writer<'_>, scope: &Scope<'_>, window: &Window) {
    to.push(" OVER (");
    let mut space = "";
    if !window.partition.is_empty() {
        to.push("PARTITION BY ");
        to.list(&window.partition, |to, each| expr(to, scope, each));
        space = " ";
    }
    if !window.order.is_empty() {
        to.push(space).push("ORDER BY ");
        select::terms(to, scope, &window.order, false);
        space = " ";
    }
    if let Some(frame) = window.frame {
        to.push(space).push("ROWS BETWEEN ");
        bound(to, frame.from);
        to.push(" AND ");
        bound(to, frame.to);
    }
    to.push(")");
}

fn bound(to: &mut Writer<'_>, bound: FrameBound) {
    match bound {
        FrameBound::UnboundedPreceding => to.push("UNBOUNDED PRECEDING"),
        FrameBound::Preceding(rows) => to.push(&rows.to_string()).push(" PRECEDING"),
        FrameBound::CurrentRow => to.push("CURRENT ROW"),
        FrameBound::Following(rows) => to.push(&rows.to_string()).push(" FOLLOWING"),
        FrameBound::UnboundedFollowing => to.push("UNBOUNDED FOLLOWING"),
    };
}
