//! `UPDATE`: new values for stored rows.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use futures_core::future::BoxFuture;

use crate::backend::Backend;
use crate::change::{Changing, Draft, NoRows, SaysWhichRows, SomeRows};
use crate::driver::Db;
use crate::error::Result;
use crate::exec::Executor;
use crate::expr::{Filter, Gives, Old, OldNew, Projection, SameRows, Value};
use crate::render;
use crate::select::SameBackend;
use crate::stmt::{Expr, Verb};
use crate::table::column::{Column, ColumnMeta, role};
use crate::table::record::Record;
use crate::table::{Fields, Load, SameTable, Table, table_ref};
use crate::upsert::{ConflictTarget, IntoValue, On, Undecided, Updatable};
use crate::value::Supply;

mod many;

pub use many::UpdateMany;

/// Gives every table its `update`.
pub trait UpdateTable: Table {
    /// Begins an update of this table's rows. It needs to know which: by a filter, or by `all_rows`.
    fn update<DB: Backend>() -> Update<Self, DB, NoRows> {
        Update {
            draft: Draft::of(table_ref::<Self>(), Verb::Update(Vec::new())),
            what: PhantomData,
        }
    }

    /// Begins an update of the rows that have the keys of these records: these columns of theirs get the values
    /// of the records. A record without a row is passed over.
    ///
    /// # Compile errors
    ///
    /// As those of an upsert on this key that updates these columns: when the key is not unique, or a column is
    /// not supplied by the records or must not be updated.
    fn update_many<R, T, K, C, U>(records: &[R], _key: T, _columns: C) -> UpdateMany<'_, R, K, U>
    where
        R: Record<Table = Self> + Sync,
        T: ConflictTarget<R, K>,
        C: Updatable<R, On<K>, Undecided, U>,
        K: 'static,
        U: 'static,
    {
        UpdateMany::of(records)
    }
}

impl<T: Table> UpdateTable for T {}

/// An update of rows of one table.
///
/// Without a filter, or else the word that it is about all rows, it does not compile. Its type stays the same
/// while columns are set and filters added, so that both can be done in an `if` or a loop.
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
/// City { name: "Rome".to_owned(), inhabitants: 2_800_000 }.insert().execute(&db).await?;
///
/// let updated = City::update()
///     .set_with(City::INHABITANTS, |old| old.inhabitants + 1)
///     .filter(City::NAME.eq("Rome"))
///     .returning(City::INHABITANTS)
///     .fetch_all(&db)
///     .await?;
/// assert_eq!(updated, [2_800_001]);
/// # Ok(())
/// # }
/// ```
#[must_use = "an update does nothing until it is executed: end it with `execute`, or with `returning` and one of `fetch_all`, `fetch_optional` and `fetch_one`"]
pub struct Update<T, DB: Backend = Db, W = SomeRows> {
    draft: Draft<DB>,
    what: PhantomData<fn() -> (T, W)>,
}

impl<T: Table, DB: Backend, W> Update<T, DB, W> {
    /// Sets a column to a value.
    ///
    /// # Compile errors
    ///
    /// When the value is not of the column's type; when the column is another table's or generated.
    pub fn set<C, V, As>(mut self, _column: Column<C>, value: V) -> Self
    where
        C: ColumnMeta<Value: Supply<DB> + Send + Sync>,
        (): SameTable<T, C::Table> + CanBeSet<C>,
        V: IntoValue<C::Value, As>,
    {
        self.draft.set(Column::<C>::AT, |values| {
            values.push(Arc::new(Value(value.into_value())));
            Expr::Bind(values.len() - 1)
        });
        self
    }

    /// Sets a column to what is computed from the stored row, the columns of which the closure gets.
    ///
    /// # Compile errors
    ///
    /// As [`set`](Self::set).
    pub fn set_with<C, V, As, F>(mut self, _column: Column<C>, value: F) -> Self
    where
        C: ColumnMeta,
        (): SameTable<T, C::Table> + CanBeSet<C>,
        F: FnOnce(T::Row<Old>) -> V,
        F: Gives<V, OldNew<T>, C::Bare, As, DB>,
    {
        let value = value(Fields::FIELDS);
        self.draft
            .set(Column::<C>::AT, |values| F::given(value, values));
        self
    }

    /// Only rows for which this holds. Several filters all have to hold.
    pub fn filter<S>(mut self, filter: Filter<S, DB>) -> Update<T, DB>
    where
        (): SameRows<T, S>,
    {
        self.draft.filter(filter);
        Update {
            draft: self.draft,
            what: PhantomData,
        }
    }

    /// All rows of the table.
    pub fn all_rows(self) -> Update<T, DB> {
        Update {
            draft: self.draft,
            what: PhantomData,
        }
    }

    /// Gives this of each updated row back, as it is now: a column, what is computed from columns, or a tuple
    /// of them.
    pub fn returning<P: Projection<T, DB>>(self, columns: P) -> Changing<P::Row, DB>
    where
        W: SaysWhichRows,
    {
        self.draft.returning(columns)
    }

    /// Gives each updated row back, as it is now.
    pub fn returning_all(self) -> Changing<T, DB>
    where
        T: Load<DB>,
        W: SaysWhichRows,
    {
        self.draft.returning_all()
    }

    /// Runs the update; how many rows there were.
    ///
    /// # Errors
    ///
    /// What the database refuses, and [`ErrorKind::Statement`](crate::ErrorKind::Statement) when no column
    /// was set, or one twice.
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

/// The role of the column lets an update set it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the column `{C}` is computed by the database, so it cannot be set",
    label = "cannot be set",
    note = "take it out of the update"
)]
pub trait CanBeSet<C> {}

#[diagnostic::do_not_recommend]
impl<C: ColumnMeta<Role: IsWritten>> CanBeSet<C> for () {}

/// A role in which a column has a value of its own.
#[doc(hidden)]
pub trait IsWritten {}

impl IsWritten for role::Plain {}
impl IsWritten for role::PrimaryKey {}
impl IsWritten for role::InsertOnly {}

impl<T, DB: Backend, W> Clone for Update<T, DB, W> {
    fn clone(&self) -> Self {
        Self {
            draft: self.draft.clone(),
            what: PhantomData,
        }
    }
}

impl<T, DB: Backend, W> fmt::Debug for Update<T, DB, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}
