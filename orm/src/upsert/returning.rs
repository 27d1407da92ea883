//! `returning`: some columns come back instead of the whole row.

use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use super::Upsert;
use super::amount::One;
use super::flow::{AlwaysARow, Flow};
use super::statement::Complete;
use super::target::Targeted;
use super::terminal::Runs;
use super::text::Returns;
use super::update::OfTable;
use super::version::GuardOf;
use crate::backend::Backend;
use crate::error::Result;
use crate::exec::Executor;
use crate::schema::TableDef;
use crate::table::column::{Column, ColumnMeta};
use crate::table::guard::Guard;
use crate::table::record::Record;
use crate::value::{Read, Reader};

/// An upsert that gives some columns back: what [`returning`](Upsert::returning) gives.
#[must_use = "an upsert does nothing until it is executed: end it with `fetch_one`, `fetch_optional` or `outcome`, or, of many records, with `fetch_all` or `outcomes`"]
pub struct Returning<'r, R, K, A, G, F, X, U, N = One> {
    pub(super) upsert: Upsert<'r, R, K, A, G, F, X, N>,
    columns: PhantomData<fn() -> U>,
}

/// A column or a tuple of columns, and the type of their values.
pub trait Picked: 'static {
    /// Of one column its value, of several a tuple.
    type Row;

    /// Adds the positions of the columns.
    #[doc(hidden)]
    fn positions(to: &mut Vec<usize>);
}

/// Can read these columns.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a statement cannot run on `{Self}`",
    label = "not something to run statements on",
    note = "pass `&db`, `&pool`, `&tx`, `&mut connection` or, for a transaction of sqlx, `&mut *tx`"
)]
pub trait Picks<'c, U: Picked>: Executor<'c> {
    /// Reads them.
    fn load(row: &mut Reader<'_, Self::Backend>) -> Result<U::Row>;
}

impl<'c, E: Executor<'c>, U: LoadPicked<E::Backend>> Picks<'c, U> for E {
    fn load(row: &mut Reader<'_, E::Backend>) -> Result<U::Row> {
        U::load(row)
    }
}

/// Columns whose values can be read from a backend.
#[doc(hidden)]
pub trait LoadPicked<DB: Backend>: Picked {
    /// Reads them.
    fn load(row: &mut Reader<'_, DB>) -> Result<Self::Row>;
}

impl<C: ColumnMeta> Picked for Column<C> {
    type Row = C::Value;

    fn positions(to: &mut Vec<usize>) {
        to.push(Self::AT);
    }
}

impl<DB: Backend, C: ColumnMeta<Value: Read<DB>>> LoadPicked<DB> for Column<C> {
    fn load(row: &mut Reader<'_, DB>) -> Result<C::Value> {
        row.take()
    }
}

macro_rules! tuples {
    ($first:ident $($rest:ident)*) => {
        impl<$first: Picked, $($rest: Picked),*> Picked for ($first, $($rest),*) {
            type Row = ($first::Row, $($rest::Row),*);

            fn positions(to: &mut Vec<usize>) {
                $first::positions(to);
                $($rest::positions(to);)*
            }
        }

        impl<DB: Backend, $first: LoadPicked<DB>, $($rest: LoadPicked<DB>),*> LoadPicked<DB>
            for ($first, $($rest),*)
        {
            fn load(row: &mut Reader<'_, DB>) -> Result<Self::Row> {
                Ok(($first::load(row)?, $($rest::load(row)?),*))
            }
        }
    };
}

for_tuples!(tuples);

/// These columns come back.
pub(super) struct Chosen<U>(PhantomData<U>);

impl<U: Picked> Returns for Chosen<U> {
    fn columns(_: &TableDef) -> Vec<usize> {
        let mut positions = Vec::new();
        U::positions(&mut positions);
        positions
    }
}

impl<'r, R: Record, K, A, G, F, X, N> Upsert<'r, R, K, A, G, F, X, N> {
    /// Gives these columns back instead of the whole row: of one column its value, of several a tuple.
    ///
    /// # Compile errors
    ///
    /// When a column is another table's.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// use orm::prelude::*;
    ///
    /// #[derive(Table)]
    /// #[table(insert = NewCity)]
    /// struct City {
    ///     #[column(primary_key, auto)]
    ///     id: i64,
    ///     #[column(unique)]
    ///     name: String,
    ///     inhabitants: i64,
    /// }
    ///
    /// let db = orm::connect("sqlite::memory:").await?;
    /// orm::create_tables!(&db, City).await?;
    /// let rome = NewCity { name: "Rome".to_owned(), inhabitants: 2_800_000 };
    /// let (id, name) =
    ///     rome.upsert_on(City::NAME).returning((City::ID, City::NAME)).fetch_one(&db).await?;
    /// assert_eq!((id, name.as_str()), (1, "Rome"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn returning<T: OfTable<R::Table, U>, U: Picked>(
        self,
        _columns: T,
    ) -> Returning<'r, R, K, A, G, F, X, U, N> {
        Returning {
            upsert: self,
            columns: PhantomData,
        }
    }
}

impl<R, K, A, G, F, X, U> Returning<'_, R, K, A, G, F, X, U>
where
    R: Record,
    K: 'static,
    A: 'static,
    G: Guard + 'static,
    U: Picked,
{
    /// Runs the upsert; the columns as they are now.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn fetch_one<'c, E: Runs<'c, R, X> + Picks<'c, U> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<U::Row>>
    where
        U::Row: Send + 'c,
        F: AlwaysARow,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.upsert
            .one::<Chosen<U>, _, _>(on, <E as Picks<'c, U>>::load)
    }

    /// Runs the upsert; the columns as they are now, or `None` when the record was skipped.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn fetch_optional<'c, E: Runs<'c, R, X> + Picks<'c, U> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<U::Row>>>
    where
        U::Row: Send + 'c,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.upsert
            .optional::<Chosen<U>, _, _>(on, <E as Picks<'c, U>>::load)
    }

    /// Runs the upsert; what became of the record, with these columns.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn outcome<'c, E: Runs<'c, R, X> + Picks<'c, U> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<F::Outcome<U::Row>>>
    where
        U::Row: Send + 'c,
        F: Flow + 'c,
        F::Outcome<U::Row>: Send,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.upsert
            .told::<Chosen<U>, _, _>(on, <E as Picks<'c, U>>::load)
    }
}

impl<R, K, A, G, F, X, U, N> fmt::Debug for Returning<'_, R, K, A, G, F, X, U, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Returning").finish_non_exhaustive()
    }
}
