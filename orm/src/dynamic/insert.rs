//! The insert of rows of values.

use std::fmt;
use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::many::{Many, carried};
use super::one::Checked;
use super::record::Record;
use super::row::Row;
use crate::backend::Backend;
use crate::driver::HoldsValues;
use crate::error::Result;
use crate::exec::{Executor, no_row};
use crate::value::{Read, Value};

/// An insert of one row, or of many. The first mistake is kept and told when it is run, before anything is
/// sent.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::dynamic::{Table, Value, column};
///
/// let cities = Table::new("cities")
///     .column(column("id", "BIGINT").auto())
///     .column(column("name", "TEXT"))
///     .primary_key(["id"])
///     .build()?;
/// let db = orm::connect("sqlite::memory:").await?;
/// cities.create(&db).await?;
///
/// let rome = cities.insert([("name", Value::from("Rome"))]).fetch_one(&db).await?;
/// assert_eq!(rome.get::<i64>("id")?, 1);
///
/// let rows = [vec![Value::from("Oslo")], vec![Value::from("Bern")]];
/// let ids = cities.insert_many(["name"], &rows).returning(["id"]).fetch_all(&db).await?;
/// assert_eq!(ids[1].get::<i64>("id")?, 3);
/// # Ok(())
/// # }
/// ```
#[must_use = "an insert does nothing until it is executed: end it with `execute`, `fetch_one` or, of many rows, `fetch_all`"]
pub struct Insert<V = Vec<Value>> {
    record: Record<V>,
}

/// An insert of many rows.
pub type InsertMany<'r> = Insert<Many<'r>>;

impl<V> Insert<V> {
    pub(super) fn new(record: Record<V>) -> Self {
        Self { record }
    }

    /// Gives these columns of each row back, instead of all.
    pub fn returning<N: AsRef<str>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        self.record.returning(columns);
        self
    }
}

impl Insert {
    /// Runs the insert; how many rows were written: 1.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Statement`](crate::ErrorKind::Statement) for a mistake in it, and what the database
    /// refuses.
    pub fn execute<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<u64>> {
        Checked::execute(self.checked::<E::Backend>(on.live()), on)
    }

    /// Runs the insert; the row as it is now, with what the database put in.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn fetch_one<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Row>>
    where
        Value: Read<E::Backend>,
    {
        let table = Arc::clone(&self.record.table);
        let row = Checked::fetch_optional(self.checked::<E::Backend>(on.live()), on);
        Box::pin(async move { row.await?.ok_or_else(|| no_row(&table.def.name)) })
    }

    fn checked<DB: Backend>(mut self, live: DB::Live) -> Result<Checked> {
        let dialect = DB::dialect(live);
        let wires = self.record.wires(dialect);
        self.record.mistake.check()?;
        Ok(Checked {
            statement: self.record.insert(&wires, None),
            reading: self.record.reading(dialect),
            record: self.record,
            wires,
            bound: super::lower::Bound::default(),
            is_upsert: false,
        })
    }
}

impl<'r> Insert<Many<'r>> {
    /// Inserts the rows, all of them or none; how many were written.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Statement`](crate::ErrorKind::Statement) for a mistake in it, and what the database
    /// refuses.
    pub fn execute<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<u64>>
    where
        'r: 'c,
    {
        Box::pin(async move {
            let batch = self.record.batch::<E::Backend>(None, on.live())?;
            batch.execute(on).await
        })
    }

    /// Inserts the rows, all of them or none; as they are now, in their order.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn fetch_all<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<Row>>>
    where
        'r: 'c,
        Value: Read<E::Backend>,
    {
        Box::pin(async move {
            let batch = self.record.batch::<E::Backend>(None, on.live())?;
            batch.fetch_all(on).await
        })
    }
}

carried!(Insert);

impl<V> fmt::Debug for Insert<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the rows: an insert may end up in a log.
        f.debug_struct("Insert")
            .field("table", &self.record.table.def.name)
            .field("columns", &self.record.columns)
            .finish_non_exhaustive()
    }
}
