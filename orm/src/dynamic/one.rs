//! One row is written by one statement.

use std::future::Future;

use futures_core::future::BoxFuture;

use super::reading::{self, Reading};
use super::record::Record;
use super::row::Row;
use super::wire::Wire;
use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::driver::HoldsValues;
use crate::error::{Error, Result};
use crate::exec::{self, Executor, Ready};
use crate::stmt::Insert;
use crate::value::{Binder, Read, Value};

use super::lower::Bound;

/// A statement about one row that has been checked, with its values.
pub(super) struct Checked {
    pub(super) record: Record<Vec<Value>>,
    pub(super) wires: Vec<Wire>,
    pub(super) statement: Insert,
    /// The values of expressions, behind those of the row.
    pub(super) bound: Bound,
    pub(super) reading: Reading,
    pub(super) is_upsert: bool,
}

impl Checked {
    /// Runs it; how many rows were written.
    pub(super) fn execute<'c, E>(checked: Result<Self>, on: E) -> BoxFuture<'c, Result<u64>>
    where
        E: Executor<'c, Backend: HoldsValues> + 'c,
    {
        let ready = checked.and_then(|checked| {
            let ready = checked.ready::<E::Backend>(on.live())?;
            Ok((ready, checked))
        });
        match ready {
            Ok((ready, checked)) => {
                let dialect = <E::Backend as Backend>::dialect(on.live());
                explained(exec::execute(on, Ok(ready)), checked.record, dialect)
            }
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    /// Runs it; the row, where one comes back.
    pub(super) fn fetch_optional<'c, E>(
        checked: Result<Self>,
        on: E,
    ) -> BoxFuture<'c, Result<Option<Row>>>
    where
        E: Executor<'c, Backend: HoldsValues> + 'c,
        Value: Read<E::Backend>,
    {
        let ready = checked.and_then(|mut checked| {
            checked.statement.returning = checked.reading.returned();
            let ready = checked.ready::<E::Backend>(on.live())?;
            Ok((ready, checked))
        });
        match ready {
            Ok((ready, checked)) => {
                let dialect = <E::Backend as Backend>::dialect(on.live());
                let sent = exec::fetch_optional(on, Ok(ready), reading::values::<E::Backend>);
                let (reading, record) = (checked.reading, checked.record);
                let row = async move { Ok(sent.await?.map(|values| reading.row(values))) };
                explained(row, record, dialect)
            }
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    /// Binds the values of the row, and those of expressions where they are asked for.
    pub(super) fn values<DB: HoldsValues>(&self, live: DB::Live, with_bound: bool) -> Binder<DB> {
        let mut values = Binder::new(live);
        self.record.bind(&self.wires, &mut values);
        if with_bound {
            self.bound.bind(&mut values);
        }
        values
    }

    fn ready<DB: HoldsValues>(&self, live: DB::Live) -> Result<Ready<DB>> {
        let table = &self.record.table.def;
        let text = exec::insert(&self.statement, DB::dialect(live));
        let values = self.values(live, true);
        let column = |at: usize| self.record.columns.get(at).copied();
        let ready = Ready::new(table, text.map(Into::into), values, column)?;
        Ok(if self.is_upsert {
            ready.of_upsert(table)
        } else {
            ready
        })
    }
}

/// The same, whose error says so where the sequence of a column that the row leaves out is behind.
pub(super) fn explained<'c, T: 'c>(
    sent: impl Future<Output = Result<T>> + Send + 'c,
    record: Record<Vec<Value>>,
    dialect: &'static dyn Dialect,
) -> BoxFuture<'c, Result<T>> {
    let (table, columns) = (record.table, record.columns);
    Box::pin(async move {
        let explain = |error: Error| exec::explain(error, &table.def, &columns, dialect);
        sent.await.map_err(explain)
    })
}
