//! Where an insert is a statement for itself: what tells records apart is staged and looked at, and then
//! they are written, so many at once, in the order of their keys.

use std::ops::Range;

use super::answer::{Answer, Counts};
use super::duplicates;
use super::per_row::PerRow;
use super::send::{Chunk, send};
use super::strategy::{self, Finding, Probe, Staging, Write};
use super::write::BatchWriter;
use crate::backend::{Backend, Connection};
use crate::error::Result;
use crate::exec::Text;
use crate::exec::run::{LoadRow, failed};
use crate::render;
use crate::stmt::{Batch, Gives, Insert, OnDuplicate, Source, Unmatched};
use crate::value::Reader;

/// With more temporary tables than this a connection has staging tables of tables that are not written to
/// any more.
const MOST_TABLES: u64 = 64;

/// So many of them are kept then.
const KEPT_TABLES: usize = 32;

/// Writes records by statements that cannot look at them.
pub(super) struct Sequential<'j, DB: Backend> {
    pub(super) writer: BatchWriter<'j, DB>,
}

impl<DB: Backend> Sequential<'_, DB> {
    /// Writes these records in a transaction that is open.
    pub(super) async fn write<C, T>(
        &self,
        within: &mut C,
        range: Range<usize>,
        write: Write,
        probe: Option<Probe>,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let Some(probe) = probe else {
            let order = range.map(|at| (at, at)).collect();
            return self.write_in_order(within, write, None, order, load).await;
        };
        let (batch, types) = self.probed(probe, range.start);
        let staged = self.writer.staging_table(&batch, &types);
        // What is read from here on stays as it is until it is written.
        let lock = render::lock_for_writing(&batch.insert.table, within.dialect());
        let none = self.writer.encoder.none();
        self.execute(within, lock, none).await?;
        staged.fill(within, Staging::Values, range.clone()).await?;
        let (order, tables) = self.positions(within, &batch, range).await?;
        let answer = self
            .write_in_order(within, write, Some(&batch), order, load)
            .await?;
        staged.leave(within).await?;
        if tables > MOST_TABLES {
            self.drop_oldest(within).await?;
        }
        Ok(answer)
    }

    /// The batch as it is looked at, and the types of what it then supplies, which the first record tells.
    fn probed(&self, probe: Probe, first: usize) -> (Batch, Vec<String>) {
        let batch = self.writer.batch;
        let columns = match probe {
            Probe::Keys => batch.tells_apart(),
            Probe::Everything => batch.insert.columns.clone(),
        };
        let types = self.writer.encoder.types(first);
        let supplied = batch.insert.columns.iter().zip(types);
        let types: Vec<_> = supplied
            .filter(|(at, _)| columns.contains(at))
            .map(|(_, stored_as)| stored_as)
            .collect();
        let batch = Batch {
            insert: Insert {
                columns,
                ..batch.insert.clone()
            },
            source: Source::Staged(types.clone()),
            ..batch.clone()
        };
        (batch, types)
    }

    /// Drops all but the newest staging tables of the connection: those of tables that are described at run
    /// time would otherwise become more and more.
    async fn drop_oldest<C>(&self, within: &mut C) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let about = &self.writer.batch.insert.table.name;
        let dialect = within.dialect();
        let oldest = render::oldest_staged(KEPT_TABLES, dialect);
        let none = self.writer.encoder.none();
        let rows = within.fetch_all(oldest.into(), none).await;
        for row in rows.map_err(|error| failed(within, error, about))? {
            if let Some(name) = Reader::<DB>::new(&row).text()? {
                // One that the caller still reads from, whatever for, stays until the next time.
                within
                    .run_script(render::drop_staged(&name, dialect))
                    .await
                    .ok();
            }
        }
        Ok(())
    }

    /// The position of each record, with that of the one of its key which is written, in the order of the
    /// keys; and how many temporary tables there are.
    async fn positions<C>(
        &self,
        within: &mut C,
        staged: &Batch,
        range: Range<usize>,
    ) -> Result<(Vec<(usize, usize)>, u64)>
    where
        C: Connection<Backend = DB>,
    {
        let first = range.start;
        let numbers = render::numbers(staged, within.dialect());
        let row = self.row(within, numbers).await?;
        let row = row.ok_or_else(|| super::bug("the numbers of all records"))?;
        let mut reader = Reader::<DB>::new(&row);
        let (list, tables) = (reader.text()?, reader.count()?);
        let positions = list.iter().flat_map(|list| list.split(',')).map(|number| {
            match number.parse::<usize>() {
                Ok(number) => Ok((first + number - 1, first + number - 1)),
                Err(_) => Err(super::bug("a list of numbers")),
            }
        });
        let mut positions: Vec<_> = positions.collect::<Result<_>>()?;
        if positions.len() < range.len() {
            let none = self.writer.encoder.none();
            positions = duplicates::in_order(within, staged, none, first).await?;
        }
        // None is lost on the way.
        if positions.len() != range.len() {
            return Err(super::bug("the numbers of all records"));
        }
        Ok((positions, tables))
    }

    async fn write_in_order<C, T>(
        &self,
        within: &mut C,
        write: Write,
        staged: Option<&Batch>,
        order: Vec<(usize, usize)>,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let writer = self.writer;
        let (batch, dialect) = (writer.batch, within.dialect());
        let mut write = write;
        if let Write::Sequential {
            checks_exceptions: true,
            ..
        } = write
        {
            let exceptions = render::has_exceptions(&batch.insert.table, dialect);
            let finding = Finding::Exceptions(self.number(within, exceptions).await?);
            write = strategy::after_finding(finding, write, batch, dialect.capabilities());
        }
        let counts_existing = match write {
            Write::PerRow(statement) => {
                let per_row = PerRow { writer, statement };
                return per_row.write(within, order, load).await;
            }
            Write::Sequential {
                counts_existing, ..
            } => counts_existing,
            Write::Statement { .. } => return Err(super::bug("several statements")),
        };
        let (order, mut left_out): (Vec<_>, Vec<_>) =
            order.into_iter().partition(|(at, of)| at == of);
        if batch.on_duplicate.rejects() && !left_out.is_empty() {
            left_out.sort_unstable();
            return Err(duplicates::rejected(batch, &left_out));
        }
        let existing = match staged {
            Some(staged) if counts_existing => {
                let mut staged = staged.clone();
                if left_out.is_empty() {
                    staged.on_duplicate = OnDuplicate::Ignore;
                }
                let existing = render::existing(&staged, dialect);
                Some(self.number(within, existing).await?)
            }
            Some(_) | None => None,
        };
        let many = order.len() as u64;
        let written = match staged {
            Some(staged) if staged.unmatched == Unmatched::Skip => {
                let mut staged = staged.clone();
                // There are none, as has been seen.
                if staged.on_duplicate.rejects() {
                    staged.on_duplicate = OnDuplicate::Ignore;
                }
                let arguments = writer.encoder.with_closures(writer.encoder.none())?;
                let update = render::batch(&staged, dialect);
                self.execute(within, update, arguments).await?
            }
            Some(_) | None => self.write_chunks(within, &order).await?,
        };
        Ok(match batch.gives {
            Gives::Counts => {
                let inserted = existing.map_or(written, |existing| many - existing);
                Answer::Counts(Counts {
                    inserted,
                    updated: written.saturating_sub(inserted),
                    left_out: left_out.len() as u64,
                })
            }
            Gives::Nothing | Gives::Rows => Answer::Written(written),
        })
    }

    /// Writes the records at these positions, as many at once as is good; how many rows that were.
    async fn write_chunks<C>(&self, within: &mut C, order: &[(usize, usize)]) -> Result<u64>
    where
        C: Connection<Backend = DB>,
    {
        let BatchWriter {
            batch,
            encoder,
            meter,
            ..
        } = self.writer;
        let dialect = within.dialect();
        let most = encoder.rows_of_values(encoder.columns(), dialect.capabilities());
        let mut chunks = order.chunks(most).peekable();
        let text = |rows| Text::from(render::listed(batch, rows, dialect));
        let whole = chunks.peek().map(|chunk| (chunk.len(), text(chunk.len())));
        let mut end = 0;
        let next = || {
            let Some(chunk) = chunks.next() else {
                return Ok(None);
            };
            end += chunk.len();
            let arguments = encoder.values(chunk.iter().map(|(at, _)| *at))?;
            let text = match &whole {
                Some((rows, whole)) if *rows == chunk.len() => Text::clone(whole),
                Some(_) | None => text(chunk.len()),
            };
            let arguments = encoder.with_closures(arguments)?;
            Ok(Some(Chunk {
                text,
                arguments,
                end,
            }))
        };
        send(within, &batch.insert.table.name, meter, next).await
    }

    /// How many rows a statement has written.
    async fn execute<C>(
        &self,
        within: &mut C,
        text: String,
        arguments: DB::Arguments,
    ) -> Result<u64>
    where
        C: Connection<Backend = DB>,
    {
        let done = within.execute(text.into(), arguments).await;
        done.map_err(|error| failed(within, error, &self.writer.batch.insert.table.name))
    }

    /// The number that a statement without arguments gives.
    async fn number<C>(&self, within: &mut C, text: String) -> Result<u64>
    where
        C: Connection<Backend = DB>,
    {
        let row = self.row(within, text).await?;
        row.map_or(Ok(0), |row| Reader::<DB>::new(&row).count())
    }

    /// The row that a statement without arguments gives.
    async fn row<C>(&self, within: &mut C, text: String) -> Result<Option<DB::Row>>
    where
        C: Connection<Backend = DB>,
    {
        let none = self.writer.encoder.none();
        let row = within.fetch_optional(text.into(), none).await;
        row.map_err(|error| failed(within, error, &self.writer.batch.insert.table.name))
    }
}
