//! Where an insert is a statement for itself: what tells records apart is staged and looked at, and then
//! they are written, so many at once, in the order of their keys.

use std::ops::Range;

use super::carry::Way;
use super::chunks::Chunk;
use super::written::Answer;
use super::{Counts, Job};
use crate::backend::{Backend, Connection};
use crate::error::Result;
use crate::exec::Text;
use crate::exec::run::{LoadRow, failed};
use crate::render;
use crate::stmt::{Action, Batch, Gives, Insert, OnDuplicate, Source};
use crate::value::Reader;

/// With more temporary tables than this a connection has staging tables of tables that are not written to
/// any more.
const MOST_TABLES: u64 = 64;

/// So many of them are kept then.
const KEPT_TABLES: usize = 32;

impl<DB: Backend> Job<'_, DB> {
    /// Writes these records in a transaction that is open.
    pub(super) async fn write_in_turn<C, T>(
        &self,
        within: &mut C,
        range: Range<usize>,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let Some((staged, types)) = self.looked_at(range.start) else {
            let order = range.map(|at| (at, at)).collect();
            return self.write_looked_at(within, None, order, load).await;
        };
        // What is read from here on stays as it is until it is written.
        let lock = render::lock_for_writing(&self.batch.insert.table, within.dialect());
        let none = DB::arguments(self.live);
        self.written_by(within, lock, none).await?;
        let kept = range.clone();
        self.stage(within, &staged, Way::Values, kept, &types)
            .await?;
        let (order, tables) = self.positions(within, &staged, range).await?;
        let answer = self
            .write_looked_at(within, Some(&staged), order, load)
            .await?;
        self.unstage(within, &staged, &types).await?;
        if tables > MOST_TABLES {
            self.drop_oldest(within).await?;
        }
        Ok(answer)
    }

    /// The batch as it is looked at, and the types of what it then supplies, which the first record
    /// tells; `None` where it makes no difference which records have the same key.
    fn looked_at(&self, first: usize) -> Option<(Batch, Vec<String>)> {
        let batch = &self.batch;
        let looks = batch.on_duplicate.keep().is_some()
            || batch.on_duplicate.rejects()
            || batch.gives == Gives::Counts;
        let columns = match batch.updates_only {
            // The update is made from there.
            true => batch.insert.columns.clone(),
            false if looks => batch.tells_apart(),
            false => Vec::new(),
        };
        if columns.is_empty() {
            return None;
        }
        let supplied = batch.insert.columns.iter().zip(self.types(first));
        let types: Vec<_> = supplied
            .filter(|(at, _)| columns.contains(at))
            .map(|(_, stored_as)| stored_as)
            .collect();
        let staged = Batch {
            insert: Insert {
                columns,
                ..batch.insert.clone()
            },
            source: Source::Staged(types.clone()),
            ..batch.clone()
        };
        Some((staged, types))
    }

    /// Drops all but the newest staging tables of the connection: those of tables that are described at run
    /// time would otherwise become more and more.
    async fn drop_oldest<C>(&self, within: &mut C) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let about = &self.batch.insert.table.name;
        let dialect = within.dialect();
        let oldest = render::oldest_staged(KEPT_TABLES, dialect);
        let rows = within
            .fetch_all(oldest.into(), DB::arguments(self.live))
            .await;
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
            let none = DB::arguments(self.live);
            positions = self.in_order(within, staged, none, first).await?;
        }
        // None is lost on the way.
        if positions.len() != range.len() {
            return Err(super::bug("the numbers of all records"));
        }
        Ok((positions, tables))
    }

    async fn write_looked_at<C, T>(
        &self,
        within: &mut C,
        staged: Option<&Batch>,
        order: Vec<(usize, usize)>,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let dialect = within.dialect();
        let gives = self.batch.gives;
        let has_exceptions = || render::has_exceptions(&self.batch.insert.table, dialect);
        if gives == Gives::Rows
            || (gives == Gives::Counts && self.number(within, has_exceptions()).await? > 0)
        {
            return self
                .write_one_by_one(within, &self.batch, order, load)
                .await;
        }
        let (order, mut left_out): (Vec<_>, Vec<_>) =
            order.into_iter().partition(|(at, of)| at == of);
        if self.batch.on_duplicate.rejects() && !left_out.is_empty() {
            left_out.sort_unstable();
            return Err(self.refused(&left_out));
        }
        let existing = match staged {
            // Where nothing is done about a conflict, all that is written is new.
            Some(staged) if gives == Gives::Counts && self.updates() => {
                let mut staged = staged.clone();
                if left_out.is_empty() {
                    staged.on_duplicate = OnDuplicate::Ignore;
                }
                Some(
                    self.number(within, render::existing(&staged, dialect))
                        .await?,
                )
            }
            Some(_) | None => None,
        };
        let many = order.len() as u64;
        let written = match staged {
            Some(staged) if staged.updates_only => {
                // There are none, as has been seen.
                let staged = Batch {
                    on_duplicate: OnDuplicate::Ignore,
                    ..staged.clone()
                };
                let arguments = self.with_closures(DB::arguments(self.live))?;
                self.written_by(within, render::batch(&staged, dialect), arguments)
                    .await?
            }
            Some(_) | None => self.write_chunks(within, &order).await?,
        };
        Ok(match gives {
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

    fn updates(&self) -> bool {
        let conflict = self.batch.insert.conflict.as_ref();
        conflict.is_some_and(|conflict| matches!(conflict.action, Action::Update { .. }))
    }

    /// Writes the records at these positions, as many at once as is good; how many rows that were.
    async fn write_chunks<C>(&self, within: &mut C, order: &[(usize, usize)]) -> Result<u64>
    where
        C: Connection<Backend = DB>,
    {
        let dialect = within.dialect();
        let mut chunks = order
            .chunks(self.rows_of_values(self.columns(), dialect))
            .peekable();
        let text = |rows| Text::from(render::listed(&self.batch, rows, dialect));
        let whole = chunks.peek().map(|chunk| (chunk.len(), text(chunk.len())));
        let mut end = 0;
        let next = || {
            let Some(chunk) = chunks.next() else {
                return Ok(None);
            };
            end += chunk.len();
            let arguments = self.values(chunk.iter().map(|(at, _)| *at))?;
            let text = match &whole {
                Some((rows, whole)) if *rows == chunk.len() => Text::clone(whole),
                Some(_) | None => text(chunk.len()),
            };
            let arguments = self.with_closures(arguments)?;
            Ok(Some(Chunk {
                text,
                arguments,
                end,
            }))
        };
        self.send(within, next, true).await
    }

    /// How many rows a statement has written.
    async fn written_by<C>(
        &self,
        within: &mut C,
        text: String,
        arguments: DB::Arguments,
    ) -> Result<u64>
    where
        C: Connection<Backend = DB>,
    {
        let done = within.execute(text.into(), arguments).await;
        done.map_err(|error| failed(within, error, &self.batch.insert.table.name))
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
        let row = within
            .fetch_optional(text.into(), DB::arguments(self.live))
            .await;
        row.map_err(|error| failed(within, error, &self.batch.insert.table.name))
    }
}
