//! Records of one batch that have the same key.

use std::collections::HashMap;
use std::ops::Range;

use super::bisect::FaultFinder;
use super::encode::Payload;
use crate::backend::{Backend, Connection};
use crate::error::{Error, ErrorKind, Result};
use crate::exec::run::failed;
use crate::render;
use crate::stmt::{Batch, Insert, Source};
use crate::value::Reader;

/// What is said of records whose keys only the database calls the same.
const DECLARED_APART: &str = "records of one batch have keys that are the same to the database and different \
     ones to the declaration; declare the type or the collation of the key's columns as the database has \
     them, or send each key once";

/// What is said of records whose keys are different ones.
const WRITTEN_AS_ONE: &str = "one record of the batch gives its row the key of another; update what the key is \
     made of as well, or send them one after the other";

/// The position of each record that is left out, with that of the one of its key which is not.
pub(super) async fn left_out<C: Connection>(
    connection: &mut C,
    batch: &Batch,
    arguments: <C::Backend as Backend>::Arguments,
    first: usize,
) -> Result<Vec<(usize, usize)>> {
    let text = render::resolve(batch, true, connection.dialect());
    pairs(connection, batch, text, arguments, first).await
}

/// The position of each record, with that of the one of its key which is written, in the order of the
/// keys.
pub(super) async fn in_order<C: Connection>(
    connection: &mut C,
    batch: &Batch,
    arguments: <C::Backend as Backend>::Arguments,
    first: usize,
) -> Result<Vec<(usize, usize)>> {
    let text = render::resolve(batch, false, connection.dialect());
    pairs(connection, batch, text, arguments, first).await
}

async fn pairs<C: Connection>(
    connection: &mut C,
    batch: &Batch,
    text: String,
    arguments: <C::Backend as Backend>::Arguments,
    first: usize,
) -> Result<Vec<(usize, usize)>> {
    let about = &batch.insert.table.name;
    let rows = connection.fetch_all(text.into(), arguments).await;
    let rows = rows.map_err(|error| failed(connection, error, about))?;
    let position = |reader: &mut Reader<'_, C::Backend>| {
        let number = reader.count()?;
        // A batch is in memory, so its numbers are small.
        Ok(first + usize::try_from(number).unwrap_or(usize::MAX) - 1)
    };
    rows.iter()
        .map(|row| {
            let mut reader = Reader::<C::Backend>::new(row);
            Ok((position(&mut reader)?, position(&mut reader)?))
        })
        .collect()
}

impl<DB: Backend> FaultFinder<'_, DB> {
    /// Which records the database has refused because of their keys.
    pub(super) async fn find_duplicates<C>(
        &self,
        connection: &mut C,
        range: Range<usize>,
    ) -> Result<Option<Error>>
    where
        C: Connection<Backend = DB>,
    {
        if let Some(found) = self.find_by_keys(connection, range.clone()).await? {
            return Ok(Some(found));
        }
        // An update may give a row the key of another record.
        let pair = self.find_pair(connection, range).await?;
        Ok(pair.map(|pair| several(self.writer.batch, &[pair], WRITTEN_AS_ONE)))
    }

    async fn find_by_keys<C>(
        &self,
        connection: &mut C,
        range: Range<usize>,
    ) -> Result<Option<Error>>
    where
        C: Connection<Backend = DB>,
    {
        let first = range.start;
        let writer = &self.writer;
        let (_, payload) = writer.plan(range.clone(), connection.dialect())?;
        // In a transaction that is rolled back, since the records may have to be staged once more.
        let begun = connection.begin().await;
        let mut within = begun.map_err(|error| writer.failed(error))?;
        let (source, arguments) = match payload {
            Payload::Arguments(source, arguments) => (source, arguments),
            Payload::Staged(staging, types) => {
                let staged = writer.staging_table(writer.batch, &types);
                staged.fill(&mut within, staging, range).await?;
                (Source::Staged(types), writer.encoder.none())
            }
            // Those were looked for before anything was written.
            Payload::WithStatements(_) => return Ok(None),
        };
        let batch = Batch {
            source,
            ..writer.batch.clone()
        };
        let declared = left_out(&mut within, &batch, arguments.clone(), first).await?;
        let stored = self.as_stored(&mut within, &batch, arguments, first).await;
        let of: HashMap<_, _> = declared.iter().copied().collect();
        let differ =
            |(at, to): &(usize, usize)| of.get(at).unwrap_or(at) != of.get(to).unwrap_or(to);
        Ok(match stored {
            // The declaration has left some of the others out.
            Ok(stored) if stored.iter().any(differ) => {
                let pairs = stored.into_iter();
                let pairs = pairs.filter(|pair| batch.on_duplicate.rejects() || differ(pair));
                Some(several(&batch, &pairs.collect::<Vec<_>>(), DECLARED_APART))
            }
            Ok(_) | Err(_) if declared.is_empty() || !batch.on_duplicate.rejects() => None,
            Ok(_) | Err(_) => Some(rejected(&batch, &declared)),
        })
    }

    /// The position of each record that has the key of another one, and of that one, as the table itself
    /// compares them.
    async fn as_stored<C>(
        &self,
        within: &mut C,
        batch: &Batch,
        arguments: DB::Arguments,
        first: usize,
    ) -> Result<Vec<(usize, usize)>>
    where
        C: Connection<Backend = DB>,
    {
        let compared = Batch {
            insert: Insert {
                columns: batch.tells_apart(),
                ..batch.insert.clone()
            },
            source: Source::Compared,
            ..batch.clone()
        };
        let begun = within.begin().await;
        let mut inner = begun.map_err(|error| self.writer.failed(error))?;
        let dialect = inner.dialect();
        let create = render::create_compared(batch, &compared, dialect);
        let made = inner.run_script(create).await;
        made.map_err(|error| self.writer.failed(error))?;
        let fill = render::fill_compared(batch, &compared, dialect);
        let filled = inner.execute(fill.into(), arguments).await;
        filled.map_err(|error| self.writer.failed(error))?;
        left_out(&mut inner, &compared, self.writer.encoder.none(), first).await
    }
}

/// The error of records of one key.
pub(super) fn rejected(batch: &Batch, pairs: &[(usize, usize)]) -> Error {
    let message = "records of one batch have the same key; send each key once, or say which record \
                   counts with `on_duplicates`";
    several(batch, pairs, message)
}

fn several(batch: &Batch, pairs: &[(usize, usize)], message: &str) -> Error {
    let mut rows: Vec<usize> = pairs.iter().flat_map(|(at, of)| [*at, *of]).collect();
    rows.sort_unstable();
    rows.dedup();
    Error::new(ErrorKind::DuplicateKeyInBatch, message)
        .of_table(&batch.insert.table.name)
        .of_key(render::name_of_key(batch))
        .of_rows(rows)
}
