//! What one statement cannot carry waits in a temporary table.

use std::ops::Range;

use super::Job;
use super::carry::{MOST_BYTES, MOST_BYTES_OF_ROWS, Way, number};
use super::chunks::{Chunk, What};
use crate::backend::{Backend, Connection, Gathered, Layout};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::exec::Text;
use crate::render;
use crate::stmt::Batch;
use crate::value::Binder;

impl<DB: Backend> Job<'_, DB> {
    /// Makes the staging table and puts what the batch supplies of these records in it, in a transaction
    /// that is open.
    pub(super) async fn stage<C>(
        &self,
        within: &mut C,
        batch: &Batch<'_>,
        way: Way,
        range: Range<usize>,
        types: &[String],
    ) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let dialect = within.dialect();
        let create = render::create_staged(batch, types, dialect);
        let made = within.run_script(create).await;
        made.map_err(|error| self.failed(error))?;
        let mut texts = Texts {
            batch,
            types,
            dialect,
            of: None,
        };
        let first = range.start;
        let mut rest = range;
        let next = || {
            if rest.is_empty() {
                return Ok(None);
            }
            let chunk = self.chunk(way, &rest, first, &mut texts)?;
            rest.start = chunk.end;
            Ok(Some(chunk))
        };
        // Where the records themselves are written later, this is no progress.
        let is_progress = batch.insert.columns.len() == self.columns();
        self.send(within, next, is_progress).await.map(drop)
    }

    /// Drops the staging table.
    pub(super) async fn unstage<C>(&self, within: &mut C) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let dropped = within
            .run_script(render::drop_staged(within.dialect()))
            .await;
        dropped.map_err(|error| self.failed(error))
    }

    fn chunk(
        &self,
        way: Way,
        rest: &Range<usize>,
        first: usize,
        texts: &mut Texts<'_>,
    ) -> Result<Chunk<DB>> {
        let (layout, most) = match way {
            Way::Values => return self.chunk_of_values(rest, first, texts),
            Way::Arrays => (Layout::Arrays, MOST_BYTES),
            Way::Copy => (Layout::Rows, MOST_BYTES_OF_ROWS),
        };
        let chunk = rest.start..rest.end.min(rest.start.saturating_add(self.chunk_rows));
        let (gathered, end) = self.gather(layout, &chunk, first, most)?;
        let what = match gathered {
            Some(gathered) if gathered.is_self_contained() => match layout {
                Layout::Rows => What::Rows(texts.text(Shape::Rows), gathered.into_rows()),
                Layout::Arrays => {
                    let mut arguments = DB::arguments(self.live);
                    self.bind_arrays(gathered, &mut arguments)?;
                    let mut values = Binder::<DB>::with(self.live, arguments);
                    values.put_number(number(rest.start - first) - 1);
                    What::Statement(
                        texts.text(Shape::Arrays),
                        values.finish_for(self.batch.insert.table, |_| None)?,
                    )
                }
            },
            Some(_) | None => return self.chunk_of_values(rest, first, texts),
        };
        Ok(Chunk { what, end })
    }

    fn chunk_of_values(
        &self,
        rest: &Range<usize>,
        first: usize,
        texts: &mut Texts<'_>,
    ) -> Result<Chunk<DB>> {
        let columns = &texts.batch.insert.columns;
        let most = self.rows_of_values(columns.len() + 1, texts.dialect);
        let rows = rest.len().min(most);
        let end = rest.start + rows;
        let arguments = self.numbered_values(rest.start..end, columns, first)?;
        let what = What::Statement(texts.text(Shape::Values(rows)), arguments);
        Ok(Chunk { what, end })
    }
}

/// What a chunk looks like: those of one shape are sent by the same text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Values(usize),
    Arrays,
    Rows,
}

/// The texts that chunks are sent by.
struct Texts<'t> {
    batch: &'t Batch<'t>,
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
            Shape::Values(rows) => render::stage_values(batch, rows, self.dialect),
            Shape::Arrays => render::stage_arrays(batch, self.types, self.dialect),
            Shape::Rows => render::copy_staged(batch, self.dialect),
        }
        .into();
        self.of = Some((shape, Text::clone(&text)));
        text
    }
}
