//! Queries.

use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;

use crate::backend::Backend;
use crate::driver::Db;
use crate::error::Result;
use crate::exec::{Executor, Reads};
use crate::expr::{
    AnyTable, Both, BoundValues, Expr, Filter, Group, IntoValues, Mentions, OneOf, Operand,
    Projection, SameRows, Scope, Split, Union, add,
};
use crate::render;
use crate::stmt;
use crate::table::column::Maybe;
use crate::table::{Table, table_ref};

mod cursor;
mod derived;
mod distinct;
mod group;
mod join;
mod lock;
mod order;
mod page;
mod projected;
mod query;
mod subquery;
mod text;
mod whole;

pub use cursor::{Cursor, CursorKey, CursorOrder, CursorTerms, CursorValue, IsNever};
pub use distinct::DistinctOn;
pub use group::{GroupBy, Grouped};
pub use join::Condition;
pub use lock::{IsThere, Locked};
pub use order::{OrderBy, OrderTerms, Ordered, Sortable};
pub use page::{Page, Paginated};
pub use projected::{LoadStruct, Projected, RowStruct};
pub use text::SameBackend;

use query::Query;

/// Gives every table its `select`.
pub trait SelectTable: Table {
    /// Begins a query of this table: all rows, until a filter is given.
    fn select<DB: Backend>() -> Select<Self, DB> {
        Select {
            query: Query::of(table_ref::<Self>()),
            scope: PhantomData,
        }
    }
}

impl<T: Table> SelectTable for T {}

/// A query of a table, or of several that are joined: `Select<(User, Option<Post>)>`.
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
#[must_use = "a query does nothing until it is executed: end it with `fetch_all`, `fetch`, `fetch_one`, `fetch_optional`, `count` or `exists`"]
pub struct Select<S, DB: Backend = Db, O = AnyTable> {
    query: Query<DB>,
    scope: PhantomData<fn() -> (S, O)>,
}

impl<S: Scope, DB: Backend, O> Select<S, DB, O> {
    fn of(query: Query<DB>) -> Self {
        Self {
            query,
            scope: PhantomData,
        }
    }

    /// Only rows for which this holds. Several filters all have to hold.
    pub fn filter<F: Split>(mut self, filter: Filter<F, DB>) -> Select<S, DB, Both<O, F::Outer>>
    where
        (): SameRows<S, F::Own>,
        O: Union<F::Outer>,
    {
        self.query.restrict(|select| &mut select.filter, filter);
        Select::of(self.query)
    }

    /// In this order: a column, `column.asc()`, `column.desc()`, what is computed with its direction, or a
    /// tuple of them. A second call orders what the first leaves equal.
    pub fn order_by<B: OrderBy<S, DB>>(mut self, order: B) -> Self {
        let Query { node, values } = &mut self.query;
        order.add_to(&mut node.order, values);
        self
    }

    /// So many rows at most.
    pub fn limit(mut self, rows: u64) -> Self {
        self.query.node.limit = Some(rows);
        self
    }

    /// Without the first so many rows. To read page by page, [`paginate`](Self::paginate) is faster the
    /// further it goes.
    pub fn offset(mut self, rows: u64) -> Self {
        self.query.node.offset = Some(rows);
        self
    }

    /// Selects this instead of the whole row: a column, what is computed from columns, or a tuple of them.
    ///
    /// # Compile errors
    ///
    /// When something is of another table, or an aggregate of rows that are not grouped.
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
    /// let (name, thousands) = City::select()
    ///     .columns((City::NAME.upper(), City::INHABITANTS.cast::<f64>() * 0.001))
    ///     .fetch_one(&db)
    ///     .await?;
    /// assert_eq!((name.as_str(), thousands), ("ROME", 2_800.0));
    /// # Ok(())
    /// # }
    /// ```
    pub fn columns<P: Projection<S, DB>>(self, columns: P) -> Projected<S, P::Row, DB, O> {
        Projected::new(self.query, columns)
    }

    /// Puts rows together that are alike in this: a column, what is computed from columns, or a tuple of
    /// them. See [`Aggregates`](crate::Aggregates).
    pub fn group_by<G: GroupBy<S, DB>>(self, by: G) -> Grouped<S, G::Keys, DB, O> {
        Grouped::new(self.query, by)
    }

    /// Selects something about all of the rows: an aggregate, or a tuple of them. One row comes back.
    ///
    /// # Compile errors
    ///
    /// When something is not about all of the rows.
    pub fn aggregate<P>(mut self, columns: P) -> Projected<Group<S>, P::Row, DB, O>
    where
        P: Projection<Group<S>, DB>,
    {
        self.query.node.aggregated = true;
        Projected::new(self.query, columns)
    }

    /// Gives the columns of each table to a closure: for conditions about two of them, and for a table that is
    /// joined twice, of which a constant means the first.
    ///
    /// # Examples
    ///
    /// ```
    /// use orm::prelude::*;
    ///
    /// #[derive(Table)]
    /// #[table(name = "people")]
    /// struct Person {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     name: String,
    ///     manager_id: Option<i64>,
    /// }
    ///
    /// let names = Person::select()
    ///     .left_join_named::<Person>(|(person, manager)| manager.id.eq(person.manager_id))
    ///     .named(|query, (person, manager)| {
    ///         query.filter(person.name.ne("ann")).columns((person.name, manager.name))
    ///     });
    /// assert_eq!(
    ///     names.to_sql::<Postgres>(),
    ///     r#"SELECT "people"."name", " people 2"."name" FROM "people" LEFT JOIN "people" AS " people 2" ON " people 2"."id" = "people"."manager_id" WHERE "people"."name" <> $1"#,
    /// );
    /// ```
    pub fn named<Q>(self, then: impl FnOnce(Self, S::Columns) -> Q) -> Q {
        then(self, S::COLUMNS)
    }

    /// In a statement around this one, the only value that it gives; `NULL` where it has no row.
    ///
    /// # Compile errors
    ///
    /// When the column is of another table.
    pub fn scalar<C>(mut self, column: C) -> Expr<O, C::Bare, Maybe, BoundValues<DB>>
    where
        C: Operand<Scope: OneOf<S>, Values: IntoValues<DB>>,
        O: Mentions,
    {
        let (node, own) = column.parts();
        let node = add(node, own, &mut self.query.values);
        self.query.node.projection = stmt::Projection::Exprs(vec![node]);
        if !C::Scope::OF_ALL {
            self.query.first();
        }
        let Query { node, values } = self.query;
        Expr::new(stmt::Expr::Scalar(Box::new(node)), BoundValues(values))
    }

    /// Runs the query; all its rows.
    ///
    /// # Errors
    ///
    /// What the database refuses, and [`ErrorKind::Decode`](crate::ErrorKind::Decode) for a value that
    /// is not of its field's type.
    pub fn fetch_all<'c, E: Reads<'c, S, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<S>>> {
        self.query.all(on, E::load)
    }

    /// Runs the query; its rows as they come, so that they need not all be in memory.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all); the stream ends with the first.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// # use orm::prelude::*;
    /// # #[derive(Table)]
    /// # struct City {
    /// #     #[column(primary_key)]
    /// #     name: String,
    /// # }
    /// # let db = orm::connect("sqlite::memory:").await?;
    /// # orm::create_tables!(&db, City).await?;
    /// # City { name: "Rome".to_owned() }.insert().execute(&db).await?;
    /// use futures_util::TryStreamExt;
    ///
    /// let mut cities = City::select().order_by(City::NAME).fetch(&db);
    /// while let Some(city) = cities.try_next().await? {
    ///     println!("{}", city.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn fetch<'c, E: Reads<'c, S, Backend = DB> + 'c>(self, on: E) -> BoxStream<'c, Result<S>> {
        self.query.stream(on, E::load)
    }

    /// Runs the query; its first row, where there is one.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all).
    pub fn fetch_optional<'c, E: Reads<'c, S, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<S>>> {
        self.query.optional(on, E::load)
    }

    /// Runs the query; its first row.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when it has none, else as
    /// [`fetch_all`](Self::fetch_all).
    pub fn fetch_one<'c, E: Reads<'c, S, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<S>> {
        self.query.one(on, E::load)
    }

    /// Runs the query; how many rows it has.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn count<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<u64>> {
        self.query.count(on)
    }

    /// Runs the query; whether it has a row.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn exists<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<bool>> {
        self.query.exists(on)
    }

    /// Asks the database how it would run the query; its answer, a line each. Nothing is run.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn explain<'c, E: Executor<'c, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<String>>> {
        self.query.explain(on)
    }

    /// The text that `fetch_all` sends to a database, without a connection to it.
    pub fn to_sql<B>(&self) -> String
    where
        B: SameBackend<DB>,
    {
        self.query.to_sql(B::live(), render::select)
    }
}

impl<S, DB: Backend, O> Clone for Select<S, DB, O> {
    fn clone(&self) -> Self {
        Self {
            query: self.query.clone(),
            scope: PhantomData,
        }
    }
}

impl<S, DB: Backend, O> fmt::Debug for Select<S, DB, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}
