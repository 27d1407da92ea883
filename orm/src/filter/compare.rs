//! The comparisons.

use super::{Filter, IntoOperand, Operand};
use crate::backend::Backend;
use crate::stmt::{Comparison, Expr};

/// Comparisons of columns with values and with each other.
///
/// # Examples
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
///     inhabitants: i64,
///     mayor: Option<String>,
/// }
///
/// let query = City::select()
///     .filter(City::INHABITANTS.ge(1_000_000).and(City::MAYOR.is_not_null()))
///     .order_by(City::INHABITANTS.desc());
/// assert_eq!(
///     query.to_sql::<Postgres>(),
///     r#"SELECT "name", "inhabitants", "mayor" FROM "cities" WHERE "inhabitants" >= $1 AND NOT ("mayor" IS NULL) ORDER BY "inhabitants" DESC"#,
/// );
/// ```
pub trait Compare: Operand {
    /// Equal: `=`.
    fn eq<V, As, DB: Backend>(self, other: V) -> Filter<Self::Scope, DB>
    where
        V: IntoOperand<Self::Scope, Self::Bare, As, DB>,
    {
        compare(self, Comparison::Equal, other)
    }

    /// Not equal: `<>`.
    fn ne<V, As, DB: Backend>(self, other: V) -> Filter<Self::Scope, DB>
    where
        V: IntoOperand<Self::Scope, Self::Bare, As, DB>,
    {
        compare(self, Comparison::NotEqual, other)
    }

    /// Less: `<`.
    fn lt<V, As, DB: Backend>(self, other: V) -> Filter<Self::Scope, DB>
    where
        V: IntoOperand<Self::Scope, Self::Bare, As, DB>,
    {
        compare(self, Comparison::Less, other)
    }

    /// Less or equal: `<=`.
    fn le<V, As, DB: Backend>(self, other: V) -> Filter<Self::Scope, DB>
    where
        V: IntoOperand<Self::Scope, Self::Bare, As, DB>,
    {
        compare(self, Comparison::LessOrEqual, other)
    }

    /// Greater: `>`.
    fn gt<V, As, DB: Backend>(self, other: V) -> Filter<Self::Scope, DB>
    where
        V: IntoOperand<Self::Scope, Self::Bare, As, DB>,
    {
        compare(self, Comparison::Greater, other)
    }

    /// Greater or equal: `>=`.
    fn ge<V, As, DB: Backend>(self, other: V) -> Filter<Self::Scope, DB>
    where
        V: IntoOperand<Self::Scope, Self::Bare, As, DB>,
    {
        compare(self, Comparison::GreaterOrEqual, other)
    }

    /// Text that fits a pattern: `LIKE`, where `%` stands for any text and `_` for any character.
    fn like<V, As, DB: Backend>(self, pattern: V) -> Filter<Self::Scope, DB>
    where
        Self: Operand<Bare = String>,
        V: IntoOperand<Self::Scope, String, As, DB>,
    {
        compare(self, Comparison::Like, pattern)
    }

    /// Has no value.
    #[expect(
        clippy::wrong_self_convention,
        reason = "a column is the word for it, and has no content"
    )]
    fn is_null<DB: Backend>(self) -> Filter<Self::Scope, DB>
    where
        Self::Value: Nullable,
    {
        Filter::new(Expr::IsNull(Box::new(self.expr())), Vec::new())
    }

    /// Has a value.
    #[expect(
        clippy::wrong_self_convention,
        reason = "a column is the word for it, and has no content"
    )]
    fn is_not_null<DB: Backend>(self) -> Filter<Self::Scope, DB>
    where
        Self::Value: Nullable,
    {
        !self.is_null()
    }
}

impl<O: Operand> Compare for O {}

fn compare<O: Operand, V, As, DB: Backend>(
    operand: O,
    comparison: Comparison,
    other: V,
) -> Filter<O::Scope, DB>
where
    V: IntoOperand<O::Scope, O::Bare, As, DB>,
{
    let mut values = Vec::new();
    let other = other.into_operand(&mut values);
    Filter::new(operand.expr().compare(comparison, other), values)
}

/// A type that can hold `NULL`: an `Option`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this column is never `NULL`: its type is `{Self}`",
    label = "never `NULL`",
    note = "only a column whose type is an `Option` can be asked for `NULL`"
)]
pub trait Nullable {}

#[diagnostic::do_not_recommend]
impl<V> Nullable for Option<V> {}
