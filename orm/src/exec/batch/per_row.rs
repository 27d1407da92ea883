//! Record by record, in the order of their keys: where no statement can tell of many what became of
//! each.

use super::answer::{Answer, Told};
use super::duplicates;
use super::strategy::RowStatement;
use super::write::BatchWriter;
use crate::backend::{Backend, Connection};
use crate::error::Result;
use crate::exec::outcome::{Step, read, read_telling, send, tell};
use crate::exec::run::LoadRow;

/// Writes records one by one.
pub(super) struct PerRow<'j, DB: Backend> {
    pub(super) writer: BatchWriter<'j, DB>,
    /// What writes each of them.
    pub(super) statement: RowStatement,
}

impl<DB: Backend> PerRow<'_, DB> {
    /// Writes those at the first of these positions, unless that is not the second, which is of the one that
    /// is written of those with its key.
    pub(super) async fn write<C, T>(
        &self,
        within: &mut C,
        order: Vec<(usize, usize)>,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let batch = self.writer.batch;
        if batch.on_duplicate.rejects() {
            let several = |(at, of): &(usize, usize)| at != of;
            let pairs: Vec<_> = order.iter().copied().filter(several).collect();
            if !pairs.is_empty() {
                return Err(duplicates::rejected(batch, &pairs));
            }
        }
        let keeps_one = batch.on_duplicate.keep().is_some();
        let mut told = Told {
            rows: Vec::new(),
            left_out: Vec::new(),
        };
        for (at, of) in order {
            if keeps_one && at != of {
                told.left_out.push((at, of));
                continue;
            }
            let written = self.write_row(within, at, load).await?;
            told.rows
                .extend(written.map(|(inserted, row)| (at, inserted, row)));
        }
        Ok(Answer::of(batch.gives, told))
    }

    /// Writes one of them; whether its row was inserted, where that is asked for, and the row.
    async fn write_row<C, T>(
        &self,
        within: &mut C,
        at: usize,
        load: LoadRow<DB, T>,
    ) -> Result<Option<(bool, T)>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let BatchWriter { batch, encoder, .. } = &self.writer;
        let about = &batch.insert.table.name;
        let dialect = within.dialect();
        let text = |step| (self.writer.steps)(step, dialect);
        let (step, values) = match self.statement {
            RowStatement::Insert => (Step::Insert, encoder.values(std::iter::once(at))?),
            RowStatement::Upsert => (Step::Upsert, encoder.one_with_closures(at)?),
            RowStatement::UpsertReturningInserted => {
                let upsert = encoder.one_with_closures(at)?;
                let row = send(within, text(Step::Telling)?, upsert, about).await?;
                return row.map(|row| read_telling(&row, load, about)).transpose();
            }
            RowStatement::Steps => {
                let insert = encoder.values(std::iter::once(at))?;
                let upsert = encoder.one_with_closures(at)?;
                let key = encoder.key(at)?;
                return tell(within, &text, upsert, insert, key, load, about).await;
            }
        };
        let row = send(within, text(step)?, values, about).await?;
        let row = row.map(|row| read(&row, load, about)).transpose()?;
        Ok(row.map(|row| (true, row)))
    }
}
