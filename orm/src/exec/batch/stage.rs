//! What one statement cannot carry waits in a temporary table.

use std::ops::Range;

use super::encode::{Encoder, number};
use super::send::{Chunk, Meter, send};
use super::strategy::Staging;
use crate::backend::{Backend, Connection, Gathered};
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::exec::Text;
use crate::exec::run::failed;
use crate::render;
use crate::stmt::Batch;
use crate::value::Binder;

/// Arrays are staged this many bytes at once. While some are on their way the next are encoded, so that they
/// are in memory several times; and the allocator gives as much again without asking for new pages.
const STAGED_BYTES: usize = 512 << 10;

/// The staging table for what a batch supplies.
pub(super) struct StagingTable<'s, DB: Backend> {
    pub(super) encoder: Encoder<'s, DB>,
    pub(super) meter: Meter<'s>,
    pub(super) batch: &'s Batch,
    /// The types of the values.
    pub(super) types: &'s [String],
}

impl<DB: Backend> StagingTable<'_, DB> {
    /// Makes the table, or empties the one that is there, and puts these records in it, in a transaction that
    /// is open.
    pub(super) async fn fill<C>(
        &self,
        within: &mut C,
        staging: Staging,
        range: Range<usize>,
    ) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let dialect = within.dialect();
        let create = render::create_staged(self.batch, self.types, dialect);
        self.run(within, create).await?;
        let mut texts = Texts {
            batch: self.batch,
            types: self.types,
            dialect,
            of: None,
        };
        let first = range.start;
        let mut rest = range;
        if staging == Staging::Copy {
            let text = render::copy_staged(self.batch, self.types, dialect).into();
            rest.start = self.copy(within, text, rest.clone()).await?;
        }
        let next = || {
            if rest.is_empty() {
                return Ok(None);
            }
            let chunk = self.chunk(staging, &rest, first, &mut texts)?;
            rest.start = chunk.end;
            Ok(Some(chunk))
        };
        let about = &self.batch.insert.table.name;
        send(within, about, self.meter, next).await.map(drop)
    }

    /// Sends records by one `COPY`, the next of them encoded while the server works on those before; how
    /// far it came. It ends before the first that the server would make no sense of.
    async fn copy<C>(&self, within: &mut C, text: Text, range: Range<usize>) -> Result<usize>
    where
        C: Connection<Backend = DB>,
    {
        let first = range.start;
        let mut rest = range;
        let mut not_encoded = None;
        let mut next = |rows: &mut Vec<u8>| {
            if rest.start > first {
                self.meter.tell(rest.start);
            }
            let there = rows.len();
            let next = self.next_chunk(&rest);
            match self.encoder.copied(std::mem::take(rows), &next, first) {
                Ok((Some(copied), end)) => {
                    let is_clear = copied.is_self_contained();
                    *rows = copied.into_rows();
                    if is_clear {
                        rest.start = end;
                    } else {
                        rows.truncate(there);
                    }
                    is_clear && !rest.is_empty()
                }
                Ok((None, _)) => false,
                Err(error) => {
                    not_encoded = Some(error);
                    false
                }
            }
        };
        let sent = within.copy(text, &mut next).await;
        if let Some(error) = not_encoded {
            return Err(error);
        }
        let about = &self.batch.insert.table.name;
        sent.map_err(|error| failed(within, error, about))?;
        Ok(rest.start)
    }

    /// The records that are encoded before they are sent, if they are not too many bytes.
    fn next_chunk(&self, rest: &Range<usize>) -> Range<usize> {
        let end = rest.start.saturating_add(self.encoder.chunk_rows);
        rest.start..rest.end.min(end)
    }

    /// Leaves nothing of the batch in the table.
    pub(super) async fn leave<C>(&self, within: &mut C) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let leave = render::leave_staged(self.batch, self.types, within.dialect());
        self.run(within, leave).await
    }

    /// Runs statements about the table; where it stays, they are prepared once.
    async fn run<C>(&self, within: &mut C, text: String) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let done = if within.dialect().keeps_staged() {
            let none = self.encoder.none();
            within.execute(text.into(), none).await.map(drop)
        } else {
            within.run_script(text).await
        };
        done.map_err(|error| Error::from_sqlx(error).of_table(&self.batch.insert.table.name))
    }

    fn chunk(
        &self,
        staging: Staging,
        rest: &Range<usize>,
        first: usize,
        texts: &mut Texts<'_>,
    ) -> Result<Chunk<DB>> {
        let encoder = &self.encoder;
        if staging == Staging::Arrays
            && let (Some(arrays), end) = encoder.arrays(&self.next_chunk(rest), STAGED_BYTES)?
            && arrays.is_self_contained()
        {
            let mut arguments = encoder.none();
            encoder.bind_arrays(arrays, &mut arguments)?;
            let mut values = Binder::<DB>::with(encoder.live, arguments);
            values.put_number(number(rest.start - first) - 1);
            return Ok(Chunk {
                text: texts.text(Shape::Arrays),
                arguments: values.finish_for(&self.batch.insert.table, |_| None)?,
                end,
            });
        }
        // What the server cannot be told otherwise, too.
        let columns = &self.batch.insert.columns;
        let numbered_from = (!texts.dialect.numbers_staged()).then_some(first);
        let values = columns.len() + usize::from(numbered_from.is_some());
        let most = encoder.rows_of_values(values, texts.dialect.capabilities());
        let rows = rest.len().min(most);
        let end = rest.start + rows;
        let arguments = encoder.staged_values(rest.start..end, columns, numbered_from)?;
        Ok(Chunk {
            text: texts.text(Shape::Values(rows)),
            arguments,
            end,
        })
    }
}

/// What a chunk looks like: those of one shape are sent by the same text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Values(usize),
    Arrays,
}

/// The texts that chunks are sent by.
struct Texts<'t> {
    batch: &'t Batch,
    types: &'t [String],
    dialect: &'t dyn Dialect,
    /// The last one.
    of: Option<(Shape, Text)>,
}

impl Texts<'_> {
    fn text(&mut self, shape: Shape) -> Text {
        let batch = self.batch;
        if let Some((known, text)) = &self.of
            && *known == shape
        {
            return Text::clone(text);
        }
        let text: Text = match shape {
            Shape::Values(rows) => render::stage_values(batch, self.types, rows, self.dialect),
            Shape::Arrays => render::stage_arrays(batch, self.types, self.dialect),
        }
        .into();
        self.of = Some((shape, Text::clone(&text)));
        text
    }
}
