//! Where an upsert of one row ends.

use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::{Base, Upsert};
use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::driver::HoldsValues;
use crate::dynamic::one::{Checked, explained};
use crate::dynamic::reading;
use crate::dynamic::row::Row;
use crate::error::Result;
use crate::exec::{self, Asked, Executor, Lookup, Text, no_row};
use crate::plan::Steps;
use crate::render;
use crate::stmt::{Insert, Target};
use crate::upsert::step_of;
use crate::value::{Binder, Read, Value};

/// What became of the row of an upsert.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// There was no row of its key; this is the new one.
    Inserted(Row),
    /// There was a row of its key; this is it, updated.
    Updated(Row),
    /// There was a row of its key, which [`get_or_insert`](Upsert::get_or_insert) has found.
    Existing(Row),
    /// There was a row of its key, which stays as it is.
    Skipped,
}

impl Outcome {
    /// The row, unless it was skipped.
    pub fn into_row(self) -> Option<Row> {
        match self {
            Self::Inserted(row) | Self::Updated(row) | Self::Existing(row) => Some(row),
            Self::Skipped => None,
        }
    }
}

impl Upsert {
    /// Finds the stored row where there is one, and leaves it as it is.
    pub fn get_or_insert(self) -> Self {
        self.begin(Base::GetOrInsert)
    }

    /// Runs the upsert; how many rows were written: 1, or 0 when the row was skipped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Statement`](crate::ErrorKind::Statement) for a mistake in it, and what the database
    /// refuses.
    pub fn execute<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<u64>> {
        Checked::execute(self.checked::<E::Backend>(on.live()), on)
    }

    /// Runs the upsert; the row as it is now, its columns in the order of description.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute); an upsert that may skip the row is a mistake, for which there is
    /// [`fetch_optional`](Self::fetch_optional).
    pub fn fetch_one<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        mut self,
        on: E,
    ) -> BoxFuture<'c, Result<Row>>
    where
        Value: Read<E::Backend>,
    {
        if self.conflict.may_skip() {
            self.wrong(
                "this upsert may skip the row, and then there is none to give back; call `fetch_optional`",
            );
        }
        let table = Arc::clone(&self.record.table);
        let row = self.fetch_optional(on);
        Box::pin(async move { row.await?.ok_or_else(|| no_row(&table.def.name)) })
    }

    /// Runs the upsert; the row as it is now, its columns in the order of description, or `None` when it
    /// was skipped.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn fetch_optional<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<Row>>>
    where
        Value: Read<E::Backend>,
    {
        if self.conflict.finds() {
            let outcome = self.outcome(on);
            return Box::pin(async move { Ok(outcome.await?.into_row()) });
        }
        Checked::fetch_optional(self.checked::<E::Backend>(on.live()), on)
    }

    /// Runs the upsert; what became of the row. It takes as many round trips as the typed
    /// [`outcome`](crate::Upsert::outcome).
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn outcome<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Outcome>>
    where
        Value: Read<E::Backend>,
    {
        let (finds, may_skip) = (self.conflict.finds(), self.conflict.may_skip());
        let keeps = matches!(self.conflict.base, Some(Base::Nothing));
        let target = self.conflict.target;
        let live = on.live();
        let dialect = <E::Backend as Backend>::dialect(live);
        let mut checked = match self.checked::<E::Backend>(live) {
            Ok(checked) => checked,
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        checked.statement.returning = checked.reading.returned();
        let told = if finds {
            exec::found(on, checked.lookup(target, live, dialect), |found| {
                Ok(Some(found))
            })
        } else {
            exec::outcome(on, checked.asked(target, keeps, live), Ok)
        };
        let reading = checked.reading;
        let table = Arc::clone(&checked.record.table);
        let outcome = async move {
            Ok(match told.await? {
                None if may_skip => Outcome::Skipped,
                None => return Err(no_row(&table.def.name)),
                Some((true, values)) => Outcome::Inserted(reading.row(values)),
                Some((false, values)) if finds => Outcome::Existing(reading.row(values)),
                Some((false, values)) => Outcome::Updated(reading.row(values)),
            })
        };
        explained(outcome, checked.record, dialect)
    }

    fn checked<DB: HoldsValues>(mut self, live: DB::Live) -> Result<Checked> {
        let dialect = DB::dialect(live);
        let wires = self.record.wires(dialect);
        self.record.mistake.check()?;
        let samples: Vec<&Value> = self.record.values.iter().collect();
        let assembled = self.conflict.assemble(&self.record, &samples, dialect)?;
        Ok(Checked {
            statement: self.record.insert(&wires, Some(assembled.clause)),
            reading: self.record.reading(dialect),
            record: self.record,
            wires,
            bound: assembled.bound,
            is_upsert: true,
        })
    }
}

impl Checked {
    /// The values of the row that are of the key, for its look-up.
    fn key<DB: HoldsValues>(
        &self,
        target: Option<Target>,
        live: DB::Live,
    ) -> Result<DB::Arguments> {
        let in_key = match target {
            Some(target) => target.holds(&self.record.table.def, &self.record.columns),
            None => Vec::new(),
        };
        let mut key = Binder::<DB>::only(live, in_key, 1);
        self.record.bind(&self.wires, &mut key);
        self.finish(key)
    }

    fn finish<DB: HoldsValues>(&self, values: Binder<DB>) -> Result<DB::Arguments> {
        let column = |at: usize| self.record.columns.get(at).copied();
        values.finish_for(&self.record.table.def, column)
    }

    /// The statements that tell what became of the row, with their values.
    fn asked<DB: HoldsValues>(
        &mut self,
        target: Option<Target>,
        keeps: bool,
        live: DB::Live,
    ) -> Result<Asked<DB, Vec<Value>, Insert>>
    where
        Value: Read<DB>,
    {
        let table = &self.record.table.def;
        let upsert = || self.finish(self.values::<DB>(live, true));
        Ok(Asked {
            about: table.name.clone(),
            kind: table.kind,
            text: |step, upsert, dialect| step_of(upsert, step, dialect),
            upsert: (!keeps).then(upsert).transpose()?,
            insert: self.finish(self.values::<DB>(live, false))?,
            key: self.key::<DB>(target, live)?,
            with: self.statement.clone(),
            explain: |error, _| error,
            load: reading::values::<DB>,
        })
    }

    /// The insert and the look-up, with the values of both.
    fn lookup<DB: HoldsValues>(
        &self,
        target: Option<Target>,
        live: DB::Live,
        dialect: &dyn Dialect,
    ) -> Result<Lookup<DB, Vec<Value>, Insert>>
    where
        Value: Read<DB>,
    {
        let table = &self.record.table;
        let upsert = &self.statement;
        let select = match target {
            Some(target) => {
                let cast = |at| upsert.cast(at).cloned();
                let projection = self.reading.projection();
                let (table, supplied) = (upsert.table.clone(), &upsert.columns);
                let select = Steps::look_up(table, target, supplied, cast, projection, false);
                render::select(&select, dialect).text
            }
            None => String::new(),
        };
        let insert = exec::insert(&Steps::insert(upsert), dialect)?;
        Ok(Lookup {
            about: table.def.name.clone(),
            insert: insert.into(),
            select: select.into(),
            keep: |upsert: &Insert, dialect: &dyn Dialect| {
                exec::insert(&Steps::keeping(upsert), dialect).map(Text::from)
            },
            with: self.statement.clone(),
            values: self.finish(self.values::<DB>(live, false))?,
            key: self.key::<DB>(target, live)?,
            explain: |error, _| error,
            load: reading::values::<DB>,
        })
    }
}
