//! Finds the records that the database refused.

use std::ops::Range;

use super::write::BatchWriter;
use crate::backend::{Backend, Connection};
use crate::error::{Error, ErrorKind, Result};

/// Looks for the records that are at fault. Nothing that it writes stays.
pub(super) struct FaultFinder<'j, DB: Backend> {
    pub(super) writer: BatchWriter<'j, DB>,
}

impl<DB: Backend> FaultFinder<'_, DB> {
    /// The error, with the records that are at fault, as far as they can be found. Nothing has been
    /// written, and nothing is by looking for them.
    pub(super) async fn name<C>(
        &self,
        connection: &mut C,
        range: Range<usize>,
        error: Error,
    ) -> Error
    where
        C: Connection<Backend = DB>,
    {
        // The statement itself refuses records of one key by a sub-query.
        let rejects = self.writer.batch.on_duplicate.rejects();
        let rejected = rejects && error.is_of_several_rows();
        if !error.rows().is_empty() || !(error.is_data() || rejected) {
            return error;
        }
        let found = if rejected || error.kind() == ErrorKind::DuplicateKeyInBatch {
            self.find_duplicates(connection, range).await
        } else {
            self.find_culprit(connection, range).await
        };
        match found {
            Ok(Some(found)) => found,
            // The first error is what went wrong; that its record was not found is not.
            Ok(None) | Err(_) => error,
        }
    }

    /// The error of the first record that the database refuses, given those before it. Writes halves of
    /// the batch until one record is left, and rolls all of it back.
    async fn find_culprit<C>(
        &self,
        connection: &mut C,
        mut range: Range<usize>,
    ) -> Result<Option<Error>>
    where
        C: Connection<Backend = DB>,
    {
        let begun = connection.begin().await;
        let mut within = begun.map_err(|error| self.writer.failed(error))?;
        while range.len() > 1 {
            let middle = range.start + range.len() / 2;
            let half = range.start..middle;
            match self.try_out(&mut within, half.clone(), true).await {
                Ok(()) => range.start = middle,
                Err(error) if error.is_data() => range = half,
                Err(error) => return Err(error),
            }
        }
        match self.try_out(&mut within, range.clone(), true).await {
            Ok(()) => Ok(None),
            Err(error) if error.is_data() => Ok(Some(error.of_rows(vec![range.start]))),
            Err(error) => Err(error),
        }
    }

    /// Two records of which the database says that they are one row, although their keys do not: writes
    /// fewer and fewer of the batch, and rolls each of it back.
    pub(super) async fn find_pair<C>(
        &self,
        connection: &mut C,
        range: Range<usize>,
    ) -> Result<Option<(usize, usize)>>
    where
        C: Connection<Backend = DB>,
    {
        let begun = connection.begin().await;
        let mut within = begun.map_err(|error| self.writer.failed(error))?;
        if !self.are_one_row(&mut within, range.clone()).await? {
            return Ok(None);
        }
        // The last of the fewest from the first on, and then the first of the fewest up to that.
        let (mut fewest, mut most) = (range.start + 1, range.end);
        while fewest < most {
            let middle = fewest + (most - fewest) / 2;
            if self.are_one_row(&mut within, range.start..middle).await? {
                most = middle;
            } else {
                fewest = middle + 1;
            }
        }
        let end = most;
        let (mut first, mut last) = (range.start, end - 1);
        while first < last {
            let middle = last - (last - first) / 2;
            if self.are_one_row(&mut within, middle..end).await? {
                first = middle;
            } else {
                last = middle - 1;
            }
        }
        Ok((first + 1 < end).then_some((first, end - 1)))
    }

    /// Whether the database says so of some of these records. None of them is written.
    async fn are_one_row<C>(&self, within: &mut C, range: Range<usize>) -> Result<bool>
    where
        C: Connection<Backend = DB>,
    {
        match self.try_out(within, range, false).await {
            Ok(()) => Ok(false),
            Err(error) if error.kind() == ErrorKind::DuplicateKeyInBatch => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Writes these records. `stays` keeps them written if the database takes them.
    async fn try_out<C>(&self, within: &mut C, range: Range<usize>, stays: bool) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let writer = &self.writer;
        let begun = within.begin().await;
        let mut inner = begun.map_err(|error| writer.failed(error))?;
        let (strategy, payload) = writer.plan(range.clone(), inner.dialect())?;
        writer
            .write(&mut inner, range, strategy.write, payload, true, |_| Ok(()))
            .await?;
        if stays {
            let committed = inner.commit().await;
            committed.map_err(|error| writer.failed(error))?;
        }
        Ok(())
    }
}
