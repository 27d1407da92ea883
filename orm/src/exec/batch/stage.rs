//! What one statement cannot carry waits in a temporary table.

use std::ops::Range;

use super::Job;
use super::carry::{STAGED_BYTES, Way, number};
use super::chunks::Chunk;
use crate::backend::{Backend, Connection, Gathered};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::exec::Text;
use crate::exec::run::failed;
use crate::render;
use crate::stmt::Batch;
use crate::value::Binder;

impl<DB: Backend> Job<'_, DB> {
    /// Makes the staging table, or empties the one that is there, and puts what the batch supplies of
    /// these records in it, in a transaction that is open.
    pub(super) async fn stage<C>(
        &self,
        within: &mut C,
        batch: &Batch,
        way: Way,
        range: Range<usize>,
        types: &[String],
    ) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let dialect = within.dialect();
        let create = render::create_staged(batch, types, dialect);
        self.run_on_staged(within, create).await?;
        let mut texts = Texts {
            batch,
            types,
            dialect,
            of: None,
        };
        // Where the records themselves are written later, this is no progress.
        let is_progress = batch.insert.columns.len() == self.columns();
        let first = range.start;
        let mut rest = range;
        if way == Way::Copy {
            let text = render::copy_staged(batch, types, dialect).into();
            rest.start = self.copy(within, text, rest.clone(), is_progress).await?;
        }
        let next = || {
            if rest.is_empty() {
                return Ok(None);
            }
            let chunk = self.chunk(way, &rest, first, &mut texts)?;
            rest.start = chunk.end;
            Ok(Some(chunk))
        };
        self.send(within, next, is_progress).await.map(drop)
    }

    /// Sends records by one `COPY`, the next of them encoded while the server works on those before; how
    /// far it came. It ends before the first that the server would make no sense of.
    async fn copy<C>(
        &self,
        within: &mut C,
        text: Text,
        range: Range<usize>,
        is_progress: bool,
    ) -> Result<usize>
    where
        C: Connection<Backend = DB>,
    {
        let first = range.start;
        let mut rest = range;
        let mut not_encoded = None;
        let mut next = |rows: &mut Vec<u8>| {
            if is_progress && rest.start > first {
                self.tell_progress(rest.start);
            }
            let there = rows.len();
            match self.copied(std::mem::take(rows), &self.chunk_of(&rest), first) {
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

    /// So many of these records are encoded before they are sent, if they are not too many bytes.
    fn chunk_of(&self, rest: &Range<usize>) -> Range<usize> {
        rest.start..rest.end.min(rest.start.saturating_add(self.chunk_rows))
    }

    /// Leaves nothing of a batch in the staging table for values of these types.
    pub(super) async fn unstage<C>(
        &self,
        within: &mut C,
        batch: &Batch,
        types: &[String],
    ) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let leave = render::leave_staged(batch, types, within.dialect());
        self.run_on_staged(within, leave).await
    }

    /// Runs statements about the staging table; where it stays, they are prepared once.
    async fn run_on_staged<C>(&self, within: &mut C, text: String) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let done = if within.dialect().keeps_staged() {
            let none = DB::arguments(self.live);
            within.execute(text.into(), none).await.map(drop)
        } else {
            within.run_script(text).await
        };
        done.map_err(|error| self.failed(error))
    }

    fn chunk(
        &self,
        way: Way,
        rest: &Range<usize>,
        first: usize,
        texts: &mut Texts<'_>,
    ) -> Result<Chunk<DB>> {
        if way == Way::Arrays
            && let (Some(arrays), end) = self.arrays(&self.chunk_of(rest), STAGED_BYTES)?
            && arrays.is_self_contained()
        {
            let mut arguments = DB::arguments(self.live);
            self.bind_arrays(arrays, &mut arguments)?;
            let mut values = Binder::<DB>::with(self.live, arguments);
            values.put_number(number(rest.start - first) - 1);
            return Ok(Chunk {
                text: texts.text(Shape::Arrays),
                arguments: values.finish_for(&self.batch.insert.table, |_| None)?,
                end,
            });
        }
        // What the server cannot be told otherwise, too.
        let columns = &texts.batch.insert.columns;
        let numbered_from = (!texts.dialect.numbers_staged()).then_some(first);
        let values = columns.len() + usize::from(numbered_from.is_some());
        let rows = rest.len().min(self.rows_of_values(values, texts.dialect));
        let end = rest.start + rows;
        let arguments = self.staged_values(rest.start..end, columns, numbered_from)?;
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
