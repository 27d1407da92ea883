//! In which order rows come.

use std::fmt;
use std::marker::PhantomData;

use crate::column::{Column, ColumnMeta};
use crate::stmt::Order;
use crate::table::SameTable;

/// A column with its direction: what `asc` and `desc` give.
pub struct Ordered<T> {
    order: Order,
    table: PhantomData<fn() -> T>,
}

/// Gives columns their directions.
pub trait Sortable: ColumnDirection {
    /// The smallest first.
    fn asc(self) -> Ordered<Self::Table> {
        self.direction(false)
    }

    /// The largest first.
    fn desc(self) -> Ordered<Self::Table> {
        self.direction(true)
    }
}

impl<C: ColumnDirection> Sortable for C {}

/// A column with its direction.
#[doc(hidden)]
pub trait ColumnDirection: Sized {
    /// Its table.
    type Table;

    /// In this direction.
    fn direction(self, descending: bool) -> Ordered<Self::Table>;
}

impl<C: ColumnMeta> ColumnDirection for Column<C> {
    type Table = C::Table;

    fn direction(self, descending: bool) -> Ordered<C::Table> {
        Ordered {
            order: Order {
                column: Self::AT,
                descending,
            },
            table: PhantomData,
        }
    }
}

/// An order of the rows of `T`: a column, a column with its direction, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an order of the rows of `{T}`",
    label = "not a column of `{T}`",
    note = "order by a column, by `column.asc()` or `column.desc()`, or by a tuple of them"
)]
pub trait OrderBy<T> {
    /// Adds its terms.
    #[doc(hidden)]
    fn add_to(self, terms: &mut Vec<Order>);
}

impl<T, C: ColumnMeta> OrderBy<T> for Column<C>
where
    (): SameTable<T, C::Table>,
{
    fn add_to(self, terms: &mut Vec<Order>) {
        terms.push(self.direction(false).order);
    }
}

impl<T, Other> OrderBy<T> for Ordered<Other>
where
    (): SameTable<T, Other>,
{
    fn add_to(self, terms: &mut Vec<Order>) {
        terms.push(self.order);
    }
}

macro_rules! orders {
    ($($term:ident)+) => {
        impl<T, $($term: OrderBy<T>),+> OrderBy<T> for ($($term,)+) {
            #[expect(non_snake_case, reason = "types and values of a tuple share their names here")]
            fn add_to(self, terms: &mut Vec<Order>) {
                let ($($term,)+) = self;
                $($term.add_to(terms);)+
            }
        }
    };
}

orders!(A);
orders!(A B);
orders!(A B C);
orders!(A B C D);
orders!(A B C D E);
orders!(A B C D E F);

impl<T> fmt::Debug for Ordered<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.order.fmt(f)
    }
}
