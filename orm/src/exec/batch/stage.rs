//! What one statement cannot carry waits in a temporary table.

use std::ops::Range;

use super::Job;
use super::carry::{MOST_BYTES, MOST_BYTES_OF_ROWS, Way, number};
use crate::backend::{Backend, Connection, Gathered, Layout};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::exec::Text;
use crate::render;
use crate::stmt::Batch;
use crate::value::Binder;

impl<DB: Backend> Job<'_, DB> {
    /// Makes the staging table and puts these records in it, in a transaction that is open.
    pub(super) async fn stage<C>(
        &self,
        within: &mut C,
        way: Way,
        range: Range<usize>,
        types: &[String],
    ) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let dialect = within.dialect();
        let create = render::create_staged(&self.batch, types, dialect);
        let made = within.run_script(create).await;
        made.map_err(|error| self.failed(error))?;
        let mut texts = Texts {
            types,
            dialect,
            of: None,
        };
        let mut rest = range.clone();
        while !rest.is_empty() {
            let chunk = self.chunk(way, &rest, range.start, &mut texts)?;
            let sent = match chunk.what {
                What::Rows(sql, rows) => {
                    self.note_copying(true);
                    let sent = within.copy(sql, rows).await;
                    self.note_copying(false);
                    sent
                }
                What::Statement(sql, arguments) => within.execute(sql, arguments).await.map(drop),
            };
            sent.map_err(|error| self.failed(error))?;
            rest.start = chunk.end;
            if !rest.is_empty() {
                self.tell_progress(rest.start);
            }
        }
        Ok(())
    }

    fn note_copying(&self, copying: bool) {
        if let Some(told) = &self.copying {
            told.note(copying);
        }
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
                Layout::Rows => {
                    What::Rows(texts.text(&self.batch, Shape::Rows), gathered.into_rows())
                }
                Layout::Arrays => {
                    let mut arguments = DB::arguments(self.live);
                    self.bind_arrays(gathered, &mut arguments)?;
                    let mut values = Binder::<DB>::with(self.live, arguments);
                    values.put_number(number(rest.start - first) - 1);
                    What::Statement(
                        texts.text(&self.batch, Shape::Arrays),
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
        let rows = rest.len().min(self.rows_of_values(texts.dialect));
        let end = rest.start + rows;
        let what = What::Statement(
            texts.text(&self.batch, Shape::Values(rows)),
            self.values(rest.start..end, Some(first))?,
        );
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
    types: &'t [String],
    dialect: &'t dyn Dialect,
    /// The last one.
    of: Option<(Shape, Text)>,
}

impl Texts<'_> {
    fn text(&mut self, batch: &Batch<'_>, shape: Shape) -> Text {
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

/// Some records on their way, and which is the next.
struct Chunk<DB: Backend> {
    what: What<DB>,
    end: usize,
}

enum What<DB: Backend> {
    Rows(Text, Vec<u8>),
    Statement(Text, DB::Arguments),
}
