//! Queries of a table that is known at run time only.

use std::fmt;
use std::sync::Arc;

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;
use futures_util::StreamExt;

use super::expr::{Filter, Order};
use super::lower::Lowering;
use super::mistake::Mistake;
use super::reading::{self, Reading};
use super::row::Row;
use super::table::Described;
use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::driver::HoldsValues;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Executor, Ready};
use crate::render::{self, Sql};
use crate::stmt::{self, Projection};
use crate::value::{Read, Reader, Value};

/// A query of a table's rows. The first mistake is kept and told when it is run, before anything is sent.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::dynamic::{Table, Value, col, column};
///
/// let cities = Table::new("cities")
///     .column(column("name", "TEXT"))
///     .column(column("inhabitants", "BIGINT"))
///     .primary_key(["name"])
///     .build()?;
/// let db = orm::connect("sqlite::memory:").await?;
/// cities.create(&db).await?;
/// let rows = [
///     vec![Value::from("Rome"), Value::from(2_800_000)],
///     vec![Value::from("Oslo"), Value::from(700_000)],
///     vec![Value::from("Bern"), Value::from(130_000)],
/// ];
/// cities.insert_many(["name", "inhabitants"], &rows).execute(&db).await?;
///
/// let largest = cities
///     .select()
///     .columns(["name"])
///     .filter(col("inhabitants").gt(500_000))
///     .order_by(col("inhabitants").desc())
///     .limit(1);
/// assert_eq!(largest.clone().fetch_all(&db).await?[0].get::<String>("name")?, "Rome");
/// assert_eq!(cities.select().filter(col("name").in_(["Oslo", "Bern"])).count(&db).await?, 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a query does nothing until it is executed: end it with `fetch_all`, `fetch_one`, `count` or `exists`"]
pub struct Select {
    table: Arc<Described>,
    columns: Option<Vec<usize>>,
    filter: Vec<Filter>,
    order: Vec<Order>,
    limit: Option<u64>,
    offset: Option<u64>,
    mistake: Mistake,
}

/// Renders a query.
type Render = fn(&stmt::Select, &dyn Dialect) -> Sql;

impl Select {
    pub(super) fn of(table: Arc<Described>) -> Self {
        Self {
            mistake: Mistake::none(&table),
            table,
            columns: None,
            filter: Vec::new(),
            order: Vec::new(),
            limit: None,
            offset: None,
        }
    }

    /// Gives these columns back, instead of all.
    pub fn columns<N: AsRef<str>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        self.columns = Some(self.mistake.positions(columns));
        self
    }

    /// Only rows for which this holds too.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter.push(filter);
        self
    }

    /// In this order, where those before leave rows equal.
    pub fn order_by(mut self, order: impl Into<Order>) -> Self {
        self.order.push(order.into());
        self
    }

    /// So many rows at most.
    pub fn limit(mut self, rows: u64) -> Self {
        self.limit = Some(rows);
        self
    }

    /// Without the first of them.
    pub fn offset(mut self, rows: u64) -> Self {
        self.offset = Some(rows);
        self
    }

    /// Runs the query; all its rows.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Statement`](crate::ErrorKind::Statement) for a mistake in it, and what the database
    /// refuses.
    pub fn fetch_all<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<Row>>>
    where
        Value: Read<E::Backend>,
    {
        let reading = self.reading::<E::Backend>(on.live());
        let ready = self.ready::<E::Backend>(on.live(), Some(&reading), render::select);
        let sent = exec::fetch_all(on, ready, reading::values::<E::Backend>);
        Box::pin(async move {
            let rows = sent.await?.into_iter();
            Ok(rows.map(|values| reading.row(values)).collect())
        })
    }

    /// Runs the query; its rows as they come.
    pub fn fetch<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxStream<'c, Result<Row>>
    where
        Value: Read<E::Backend>,
    {
        let reading = self.reading::<E::Backend>(on.live());
        let ready = self.ready::<E::Backend>(on.live(), Some(&reading), render::select);
        let rows = exec::fetch(on, ready, reading::values::<E::Backend>);
        rows.map(move |row| row.map(|values| reading.row(values)))
            .boxed()
    }

    /// Runs the query; its first row, where there is one.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all).
    pub fn fetch_optional<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        mut self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<Row>>>
    where
        Value: Read<E::Backend>,
    {
        self.limit = Some(self.limit.map_or(1, |limit| limit.min(1)));
        let reading = self.reading::<E::Backend>(on.live());
        let ready = self.ready::<E::Backend>(on.live(), Some(&reading), render::select);
        let sent = exec::fetch_optional(on, ready, reading::values::<E::Backend>);
        Box::pin(async move { Ok(sent.await?.map(|values| reading.row(values))) })
    }

    /// Runs the query; its first row.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is none, and as
    /// [`fetch_all`](Self::fetch_all).
    pub fn fetch_one<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Row>>
    where
        Value: Read<E::Backend>,
    {
        let table = Arc::clone(&self.table);
        let first = self.fetch_optional(on);
        Box::pin(async move {
            let none = || Error::new(ErrorKind::NotFound, "the query has no row");
            first.await?.ok_or_else(|| none().of_table(&table.def.name))
        })
    }

    /// Runs the query; how many rows it has.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all).
    pub fn count<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        mut self,
        on: E,
    ) -> BoxFuture<'c, Result<u64>> {
        self.order.clear();
        let ready = self.ready::<E::Backend>(on.live(), None, render::count);
        exec::fetch_one(on, ready, |row: &mut Reader<'_, E::Backend>| row.count())
    }

    /// Runs the query; whether it has a row.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all).
    pub fn exists<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        mut self,
        on: E,
    ) -> BoxFuture<'c, Result<bool>> {
        self.order.clear();
        let ready = self.ready::<E::Backend>(on.live(), None, render::exists);
        exec::fetch_one(on, ready, |row: &mut Reader<'_, E::Backend>| row.flag())
    }

    fn reading<DB: Backend>(&self, live: DB::Live) -> Reading {
        Reading::of(&self.table, self.columns.as_deref(), DB::dialect(live))
    }

    /// The statement as `render` makes it, with its values.
    fn ready<DB: HoldsValues>(
        &self,
        live: DB::Live,
        reading: Option<&Reading>,
        render: Render,
    ) -> Result<Ready<DB>> {
        self.mistake.check()?;
        let (table, dialect) = (&*self.table, DB::dialect(live));
        let wrong = |message| self.mistake.of(message);
        let mut lowering = Lowering::of(table, None, dialect);
        let projection = reading.map_or(Projection::Nothing, Reading::projection);
        let mut select = stmt::Select::of(&table.def, projection);
        select.filter = lowering.all(&self.filter).map_err(wrong)?;
        for Order {
            by,
            descending,
            nulls_first,
        } in &self.order
        {
            select.order.push(stmt::Order {
                by: lowering.operand(&by.0, None, false).map_err(wrong)?,
                descending: *descending,
                nulls_first: *nulls_first,
            });
        }
        select.limit = self.limit;
        select.offset = self.offset;
        let sql = render(&select, dialect);
        lowering.into_values().ready(&table.def, sql, live)
    }
}

impl fmt::Debug for Select {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without values: a query may end up in a log.
        f.debug_struct("Select")
            .field("table", &self.table.def.name)
            .field("columns", &self.columns)
            .field("limit", &self.limit)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
