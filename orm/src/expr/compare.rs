//! The comparisons.

use std::sync::Arc;

use super::condition::{ask, beside, bound, compare, fits, in_order};
use super::list::{ListValue, Listed};
use super::{Filter, IntoExpr, IntoValues, Operand, Textual};
use crate::backend::Backend;
use crate::stmt::{Comparison, Expr, Function, List};
use crate::value::Supply;

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
    fn eq<V: IntoExpr<Self::Scope, Self::Bare, As>, As, DB: Backend>(
        self,
        other: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        compare(self, Comparison::Equal, other)
    }

    /// Not equal: `<>`.
    fn ne<V: IntoExpr<Self::Scope, Self::Bare, As>, As, DB: Backend>(
        self,
        other: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        compare(self, Comparison::NotEqual, other)
    }

    /// Less: `<`.
    fn lt<V: IntoExpr<Self::Scope, Self::Bare, As>, As, DB: Backend>(
        self,
        other: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        compare(self, Comparison::Less, other)
    }

    /// Less or equal: `<=`.
    fn le<V: IntoExpr<Self::Scope, Self::Bare, As>, As, DB: Backend>(
        self,
        other: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        compare(self, Comparison::LessOrEqual, other)
    }

    /// Greater: `>`.
    fn gt<V: IntoExpr<Self::Scope, Self::Bare, As>, As, DB: Backend>(
        self,
        other: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        compare(self, Comparison::Greater, other)
    }

    /// Greater or equal: `>=`.
    fn ge<V: IntoExpr<Self::Scope, Self::Bare, As>, As, DB: Backend>(
        self,
        other: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        compare(self, Comparison::GreaterOrEqual, other)
    }

    /// Text that fits a pattern: `LIKE` as the database has it, where `%` stands for any text and `_` for any
    /// character.
    ///
    /// PostgreSQL tells upper from lower case, and takes the character behind a `\` as it is. SQLite does not
    /// tell the cases of ASCII letters apart, and a `\` means itself. [`like_escaped`](Self::like_escaped) means
    /// the same on both.
    fn like<V: IntoExpr<Self::Scope, String, As>, As, DB: Backend>(
        self,
        pattern: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Bare: Textual,
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        compare(self, Comparison::Like, pattern)
    }

    /// Text that fits a pattern, in upper or lower case: `ILIKE`. SQLite folds ASCII letters only, and a `\`
    /// means itself there; see [`ilike_escaped`](Self::ilike_escaped).
    fn ilike<V: IntoExpr<Self::Scope, String, As>, As, DB: Backend>(
        self,
        pattern: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Bare: Textual,
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        compare(self, Comparison::LikeInAnyCase, pattern)
    }

    /// Text that fits a pattern, in the case that it is written in, where a `\` takes the next character as it
    /// is: `LIKE .. ESCAPE '\'`, the same on both databases.
    ///
    /// [`escape_like`](crate::escape_like) makes a text of a user's a part of a pattern. A `\` at the end means
    /// itself. On SQLite the pattern is sent as one of `GLOB`, which tells upper from lower case.
    fn like_escaped<DB: Backend>(self, pattern: impl Into<String>) -> Filter<Self::Scope, DB>
    where
        Self::Bare: Textual,
        Self::Values: IntoValues<DB>,
        String: Supply<DB>,
    {
        fits(self, Function::LikeEscaped, pattern.into())
    }

    /// The same in upper or lower case: `ILIKE .. ESCAPE '\'`. PostgreSQL folds the letters that the locale of
    /// the database has, SQLite those of ASCII: `É` fits `é` on the first only.
    fn ilike_escaped<DB: Backend>(self, pattern: impl Into<String>) -> Filter<Self::Scope, DB>
    where
        Self::Bare: Textual,
        Self::Values: IntoValues<DB>,
        String: Supply<DB>,
    {
        fits(self, Function::LikeEscapedInAnyCase, pattern.into())
    }

    /// Text that begins with this one. `%` and `_` in it mean themselves.
    fn starts_with<V: IntoExpr<Self::Scope, String, As>, As, DB: Backend>(
        self,
        text: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Bare: Textual,
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        ask(self, Function::StartsWith, text)
    }

    /// Text that ends with this one. `%` and `_` in it mean themselves.
    fn ends_with<V: IntoExpr<Self::Scope, String, As>, As, DB: Backend>(
        self,
        text: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Bare: Textual,
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        ask(self, Function::EndsWith, text)
    }

    /// Text that has this one somewhere in it. `%` and `_` in it mean themselves.
    fn contains<V: IntoExpr<Self::Scope, String, As>, As, DB: Backend>(
        self,
        text: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Bare: Textual,
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        ask(self, Function::Contains, text)
    }

    /// One of these values; of none of them, when there are none.
    ///
    /// On PostgreSQL they are one argument, an array, however many there are. On SQLite each is an argument,
    /// of which a statement has 32,766 at most.
    fn in_<I, V: ListValue<Self::Bare, As>, As, DB>(self, values: I) -> Filter<Self::Scope, DB>
    where
        I: IntoIterator<Item = V>,
        DB: Backend,
        Self::Bare: Supply<DB> + Send + Sync,
        Self::Values: IntoValues<DB>,
    {
        let list: Vec<Self::Bare> = values.into_iter().map(V::into_listed).collect();
        if list.is_empty() {
            return Filter::new(Expr::Or(Vec::new()), Vec::new());
        }
        let (operand, mut values) = bound(self);
        let named = List {
            slot: values.len(),
            len: list.len(),
            stored_as: DB::with_arrays().map_or_else(String::new, Self::Bare::type_name),
        };
        values.push(Arc::new(Listed(list)));
        Filter::new(Expr::OneOf(Box::new(operand), named), values)
    }

    /// None of these values; any value, when there are none.
    fn not_in<I, V: ListValue<Self::Bare, As>, As, DB>(self, values: I) -> Filter<Self::Scope, DB>
    where
        I: IntoIterator<Item = V>,
        DB: Backend,
        Self::Bare: Supply<DB> + Send + Sync,
        Self::Values: IntoValues<DB>,
    {
        !self.in_(values)
    }

    /// At least the one and at most the other: `BETWEEN`.
    fn between<V, W, As, Bs, DB: Backend>(self, low: V, high: W) -> Filter<W::Scope, DB>
    where
        V: IntoExpr<Self::Scope, Self::Bare, As>,
        W: IntoExpr<V::Scope, Self::Bare, Bs>,
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
        W::Values: IntoValues<DB>,
    {
        let (operand, mut values) = bound(self);
        let low = beside(low.into_expr(), &mut values);
        let high = beside(high.into_expr(), &mut values);
        let [operand, low, high] = [operand, low, high]
            .map(in_order::<Self::Bare>)
            .map(Box::new);
        let between = Expr::Between(operand, low, high);
        Filter::new(between, values)
    }

    /// Different, where `NULL` is like `NULL` and different from any value: `IS DISTINCT FROM`.
    #[expect(
        clippy::wrong_self_convention,
        reason = "a column is the word for it, and has no content"
    )]
    fn is_distinct_from<V: IntoExpr<Self::Scope, Self::Bare, As>, As, DB: Backend>(
        self,
        other: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        let (operand, mut values) = bound(self);
        let other = beside(other.into_expr(), &mut values);
        Filter::new(Expr::Differ(Box::new(operand), Box::new(other)), values)
    }

    /// The same, where `NULL` is like `NULL`: `IS NOT DISTINCT FROM`.
    #[expect(
        clippy::wrong_self_convention,
        reason = "a column is the word for it, and has no content"
    )]
    fn is_not_distinct_from<V: IntoExpr<Self::Scope, Self::Bare, As>, As, DB: Backend>(
        self,
        other: V,
    ) -> Filter<V::Scope, DB>
    where
        Self::Values: IntoValues<DB>,
        V::Values: IntoValues<DB>,
    {
        !self.is_distinct_from(other)
    }

    /// Has no value.
    #[expect(
        clippy::wrong_self_convention,
        reason = "a column is the word for it, and has no content"
    )]
    fn is_null<DB: Backend>(self) -> Filter<Self::Scope, DB>
    where
        Self::Value: Nullable,
        Self::Values: IntoValues<DB>,
    {
        let (operand, values) = bound(self);
        Filter::new(Expr::IsNull(Box::new(operand)), values)
    }

    /// Has a value.
    #[expect(
        clippy::wrong_self_convention,
        reason = "a column is the word for it, and has no content"
    )]
    fn is_not_null<DB: Backend>(self) -> Filter<Self::Scope, DB>
    where
        Self::Value: Nullable,
        Self::Values: IntoValues<DB>,
    {
        !self.is_null()
    }
}

impl<O: Operand> Compare for O {}

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
