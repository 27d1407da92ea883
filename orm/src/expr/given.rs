//! Values that say themselves of which type they are.

use super::computed::{CountValues, One};
use super::operand::{AsOperand, AsValue};
use super::{AnyTable, Mentions, Operand};
use crate::stmt::Expr as Node;
use crate::table::column::{Never, Nullness};

/// A value of one of the types that everybody uses.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` cannot be written here",
    label = "neither a column nor a value of a basic type",
    note = "give a column, something computed from columns, or a number, a text, a yes or no, a date, a time or a UUID"
)]
pub trait Literal {
    /// The type that it is bound as.
    type Owned: 'static;

    /// The value.
    #[doc(hidden)]
    fn owned(self) -> Self::Owned;
}

macro_rules! literals {
    ($($(#[$on:meta])? $type:ty),* $(,)?) => {
        $(
            $(#[$on])?
            #[diagnostic::do_not_recommend]
            impl Literal for $type {
                type Owned = Self;

                fn owned(self) -> Self {
                    self
                }
            }
        )*
    };
}

literals! {
    bool, i16, i32, i64, f32, f64, String, Vec<u8>,
    #[cfg(feature = "uuid")] uuid::Uuid,
    #[cfg(feature = "rust_decimal")] rust_decimal::Decimal,
    #[cfg(feature = "bigdecimal")] bigdecimal::BigDecimal,
    #[cfg(feature = "chrono")] chrono::NaiveDate,
    #[cfg(feature = "chrono")] chrono::NaiveTime,
    #[cfg(feature = "chrono")] chrono::NaiveDateTime,
    #[cfg(feature = "chrono")] chrono::DateTime<chrono::Utc>,
}

#[diagnostic::do_not_recommend]
impl Literal for &str {
    type Owned = String;

    fn owned(self) -> String {
        self.to_owned()
    }
}

/// What can stand where a type is not known otherwise: a column, what is computed from columns, or a value of
/// a basic type.
///
/// `As` only tells the cases apart, so that the compiler finds the one that fits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written here",
    label = "neither a column nor a value of a basic type",
    note = "give a column, something computed from columns, or a number, a text, a yes or no, a date, a time or a UUID"
)]
pub trait Given<As> {
    /// The tables that it mentions.
    type Scope: Mentions;
    /// The type of its value, without the `Option`.
    type Bare: 'static;
    /// Whether it may be `NULL`.
    type Null: Nullness;
    /// The values in it.
    type Values: CountValues;

    /// The expression, and its values.
    #[doc(hidden)]
    fn given(self) -> (Node, Self::Values);
}

#[diagnostic::do_not_recommend]
impl<V: Literal> Given<AsValue> for V {
    type Scope = AnyTable;
    type Bare = V::Owned;
    type Null = Never;
    type Values = One<V::Owned>;

    fn given(self) -> (Node, One<V::Owned>) {
        (Node::Bind(0), One(self.owned()))
    }
}

#[diagnostic::do_not_recommend]
impl<O: Operand> Given<AsOperand> for O {
    type Scope = O::Scope;
    type Bare = O::Bare;
    type Null = O::Null;
    type Values = O::Values;

    fn given(self) -> (Node, O::Values) {
        self.parts()
    }
}
