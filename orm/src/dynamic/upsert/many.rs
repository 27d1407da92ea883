//! Where an upsert of many rows ends.

use futures_core::future::BoxFuture;

use super::Upsert;
use crate::driver::HoldsValues;
use crate::dynamic::Row;
use crate::dynamic::many::{Checked, Many, carried};
use crate::error::Result;
use crate::exec::Executor;
use crate::upsert::{BatchOutcome, Duplicates, Report};
use crate::value::{Read, Value};

impl<'r> Upsert<Many<'r>> {
    /// Says what becomes of rows that have the same key. Without it they are an error, unless
    /// `keep_newest`, `keep_newer` or `do_nothing` decides.
    pub fn on_duplicates(mut self, duplicates: Duplicates) -> Self {
        self.record.values.duplicates = Some(duplicates);
        self
    }

    /// Writes the rows, all of them or none; how many were written.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Statement`](crate::ErrorKind::Statement) for a mistake in it, and what the database
    /// refuses; [`Error::rows`](crate::Error::rows) has the positions of the rows that are at fault.
    pub fn execute<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<u64>>
    where
        'r: 'c,
    {
        Box::pin(async move { self.checked::<E::Backend>(on.live())?.execute(on).await })
    }

    /// Writes the rows, all of them or none; how many were inserted, updated, skipped and left out.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn report<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Report>>
    where
        'r: 'c,
    {
        Box::pin(async move { self.checked::<E::Backend>(on.live())?.report(on).await })
    }

    /// Writes the rows, all of them or none; those that were written, as they are now, in their order.
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
        Box::pin(async move { self.checked::<E::Backend>(on.live())?.fetch_all(on).await })
    }

    /// Writes the rows, all of them or none; what became of each, in their order.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn outcomes<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<BatchOutcome<Row>>>>
    where
        'r: 'c,
        Value: Read<E::Backend>,
    {
        Box::pin(async move { self.checked::<E::Backend>(on.live())?.outcomes(on).await })
    }

    fn checked<DB: HoldsValues>(self, live: DB::Live) -> Result<Checked<'r, DB>> {
        self.record.batch(Some(&self.conflict), live)
    }
}

carried!(Upsert);
