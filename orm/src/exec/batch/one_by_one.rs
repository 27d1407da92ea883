//! Record by record, in the order of their keys: where no statement can tell of many what became of
//! each.

use std::ops::Range;

use super::carry::Carriage;
use super::written::{Answer, Told};
use super::{Counts, Job};
use crate::backend::{Backend, Connection};
use crate::dialect::{Dialect, ToldApart};
use crate::error::Result;
use crate::exec::outcome::{Step, read, read_telling, send, tell};
use crate::exec::run::LoadRow;
use crate::schema::TableKind;
use crate::stmt::{Action, Batch, Gives, Returned, Source, Target};
use crate::value::Binder;

/// Whether one statement cannot write the records and give what is asked for.
pub(super) fn is_needed(batch: &Batch, dialect: &dyn Dialect) -> bool {
    // Records that supply nothing are nothing to select from.
    if batch.insert.columns.is_empty() {
        return true;
    }
    let Some(conflict) = &batch.insert.conflict else {
        return false;
    };
    let tells = statements_tell(batch, dialect);
    match batch.gives {
        Gives::Nothing => false,
        Gives::Counts => !tells,
        // Without a key nothing joins a row to its record.
        Gives::Rows if matches!(conflict.target, Target::Any) => true,
        Gives::Rows => asks_what_was_inserted(batch) && !tells,
    }
}

fn asks_what_was_inserted(batch: &Batch) -> bool {
    batch.insert.returning.contains(&Returned::Inserted)
}

/// Whether a statement itself tells whether a row was inserted.
fn statements_tell(batch: &Batch, dialect: &dyn Dialect) -> bool {
    match dialect.told_apart() {
        ToldApart::OldRow => true,
        ToldApart::Xmax => batch.insert.table.kind == TableKind::Plain,
        ToldApart::TwoStatements => false,
    }
}

impl<DB: Backend> Job<'_, DB> {
    /// Carries records once more and writes them one by one: a trigger has taken rows from among them or
    /// has changed their keys, so that many rows cannot be told from each other.
    pub(super) async fn write_apart_from_others<C, T>(
        &self,
        within: &mut C,
        range: Range<usize>,
        tidy: bool,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let first = range.start;
        let (source, arguments) = match self.carriage(range.clone(), within.dialect())? {
            Carriage::Carried(carried) => (carried.source, carried.arguments),
            Carriage::Staged(way, types) => {
                self.stage(within, &self.batch, way, range, &types).await?;
                (Source::Staged(types), DB::arguments(self.live))
            }
            Carriage::InTurn | Carriage::Empty => return Err(super::bug("rows")),
        };
        let batch = Batch {
            source,
            ..self.batch.clone()
        };
        let order = self.in_order(within, &batch, arguments, first).await?;
        let answer = self.write_one_by_one(within, &batch, order, load).await?;
        if let (true, Source::Staged(types)) = (tidy, &batch.source) {
            self.unstage(within, &batch, types).await?;
        }
        Ok(answer)
    }

    /// Writes records one by one: those at the first of these positions, unless that is not the second,
    /// which is of the one that is written of those with its key.
    pub(super) async fn write_one_by_one<C, T>(
        &self,
        within: &mut C,
        batch: &Batch,
        order: Vec<(usize, usize)>,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let about = &batch.insert.table.name;
        let dialect = within.dialect();
        if batch.on_duplicate.rejects() {
            let several = |(at, of): &(usize, usize)| at != of;
            let pairs: Vec<_> = order.iter().copied().filter(several).collect();
            if !pairs.is_empty() {
                return Err(self.refused(&pairs));
            }
        }
        let keeps_stored = match &batch.insert.conflict {
            Some(conflict) => matches!(conflict.action, Action::Nothing),
            None => true,
        };
        let tells = batch.gives == Gives::Counts || asks_what_was_inserted(batch);
        let text = |step| (self.steps)(step, dialect);
        let mut rows = Vec::new();
        let mut left_out = Vec::new();
        for (at, of) in order {
            if batch.on_duplicate.keep().is_some() && at != of {
                left_out.push((at, of));
                continue;
            }
            let written = if keeps_stored {
                let insert = self.values(std::iter::once(at))?;
                let row = send(within, text(Step::Insert)?, insert, about).await?;
                row.map(|row| read(&row, load, about))
                    .transpose()?
                    .map(|row| (true, row))
            } else if tells && statements_tell(batch, dialect) {
                let upsert = self.values_and_closures(at)?;
                let row = send(within, text(Step::Telling)?, upsert, about).await?;
                row.map(|row| read_telling(&row, load, about)).transpose()?
            } else if tells {
                let insert = self.values(std::iter::once(at))?;
                let upsert = self.values_and_closures(at)?;
                let key = self.key(at)?;
                tell(within, &text, upsert, insert, key, load, about).await?
            } else {
                let upsert = self.values_and_closures(at)?;
                let row = send(within, text(Step::Upsert)?, upsert, about).await?;
                row.map(|row| read(&row, load, about))
                    .transpose()?
                    .map(|row| (true, row))
            };
            rows.extend(written.map(|(inserted, row)| (at, inserted, row)));
        }
        left_out.sort_unstable();
        Ok(match batch.gives {
            Gives::Nothing => Answer::Written(rows.len() as u64),
            Gives::Counts => {
                let inserted = rows.iter().filter(|(_, inserted, _)| *inserted).count();
                Answer::Counts(Counts {
                    inserted: inserted as u64,
                    updated: (rows.len() - inserted) as u64,
                    left_out: left_out.len() as u64,
                })
            }
            Gives::Rows => {
                rows.sort_unstable_by_key(|(at, ..)| *at);
                Answer::Told(Told { rows, left_out })
            }
        })
    }

    /// The values of the key's columns, for the look-up of the row.
    fn key(&self, at: usize) -> Result<DB::Arguments> {
        let insert = &self.batch.insert;
        let in_key = match &insert.conflict {
            Some(conflict) => conflict.target.holds(&insert.table, &insert.columns),
            None => vec![false; insert.columns.len()],
        };
        let mut values = Binder::only(self.live, in_key, 1);
        self.rows.bind(at, &mut values);
        values
            .finish_for(&insert.table, |at| insert.columns.get(at).copied())
            .map_err(|error| error.of_rows(vec![at]))
    }

    fn values_and_closures(&self, at: usize) -> Result<DB::Arguments> {
        let mut values = Binder::new(self.live);
        self.rows.bind(at, &mut values);
        self.rows.bind_closures(&mut values);
        let insert = &self.batch.insert;
        values
            .finish_for(&insert.table, |at| {
                let own = insert.columns.get(at).copied();
                own.or_else(|| self.set_by(at.checked_sub(insert.columns.len())?))
            })
            .map_err(|error| error.of_rows(vec![at]))
    }
}
