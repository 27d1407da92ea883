//! Whether an expression goes into a statement, and two expressions together.

use super::{NoWindow, Within};
use crate::table::Is;

/// What is mentioned is in the statement: a table, or the groups of one.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is of `{Other}`, and not of `{S}`",
    label = "not of `{S}`",
    note = "name columns of the statement's tables, or join the other one: `.join_on::<Other>(..)`; in a closure, name columns of its arguments; of groups, what they are grouped by, or an aggregate such as `column.sum()`"
)]
pub trait SameScope<S, Other> {}

#[diagnostic::do_not_recommend]
impl<S, Other: Within<S>> SameScope<S, Other> for () {}

/// The rows that a filter is about are those of the statement.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is a filter of `{Other}`, and not of `{S}`",
    label = "not of `{S}`",
    note = "name columns of the statement's tables, or join the other one: `.join_on::<Other>(..)`; groups are filtered by `having`, and window functions not at all: select or order by them"
)]
pub trait SameRows<S, Other> {}

#[diagnostic::do_not_recommend]
impl<S, Other: Within<S> + NoWindow> SameRows<S, Other> for () {}

/// The columns of a closure's filter are those of its arguments.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is a filter of `{Other}`, which may be the stored row or the record",
    label = "does not say which row",
    note = "name columns by the arguments of the closure: `|old, new| old.version.lt(new.version)`"
)]
pub trait SaysWhichRow<S, Other> {}

#[diagnostic::do_not_recommend]
impl<S, Other: Within<S> + NoWindow> SaysWhichRow<S, Other> for () {}

/// Both are of the same type, but for an `Option`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a column of type `{Other}` cannot stand beside one of type `{B}`",
    label = "not a `{B}`",
    note = "give a column of the same type, or cast one of them, as in `column.cast::<i64>()`"
)]
pub trait SameBare<B, Other> {}

#[diagnostic::do_not_recommend]
impl<B, Other: Is<B>> SameBare<B, Other> for () {}

/// Text, with or without an `Option`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` is not text",
    label = "only of text",
    note = "it can be cast to text: `column.cast::<String>()`"
)]
pub trait Textual {}

#[diagnostic::do_not_recommend]
impl Textual for String {}
