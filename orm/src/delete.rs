//! `DELETE`: rows taken away.

use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use crate::backend::Backend;
use crate::change::{Changing, Draft, NoRows, SaysWhichRows, SomeRows};
use crate::driver::Db;
use crate::error::Result;
use crate::exec::Executor;
use crate::expr::{Filter, Projection, SameRows};
use crate::render;
use crate::select::SameBackend;
use crate::stmt::Verb;
use crate::table::{Load, Table, table_ref};

/// Gives every table its `delete`.
pub trait DeleteTable: Table {
    /// Begins a delete of this table's rows. It needs to know which: by a filter, or by `all_rows`.
    fn delete<DB: Backend>() -> Delete<Self, DB, NoRows> {
        Delete {
            draft: Draft::of(table_ref::<Self>(), Verb::Delete),
            what: PhantomData,
        }
    }
}

impl<T: Table> DeleteTable for T {}

/// A delete of rows of one table.
///
/// Without a filter, or else the word that it is about all rows, it does not compile. A row whose key a feed
/// may send again, late, should rather be marked as deleted by a guarded upsert: what is gone has no version
/// that could stop an older one.
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
/// City { name: "Roma Vecchia".to_owned(), inhabitants: 0 }.insert().execute(&db).await?;
///
/// let gone = City::delete().filter(City::INHABITANTS.eq(0)).returning_all().fetch_all(&db).await?;
/// assert_eq!(gone[0].name, "Roma Vecchia");
/// # Ok(())
/// # }
/// ```
#[must_use = "a delete does nothing until it is executed: end it with `execute`, or with `returning` and one of `fetch_all`, `fetch_optional` and `fetch_one`"]
pub struct Delete<T, DB: Backend = Db, W = SomeRows> {
    draft: Draft<DB>,
    what: PhantomData<fn() -> (T, W)>,
}

impl<T: Table, DB: Backend, W> Delete<T, DB, W> {
    /// Only rows for which this holds. Several filters all have to hold.
    pub fn filter<S>(mut self, filter: Filter<S, DB>) -> Delete<T, DB>
    where
        (): SameRows<T, S>,
    {
        self.draft.filter(filter);
        Delete {
            draft: self.draft,
            what: PhantomData,
        }
    }

    /// All rows of the table.
    pub fn all_rows(self) -> Delete<T, DB> {
        Delete {
            draft: self.draft,
            what: PhantomData,
        }
    }

    /// Gives this of each deleted row back: a column, what is computed from columns, or a tuple of them.
    pub fn returning<P: Projection<T, DB>>(self, columns: P) -> Changing<P::Row, DB>
    where
        W: SaysWhichRows,
    {
        self.draft.returning(columns)
    }

    /// Gives each deleted row back.
    pub fn returning_all(self) -> Changing<T, DB>
    where
        T: Load<DB>,
        W: SaysWhichRows,
    {
        self.draft.returning_all()
    }

    /// Runs the delete; how many rows there were.
    ///
    /// # Errors
    ///
    /// What the database refuses; a row that others point to is
    /// [`ErrorKind::ForeignKeyViolation`](crate::ErrorKind::ForeignKeyViolation).
    pub fn execute<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<u64>>
    where
        W: SaysWhichRows,
    {
        self.draft.execute(on)
    }

    /// The text that `execute` sends to a database, without a connection to it.
    pub fn to_sql<B>(&self) -> String
    where
        B: SameBackend<DB>,
        W: SaysWhichRows,
    {
        self.draft.to_sql(B::live(), render::change)
    }
}

impl<T, DB: Backend, W> Clone for Delete<T, DB, W> {
    fn clone(&self) -> Self {
        Self {
            draft: self.draft.clone(),
            what: PhantomData,
        }
    }
}

impl<T, DB: Backend, W> fmt::Debug for Delete<T, DB, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}
