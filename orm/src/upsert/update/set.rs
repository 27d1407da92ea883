//! `set`: a column gets a value that is not the record's.

use super::{Assignable, KnowsItsRow, NotYet, OutsideTarget, StillOpen};
use crate::table::SameTable;
use crate::table::column::ColumnMeta;
use crate::table::record::Record;

/// The marker of a column that an upsert of `R` on the key `K` can set, after those of `Before`.
pub trait Settable<R: Record, K, Before> {}

impl<R, K, Before, C, Of, Plain, NoKey> Settable<R, K, Before> for C
where
    R: Record,
    C: ColumnMeta,
    (): KnowsItsRow<K>,
    (): StillOpen<Before>,
    (): SameTable<R::Table, C::Table, Holds = Of>,
    (): Assignable<C, Of, Holds = Plain>,
    (): OutsideTarget<K, C, Plain, Holds = NoKey>,
    (): NotYet<R, C, Before, NoKey>,
{
}

/// A value that a column of type `V` can be set to: one of that type, what is in its `Option`, or a
/// reference to it.
///
/// `As` only tells the cases apart, so that the compiler finds the one that fits. There is no case for an
/// `Option<&str>`: with it a bare `None` would have no type.
#[diagnostic::on_unimplemented(
    message = "a column of type `{V}` cannot be set to `{Self}`",
    label = "not a `{V}`",
    note = "give a value of the column's type, or compute one: `.set_with(column, |old, new| ..)`"
)]
pub trait IntoValue<V, As> {
    /// The value.
    #[doc(hidden)]
    fn into_value(self) -> V;
}

/// A value of the column's type.
#[doc(hidden)]
#[derive(Debug)]
pub struct Same;

/// What is in the `Option` of the column's type.
#[doc(hidden)]
#[derive(Debug)]
pub struct Inside;

/// A reference.
#[doc(hidden)]
#[derive(Debug)]
pub struct Borrowed;

#[diagnostic::do_not_recommend]
impl<V> IntoValue<V, Same> for V {
    fn into_value(self) -> V {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V> IntoValue<Option<V>, Inside> for V {
    fn into_value(self) -> Option<V> {
        Some(self)
    }
}

#[diagnostic::do_not_recommend]
impl IntoValue<String, Borrowed> for &str {
    fn into_value(self) -> String {
        self.to_owned()
    }
}

#[diagnostic::do_not_recommend]
impl IntoValue<Option<String>, Borrowed> for &str {
    fn into_value(self) -> Option<String> {
        Some(self.to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl<V: Clone> IntoValue<V, Borrowed> for &V {
    fn into_value(self) -> V {
        self.clone()
    }
}
