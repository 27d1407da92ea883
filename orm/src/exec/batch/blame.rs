//! Finds the record that the database refused.

use std::ops::Range;

use super::Job;
use crate::backend::{Backend, Connection};
use crate::error::{Error, Result};

impl<DB: Backend> Job<'_, DB> {
    /// The error of the first record that the database refuses, given those before it. Writes halves of
    /// the batch until one record is left, and rolls all of it back.
    pub(super) async fn find_culprit<C>(
        &self,
        connection: &mut C,
        mut range: Range<usize>,
    ) -> Result<Option<Error>>
    where
        C: Connection<Backend = DB>,
    {
        let begun = connection.begin().await;
        let mut within = begun.map_err(|error| self.failed(error))?;
        while range.len() > 1 {
            let middle = range.start + range.len() / 2;
            let half = range.start..middle;
            match self.try_out(&mut within, half.clone()).await {
                Ok(()) => range.start = middle,
                Err(error) if error.is_data() => range = half,
                Err(error) => return Err(error),
            }
        }
        match self.try_out(&mut within, range.clone()).await {
            Ok(()) => Ok(None),
            Err(error) if error.is_data() => Ok(Some(error.of_rows(vec![range.start]))),
            Err(error) => Err(error),
        }
    }

    /// Writes these records, which stay written if the database takes them.
    async fn try_out<C>(&self, within: &mut C, range: Range<usize>) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let begun = within.begin().await;
        let mut inner = begun.map_err(|error| self.failed(error))?;
        let carriage = self.carriage(range.clone(), inner.dialect())?;
        self.write(&mut inner, range, carriage, true, |_| Ok(()))
            .await?;
        inner.commit().await.map_err(|error| self.failed(error))
    }
}
