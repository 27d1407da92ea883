//! Where a page begins, as a text that can go to a client and come back.

use std::fmt::{self, Write as _};
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Arc;

use super::Ordered;
use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Bound, IntoValues, Operand, SameScope, Value, Values, digest};
use crate::render;
use crate::schema::TableDef;
use crate::stmt::Expr;
use crate::table::column::{Column, ColumnMeta, Never, NullOfColumn};
use crate::value::{Read, Reader, Supply};

/// Where a page of rows of `T` begins: behind the row that it stands for.
///
/// It is text ([`Display`](fmt::Display) and [`FromStr`]), which holds the values of that row that the query
/// is ordered by, and what tells the order from others: the name of the table, the names of the columns, the
/// expressions as they are written in SQL with the values in them, and the directions. A cursor of another
/// table or of another order is refused when it is used. One of the same order stays good when the program is
/// built anew, also with another version of this library, as long as that writes the expressions alike;
/// columns it always does.
pub struct Cursor<T> {
    parts: Vec<String>,
    table: PhantomData<fn() -> T>,
}

/// An order that pages can be cut from: columns that are never `NULL`, or what is computed from columns and is
/// never so, with their directions, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "rows of `{T}` cannot be read page by page in the order of `{Self}`",
    label = "not an order of `{T}` that is never `NULL`",
    note = "order by a column that is no `Option` or by `column.coalesce(value)`, with `.asc()` or `.desc()`, or by a tuple of them"
)]
pub trait CursorOrder<T, DB: Backend>: CursorTerms<T, DB> {}

impl<T, DB: Backend, O: CursorTerms<T, DB>> CursorOrder<T, DB> for O {}

/// The terms of an order, one by one.
#[doc(hidden)]
pub trait CursorTerms<T, DB: Backend> {
    /// Adds its terms.
    fn terms(self, to: &mut Vec<Term<DB>>);
}

/// It is never `NULL`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "what pages are ordered by is never `NULL`, and this may be",
    label = "may be `NULL`",
    note = "order by a column that is no `Option`, or say what stands for `NULL`: `column.coalesce(value)`"
)]
pub trait IsNever<N> {}

#[diagnostic::do_not_recommend]
impl IsNever<Never> for () {}

// With one impl alone the compiler would complain in its own words.
#[diagnostic::do_not_recommend]
impl IsNever<()> for () {}

/// The columns of a primary key, as the last terms of an order.
#[doc(hidden)]
pub trait CursorKey<DB: Backend> {
    /// Adds them.
    fn terms(descending: bool, to: &mut Vec<Term<DB>>);
}

impl<DB: Backend> CursorKey<DB> for () {
    fn terms(_: bool, _: &mut Vec<Term<DB>>) {}
}

/// One term of an order, with the way of its values to text and back.
#[doc(hidden)]
pub struct Term<DB: Backend> {
    expr: Expr,
    /// The values in it.
    values: Values<DB>,
    pub(super) descending: bool,
    write: fn(&mut Reader<'_, DB>) -> Result<String>,
    read: fn(&str) -> Option<Arc<dyn Bound<DB>>>,
}

impl<DB: Backend> Term<DB> {
    /// The expression; its values go behind those that are there.
    pub(super) fn expr_beside(&self, values: &mut Values<DB>) -> Expr {
        let expr = self.expr.clone().shifted(values.len());
        values.extend(self.values.iter().cloned());
        expr
    }
}

/// A type whose values a cursor can hold.
#[diagnostic::on_unimplemented(
    message = "a cursor cannot hold a value of type `{Self}`",
    label = "not in a cursor",
    note = "integers, text, dates, times, decimals and UUIDs can stand in one"
)]
pub trait CursorValue: Sized + Send + Sync + 'static {
    /// As text.
    #[doc(hidden)]
    fn to_part(&self) -> String;

    /// From text.
    #[doc(hidden)]
    fn from_part(text: &str) -> Option<Self>;
}

macro_rules! cursor_values {
    ($($(#[$on:meta])? $type:ty),* $(,)?) => {
        $(
            $(#[$on])?
            #[diagnostic::do_not_recommend]
            impl CursorValue for $type {
                fn to_part(&self) -> String {
                    self.to_string()
                }

                fn from_part(text: &str) -> Option<Self> {
                    text.parse().ok()
                }
            }
        )*
    };
}

cursor_values! {
    i16, i32, i64, bool, String,
    #[cfg(feature = "uuid")] uuid::Uuid,
    #[cfg(feature = "rust_decimal")] rust_decimal::Decimal,
    #[cfg(feature = "bigdecimal")] bigdecimal::BigDecimal,
    #[cfg(feature = "chrono")] chrono::NaiveDate,
    #[cfg(feature = "chrono")] chrono::NaiveTime,
}

#[cfg(feature = "chrono")]
#[diagnostic::do_not_recommend]
impl CursorValue for chrono::NaiveDateTime {
    fn to_part(&self) -> String {
        // The form with a `T`, which is the one that is read again.
        format!("{self:?}")
    }

    fn from_part(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

#[cfg(feature = "chrono")]
#[diagnostic::do_not_recommend]
impl CursorValue for chrono::DateTime<chrono::Utc> {
    fn to_part(&self) -> String {
        self.naive_utc().to_part()
    }

    fn from_part(text: &str) -> Option<Self> {
        chrono::NaiveDateTime::from_part(text).map(|time| time.and_utc())
    }
}

fn term<V, DB: Backend>(expr: Expr, values: Values<DB>, descending: bool) -> Term<DB>
where
    V: CursorValue + Read<DB> + Supply<DB>,
{
    Term {
        expr,
        values,
        descending,
        write: |row| Ok(row.take::<V>()?.to_part()),
        read: |text| Some(Arc::new(Value(V::from_part(text)?))),
    }
}

impl<T, C, DB: Backend> CursorTerms<T, DB> for Column<C>
where
    C: ColumnMeta<Bare: CursorValue + Read<DB> + Supply<DB>>,
    (): SameScope<T, C::Table> + IsNever<NullOfColumn<C>>,
{
    fn terms(self, to: &mut Vec<Term<DB>>) {
        let (expr, ()) = self.parts();
        to.push(term::<C::Bare, DB>(expr, Vec::new(), false));
    }
}

impl<T, Other, B, N, X, DB: Backend> CursorTerms<T, DB> for Ordered<Other, B, N, X>
where
    B: CursorValue + Read<DB> + Supply<DB>,
    X: IntoValues<DB>,
    (): SameScope<T, Other> + IsNever<N>,
{
    fn terms(self, to: &mut Vec<Term<DB>>) {
        let (expr, own, descending) = self.into_term();
        let mut values = Vec::new();
        own.into_values(&mut values);
        to.push(term::<B, DB>(expr, values, descending));
    }
}

macro_rules! orders {
    ($($term:ident)+) => {
        impl<T, DB: Backend, $($term: CursorTerms<T, DB>),+> CursorTerms<T, DB> for ($($term,)+) {
            #[expect(non_snake_case, reason = "types and values of a tuple share their names here")]
            fn terms(self, to: &mut Vec<Term<DB>>) {
                let ($($term,)+) = self;
                $($term.terms(to);)+
            }
        }
    };
}

for_tuples!(orders);

impl<T> Cursor<T> {
    /// Reads the terms of the row at the reader.
    pub(super) fn read<DB: Backend>(
        order: &OrderOf<'_, DB>,
        row: &mut Reader<'_, DB>,
    ) -> Result<Self> {
        let terms = order.terms;
        let mut parts = vec![order.fingerprint()];
        for term in terms {
            parts.push((term.write)(row)?);
        }
        Ok(Self {
            parts,
            table: PhantomData,
        })
    }

    /// The values of the terms.
    pub(super) fn values<DB: Backend>(&self, order: &OrderOf<'_, DB>) -> Result<Values<DB>> {
        let terms = order.terms;
        let of_this_order = self
            .parts
            .split_first()
            .filter(|(print, rest)| **print == order.fingerprint() && rest.len() == terms.len());
        let (_, parts) = of_this_order.ok_or_else(strange)?;
        let values = terms.iter().zip(parts);
        values
            .map(|(term, part)| (term.read)(part).ok_or_else(strange))
            .collect()
    }
}

/// The order of the rows of a table.
pub(super) struct OrderOf<'o, DB: Backend> {
    pub(super) table: &'o TableDef,
    pub(super) terms: &'o [Term<DB>],
    pub(super) dialect: &'o dyn Dialect,
}

impl<DB: Backend> OrderOf<'_, DB> {
    /// What tells it from others. Cursors are kept by clients, so that it has to stay the same from version to
    /// version.
    fn fingerprint(&self) -> String {
        let terms = self.terms.iter().map(|term| (&term.expr, term.descending));
        let mut order = render::order(self.table, terms, self.dialect);
        for term in self.terms {
            digest(&term.values, &mut order);
        }
        format!("{:08x}", crate::schema::hash(&order) & 0xffff_ffff)
    }
}

fn strange() -> Error {
    Error::new(
        ErrorKind::Data,
        "this is not a cursor of this query; use those of pages of the same order",
    )
}

/// The parts in hexadecimal digits, with a dot in between.
impl<T> fmt::Display for Cursor<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, part) in self.parts.iter().enumerate() {
            if place > 0 {
                f.write_char('.')?;
            }
            for byte in part.bytes() {
                write!(f, "{byte:02x}")?;
            }
        }
        Ok(())
    }
}

impl<T> FromStr for Cursor<T> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let part = |digits: &str| {
            let byte = |pair: &[u8]| {
                let pair = std::str::from_utf8(pair).ok()?;
                u8::from_str_radix(pair, 16).ok()
            };
            let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(byte).collect();
            String::from_utf8(bytes?).ok()
        };
        let parts: Option<Vec<String>> = text.split('.').map(part).collect();
        Ok(Self {
            parts: parts.ok_or_else(strange)?,
            table: PhantomData,
        })
    }
}

impl<T> Clone for Cursor<T> {
    fn clone(&self) -> Self {
        Self {
            parts: self.parts.clone(),
            table: PhantomData,
        }
    }
}

impl<T> PartialEq for Cursor<T> {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl<T> fmt::Debug for Cursor<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: it may end up in a log.
        f.debug_struct("Cursor").finish_non_exhaustive()
    }
}

impl<DB: Backend> Clone for Term<DB> {
    fn clone(&self) -> Self {
        Self {
            expr: self.expr.clone(),
            values: self.values.clone(),
            ..*self
        }
    }
}

impl<DB: Backend> fmt::Debug for Term<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Term")
            .field("expr", &self.expr)
            .field("descending", &self.descending)
            .finish_non_exhaustive()
    }
}
