//! Queries of one table.

use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use crate::backend::{Backend, Db};
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Executor, Ready};
use crate::filter::Filter;
use crate::render;
use crate::stmt::{self, Projection};
use crate::table::{Load, Table};
use crate::value::{Binder, Reader};

mod order;

pub use order::{OrderBy, Ordered, Sortable};

/// Gives every table its `select`.
pub trait SelectTable: Table {
    /// Begins a query of this table: all rows, until a filter is given.
    fn select<DB: Backend>() -> Select<Self, DB> {
        Select {
            filter: None,
            order: Vec::new(),
            limit: None,
            table: PhantomData,
        }
    }
}

impl<T: Table> SelectTable for T {}

/// A query of one table.
///
/// Its type stays the same while filters are added, so that they can be added in an `if` or a loop.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
///     inhabitants: i64,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, City).await?;
/// for (name, inhabitants) in [("Rome", 2_800_000), ("Bern", 134_000), ("Graz", 300_000)] {
///     City { name: name.to_owned(), inhabitants }.insert().execute(&db).await?;
/// }
///
/// let smallest = Some(200_000);
/// let mut cities = City::select();
/// if let Some(smallest) = smallest {
///     cities = cities.filter(City::INHABITANTS.ge(smallest));
/// }
/// let cities = cities.order_by(City::INHABITANTS.desc()).limit(10).fetch_all(&db).await?;
/// assert_eq!(cities.iter().map(|city| &*city.name).collect::<Vec<_>>(), ["Rome", "Graz"]);
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is executed: end it with `fetch_all`, `fetch_one`, `fetch_optional`, `count` or `exists`"]
pub struct Select<T, DB: Backend = Db> {
    filter: Option<Filter<T, DB>>,
    order: Vec<stmt::Order>,
    limit: Option<u64>,
    table: PhantomData<fn() -> T>,
}

impl<T: Table, DB: Backend> Select<T, DB> {
    /// Only rows for which this holds. Several filters all have to hold.
    pub fn filter(mut self, filter: Filter<T, DB>) -> Self {
        self.filter = Some(match self.filter {
            Some(before) => before.and(filter),
            None => filter,
        });
        self
    }

    /// In this order: a column, `column.asc()`, `column.desc()`, or a tuple of them. A second call
    /// orders what the first leaves equal.
    pub fn order_by<O: OrderBy<T>>(mut self, order: O) -> Self {
        order.add_to(&mut self.order);
        self
    }

    /// So many rows at most.
    pub fn limit(mut self, rows: u64) -> Self {
        self.limit = Some(rows);
        self
    }

    /// Runs the query; all its rows.
    ///
    /// # Errors
    ///
    /// What the database refuses, and [`ErrorKind::Decode`](crate::ErrorKind::Decode) for a value that
    /// is not of its field's type.
    pub fn fetch_all<'c, E>(self, on: E) -> BoxFuture<'c, Result<Vec<T>>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        T: Load<DB>,
    {
        let ready = self.ready(&on, Projection::Row);
        exec::fetch_all(on, ready, T::load)
    }

    /// Runs the query; its first row, where there is one.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all).
    pub fn fetch_optional<'c, E>(mut self, on: E) -> BoxFuture<'c, Result<Option<T>>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        T: Load<DB>,
    {
        self.limit = Some(self.limit.map_or(1, |limit| u64::min(limit, 1)));
        let ready = self.ready(&on, Projection::Row);
        exec::fetch_optional(on, ready, T::load)
    }

    /// Runs the query; how many rows it has.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn count<'c, E>(mut self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        E: Executor<'c, Backend = DB> + 'c,
    {
        // In no order: PostgreSQL refuses one (42803), and it changes no count.
        self.order.clear();
        let ready = self.ready(&on, Projection::Count);
        exec::fetch_one(on, ready, count)
    }

    /// Runs the query; whether it has a row.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn exists<'c, E>(mut self, on: E) -> BoxFuture<'c, Result<bool>>
    where
        E: Executor<'c, Backend = DB> + 'c,
    {
        self.order.clear();
        let ready = self.ready(&on, Projection::Exists);
        exec::fetch_one(on, ready, exists)
    }

    /// Runs the query; its first row.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when it has none, else as
    /// [`fetch_all`](Self::fetch_all).
    pub fn fetch_one<'c, E>(self, on: E) -> BoxFuture<'c, Result<T>>
    where
        E: Executor<'c, Backend = DB> + 'c,
        T: Load<DB>,
    {
        let first = self.fetch_optional(on);
        Box::pin(async move {
            first.await?.ok_or_else(|| {
                Error::new(ErrorKind::NotFound, "the query has no row").of_table(&T::DEF.name)
            })
        })
    }

    /// The text that `fetch_all` sends to a database, without a connection to it.
    pub fn to_sql<B>(&self) -> String
    where
        B: Backend<Live = ()> + SameBackend<DB>,
    {
        render::select(&self.statement(Projection::Row), B::dialect(()))
    }

    fn statement(&self, projection: Projection) -> stmt::Select<'static> {
        stmt::Select {
            table: T::DEF,
            projection,
            filter: self.filter.as_ref().map(|filter| filter.expr.clone()),
            order: self.order.clone(),
            limited: self.limit.is_some(),
            locked: false,
        }
    }

    fn ready<'c, E>(&self, on: &E, projection: Projection) -> Result<Ready<DB>>
    where
        E: Executor<'c, Backend = DB>,
    {
        let live = on.live();
        let mut values = Binder::new(live);
        if let Some(filter) = &self.filter {
            for value in &filter.values {
                value.bind(&mut values);
            }
        }
        if let Some(limit) = self.limit {
            // More rows than an i64 counts there never are.
            values.put_number(i64::try_from(limit).unwrap_or(i64::MAX));
        }
        let text = render::select(&self.statement(projection), DB::dialect(live));
        Ready::new(T::DEF, Ok(text.into()), values, |_| None)
    }
}

fn count<DB: Backend>(row: &mut Reader<'_, DB>) -> Result<u64> {
    row.count()
}

fn exists<DB: Backend>(row: &mut Reader<'_, DB>) -> Result<bool> {
    row.flag()
}

/// The backend itself: lets the compiler find the backend of a query from the one its text is for.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this query is for `{DB}`, so there is no text of it for `{Self}`",
    note = "leave the backend of the query open: `T::select()` without a type"
)]
pub trait SameBackend<DB> {}

impl<DB: Backend> SameBackend<DB> for DB {}

impl<T, DB: Backend> Clone for Select<T, DB> {
    fn clone(&self) -> Self {
        Self {
            filter: self.filter.clone(),
            order: self.order.clone(),
            limit: self.limit,
            table: PhantomData,
        }
    }
}

impl<T: Table, DB: Backend> fmt::Debug for Select<T, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Select")
            .field("table", &T::DEF.name)
            .field("filter", &self.filter)
            .field("order", &self.order)
            .field("limit", &self.limit)
            .finish()
    }
}
