//! Records of one batch that have the same key.

use std::ops::Range;

use super::Job;
use super::carry::Carriage;
use crate::backend::{Backend, Connection};
use crate::error::{Error, ErrorKind, Result};
use crate::exec::run::failed;
use crate::render;
use crate::stmt::{Batch, Source};
use crate::value::Reader;

impl<DB: Backend> Job<'_, DB> {
    /// The position of each record that is left out, with that of the one of its key which is not.
    pub(super) async fn duplicates<C>(
        &self,
        connection: &mut C,
        batch: &Batch<'_>,
        arguments: DB::Arguments,
        first: usize,
    ) -> Result<Vec<(usize, usize)>>
    where
        C: Connection<Backend = DB>,
    {
        let text = render::resolve(batch, true, connection.dialect());
        self.pairs(connection, text, arguments, first).await
    }

    /// The position of each record, with that of the one of its key which is written, in the order of the
    /// keys.
    pub(super) async fn in_order<C>(
        &self,
        connection: &mut C,
        batch: &Batch<'_>,
        arguments: DB::Arguments,
        first: usize,
    ) -> Result<Vec<(usize, usize)>>
    where
        C: Connection<Backend = DB>,
    {
        let text = render::resolve(batch, false, connection.dialect());
        self.pairs(connection, text, arguments, first).await
    }

    async fn pairs<C>(
        &self,
        connection: &mut C,
        text: String,
        arguments: DB::Arguments,
        first: usize,
    ) -> Result<Vec<(usize, usize)>>
    where
        C: Connection<Backend = DB>,
    {
        let about = &self.batch.insert.table.name;
        let rows = connection.fetch_all(text.into(), arguments).await;
        let rows = rows.map_err(|error| failed(connection, error, about))?;
        let position = |reader: &mut Reader<'_, DB>| {
            let number = reader.count()?;
            // A batch is in memory, so its numbers are small.
            Ok(first + usize::try_from(number).unwrap_or(usize::MAX) - 1)
        };
        rows.iter()
            .map(|row| {
                let mut reader = Reader::<DB>::new(row);
                Ok((position(&mut reader)?, position(&mut reader)?))
            })
            .collect()
    }

    /// Which records the database has refused because of their keys.
    pub(super) async fn find_duplicates<C>(
        &self,
        connection: &mut C,
        range: Range<usize>,
    ) -> Result<Option<Error>>
    where
        C: Connection<Backend = DB>,
    {
        let first = range.start;
        let carriage = self.carriage(range.clone(), connection.dialect())?;
        // In a transaction that is rolled back, since the records may have to be staged once more.
        let begun = connection.begin().await;
        let mut within = begun.map_err(|error| self.failed(error))?;
        let (source, arguments) = match carriage {
            Carriage::Carried(carried) => (carried.source, carried.arguments),
            Carriage::Staged(way, types) => {
                self.stage(&mut within, &self.batch, way, range, &types)
                    .await?;
                (Source::Staged(types), DB::arguments(self.live))
            }
            // Those were looked for before anything was written.
            Carriage::InTurn | Carriage::Empty => return Ok(None),
        };
        let batch = Batch {
            source,
            ..self.batch.clone()
        };
        let pairs = self
            .duplicates(&mut within, &batch, arguments, first)
            .await?;
        Ok((!pairs.is_empty()).then(|| self.refused(&pairs)))
    }

    pub(super) fn refused(&self, pairs: &[(usize, usize)]) -> Error {
        let mut rows: Vec<usize> = pairs.iter().flat_map(|(at, of)| [*at, *of]).collect();
        rows.sort_unstable();
        rows.dedup();
        let message = "records of one batch have the same key; send each key once, or say which record \
                       counts with `on_duplicates`";
        Error::new(ErrorKind::DuplicateKeyInBatch, message)
            .of_table(&self.batch.insert.table.name)
            .of_key(render::name_of_key(&self.batch))
            .of_rows(rows)
    }
}
