//! Functions that both databases have.

use super::computed::{Expr, Pair};
use super::{IntoExpr, Nullable, Operand, Textual, as_compared, in_order};
use crate::schema::Name;
use crate::stmt::{Cast, Expr as Node, Function, Part};
use crate::table::column::{Maybe, Nullness};

/// Functions of columns and of what is computed from them.
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
///     .filter(City::NAME.trim().length().lt(10))
///     .columns((City::NAME.upper(), City::MAYOR.coalesce("nobody"), City::INHABITANTS.cast::<f64>()));
/// assert_eq!(
///     query.to_sql::<Sqlite>(),
///     r#"SELECT upper("name"), COALESCE("mayor", ?1), CAST("inhabitants" AS REAL) FROM "cities" WHERE length(trim("name")) < ?2"#,
/// );
/// ```
pub trait Functions: Operand {
    /// In lower case. SQLite folds ASCII letters only.
    fn lower(self) -> Expr<Self::Scope, String, Self::Null, Self::Values>
    where
        Self::Bare: Textual,
    {
        call(self, Function::Lower)
    }

    /// In upper case. SQLite folds ASCII letters only.
    fn upper(self) -> Expr<Self::Scope, String, Self::Null, Self::Values>
    where
        Self::Bare: Textual,
    {
        call(self, Function::Upper)
    }

    /// Without spaces around it.
    fn trim(self) -> Expr<Self::Scope, String, Self::Null, Self::Values>
    where
        Self::Bare: Textual,
    {
        call(self, Function::Trim)
    }

    /// The number of characters.
    fn length(self) -> Expr<Self::Scope, i64, Self::Null, Self::Values>
    where
        Self::Bare: Textual,
    {
        call(self, Function::Length)
    }

    /// This text with another behind it; `NULL` when one of them is: `||`.
    fn concat<V, As>(
        self,
        other: V,
    ) -> Expr<V::Scope, String, <Self::Null as Nullness>::Or<V::Null>, Pair<Self::Values, V::Values>>
    where
        Self::Bare: Textual,
        V: IntoExpr<Self::Scope, String, As>,
    {
        let (text, values) = self.parts();
        let (other, other_values) = other.into_expr();
        let (values, other) = Pair::of(values, other_values, other);
        Expr::new(Node::Function(Function::Concat, vec![text, other]), values)
    }

    /// Without its sign.
    fn abs(self) -> Expr<Self::Scope, Self::Bare, Self::Null, Self::Values>
    where
        Self::Bare: super::compute::Number,
    {
        call(self, Function::Abs)
    }

    /// The value, or the other one where it is `NULL`: `COALESCE`.
    fn coalesce<V, As>(
        self,
        other: V,
    ) -> Expr<V::Scope, Self::Bare, V::Null, Pair<Self::Values, V::Values>>
    where
        Self::Value: Nullable,
        V: IntoExpr<Self::Scope, Self::Bare, As>,
    {
        let (first, values) = self.parts();
        let (second, other_values) = other.into_expr();
        let (values, second) = Pair::of(values, other_values, second);
        Expr::new(Node::Coalesce(Box::new(first), Box::new(second)), values)
    }

    /// The larger of the two: `GREATEST`. Of a value and `NULL` it is the value, on SQLite too.
    fn greatest<V, As>(
        self,
        other: V,
    ) -> Expr<
        V::Scope,
        Self::Bare,
        <Self::Null as Nullness>::Or<V::Null>,
        Pair<Self::Values, V::Values>,
    >
    where
        V: IntoExpr<Self::Scope, Self::Bare, As>,
    {
        in_order_of(self, Function::Greatest, other)
    }

    /// The smaller of the two: `LEAST`. Of a value and `NULL` it is the value, on SQLite too.
    fn least<V, As>(
        self,
        other: V,
    ) -> Expr<
        V::Scope,
        Self::Bare,
        <Self::Null as Nullness>::Or<V::Null>,
        Pair<Self::Values, V::Values>,
    >
    where
        V: IntoExpr<Self::Scope, Self::Bare, As>,
    {
        in_order_of(self, Function::Least, other)
    }

    /// The value, or `NULL` where it is equal to the other: `NULLIF`.
    fn nullif<V, As>(
        self,
        other: V,
    ) -> Expr<V::Scope, Self::Bare, Maybe, Pair<Self::Values, V::Values>>
    where
        V: IntoExpr<Self::Scope, Self::Bare, As>,
    {
        let (first, values) = self.parts();
        let (second, other_values) = other.into_expr();
        let (values, second) = Pair::of(values, other_values, second);
        Expr::new(
            Node::Function(Function::NullIf, vec![first, second]),
            values,
        )
    }

    /// The value as another type: `CAST`.
    fn cast<V: CastTo>(self) -> Expr<Self::Scope, V, Self::Null, Self::Values> {
        let (node, values) = self.parts();
        // As a number, and not as the character that a number of one byte is to PostgreSQL.
        let node = in_order::<Self::Bare>(node);
        Expr::new(Node::Cast(Box::new(node), V::TO), values)
    }

    /// The year of a date or a time; in UTC where the type has a time zone.
    fn year(self) -> Expr<Self::Scope, i64, Self::Null, Self::Values>
    where
        Self::Bare: Dated,
    {
        call(self, Function::Part(Part::Year, Self::Bare::HAS_ZONE))
    }

    /// The month of a date or a time, from 1 to 12; in UTC where the type has a time zone.
    fn month(self) -> Expr<Self::Scope, i64, Self::Null, Self::Values>
    where
        Self::Bare: Dated,
    {
        call(self, Function::Part(Part::Month, Self::Bare::HAS_ZONE))
    }

    /// The day of the month of a date or a time; in UTC where the type has a time zone.
    fn day(self) -> Expr<Self::Scope, i64, Self::Null, Self::Values>
    where
        Self::Bare: Dated,
    {
        call(self, Function::Part(Part::Day, Self::Bare::HAS_ZONE))
    }

    /// The hour of a time, from 0 to 23; in UTC where the type has a time zone.
    fn hour(self) -> Expr<Self::Scope, i64, Self::Null, Self::Values>
    where
        Self::Bare: Timed,
    {
        call(self, Function::Part(Part::Hour, Self::Bare::HAS_ZONE))
    }

    /// What is at a place within JSON, as text: the names of members and the places of elements that lead
    /// there. `NULL` where there is nothing.
    fn json_text<I>(self, path: I) -> Expr<Self::Scope, String, Maybe, Self::Values>
    where
        Self::Bare: Document,
        I: IntoIterator<Item: Into<Name>>,
    {
        let path = Node::Path(path.into_iter().map(Into::into).collect());
        let (node, values) = self.parts();
        Expr::new(Node::Function(Function::JsonText, vec![node, path]), values)
    }
}

impl<O: Operand> Functions for O {}

/// A function that compares two operands.
fn in_order_of<O, V, As, N>(
    operand: O,
    function: Function,
    other: V,
) -> Expr<V::Scope, O::Bare, N, Pair<O::Values, V::Values>>
where
    O: Operand,
    V: IntoExpr<O::Scope, O::Bare, As>,
{
    let (first, values) = operand.parts();
    let (second, other_values) = other.into_expr();
    let (values, second) = Pair::of(values, other_values, second);
    let node = Node::Function(function, [first, second].map(in_order::<O::Bare>).into());
    Expr::new(as_compared::<O::Bare>(node), values)
}

fn call<O: Operand, B>(operand: O, function: Function) -> Expr<O::Scope, B, O::Null, O::Values> {
    let (node, values) = operand.parts();
    Expr::new(Node::Function(function, vec![node]), values)
}

/// A type that a value can be cast to.
#[diagnostic::on_unimplemented(
    message = "a value cannot be cast to `{Self}`",
    label = "no type to cast to",
    note = "cast to `i16`, `i32`, `i64`, `f64` or `String`, or call the database's own function with `orm::func!`"
)]
pub trait CastTo: 'static {
    /// It.
    #[doc(hidden)]
    const TO: Cast;
}

macro_rules! casts {
    ($($type:ty => $to:ident),*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl CastTo for $type {
                const TO: Cast = Cast::$to;
            }
        )*
    };
}

casts!(i16 => SmallInt, i32 => Int, i64 => BigInt, f64 => Double, String => Text);

/// A type with a date in it.
#[diagnostic::on_unimplemented(
    message = "there is no date in a column of type `{Self}`",
    label = "no date",
    note = "dates and times of `chrono` and `time` have one"
)]
pub trait Dated {
    /// Whether it is a point in time, which has a date in each time zone.
    #[doc(hidden)]
    const HAS_ZONE: bool;
}

/// A type with a date and a time in it.
#[diagnostic::on_unimplemented(
    message = "there is no time of day in a column of type `{Self}`",
    label = "no time of day",
    note = "times of `chrono` and `time` have one"
)]
pub trait Timed: Dated {}

macro_rules! dated {
    ($($(#[$on:meta])? $type:ty: $has_zone:literal $($timed:ident)?;)*) => {
        $(
            $(#[$on])?
            #[diagnostic::do_not_recommend]
            impl Dated for $type {
                const HAS_ZONE: bool = $has_zone;
            }
            dated!(@timed $(#[$on])? $type; $($timed)?);
        )*
    };
    (@timed $(#[$on:meta])? $type:ty; timed) => {
        $(#[$on])?
        #[diagnostic::do_not_recommend]
        impl Timed for $type {}
    };
    (@timed $(#[$on:meta])? $type:ty;) => {};
}

dated! {
    #[cfg(feature = "chrono")] chrono::NaiveDate: false;
    #[cfg(feature = "chrono")] chrono::NaiveDateTime: false timed;
    #[cfg(feature = "chrono")] chrono::DateTime<chrono::Utc>: true timed;
    #[cfg(feature = "time")] time::Date: false;
    #[cfg(feature = "time")] time::PrimitiveDateTime: false timed;
    #[cfg(feature = "time")] time::OffsetDateTime: true timed;
}

/// A type that holds JSON.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` does not hold JSON",
    label = "no JSON",
    note = "`serde_json::Value` and `sqlx::types::Json` do"
)]
pub trait Document {}

#[cfg(feature = "json")]
#[diagnostic::do_not_recommend]
impl<T> Document for sqlx::types::Json<T> {}

#[cfg(feature = "json")]
#[diagnostic::do_not_recommend]
impl Document for sqlx::types::JsonValue {}
