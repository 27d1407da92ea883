//! The rows of an insert or upsert: which columns they supply, and what is wrong with them.

use std::sync::Arc;

use super::fit;
use super::mistake::Mistake;
use super::reading::Reading;
use super::table::Described;
use super::wire::{self, Wire};
use crate::dialect::Dialect;
use crate::driver::HoldsValues;
use crate::error::ErrorKind;
use crate::stmt::{Conflict, Insert};
use crate::value::{Binder, Kind, Value};

/// Rows of values for some columns of a table.
pub(super) struct Record<V> {
    pub(super) table: Arc<Described>,
    /// The positions of the columns that they supply.
    pub(super) columns: Vec<usize>,
    pub(super) values: V,
    /// The positions of the columns that come back; all of them unless some are named.
    pub(super) returning: Option<Vec<usize>>,
    pub(super) mistake: Mistake,
}

impl Record<Vec<Value>> {
    pub(super) fn of_row<N: AsRef<str>>(
        table: Arc<Described>,
        row: impl IntoIterator<Item = (N, Value)>,
    ) -> Self {
        let (names, values): (Vec<N>, Vec<Value>) = row.into_iter().unzip();
        Self::new(table, names, values)
    }

    /// How its values travel; a mistake where one is not for its column.
    pub(super) fn wires(&mut self, dialect: &dyn Dialect) -> Vec<Wire> {
        let refused = self.refused(&self.values, dialect.types_arguments());
        if let Some((kind, message)) = refused {
            self.mistake.keep(kind, message);
        }
        let kinds: Vec<_> = self.values.iter().map(Kind::of).collect();
        self.wires_of(&kinds, dialect)
    }

    /// Binds the values that `takes` says.
    pub(super) fn bind<DB: HoldsValues>(&self, wires: &[Wire], to: &mut Binder<DB>) {
        let columns = self.columns.iter().map(|at| &self.table.def.columns[*at]);
        for ((value, wire), column) in self.values.iter().zip(wires).zip(columns) {
            let (kind, value) = wire::sent(value, wire, column);
            DB::put(kind, &value, to);
        }
    }
}

impl<V> Record<V> {
    /// Of values for the columns of these names.
    pub(super) fn new<N: AsRef<str>>(
        table: Arc<Described>,
        names: impl IntoIterator<Item = N>,
        values: V,
    ) -> Self {
        let mut record = Self {
            mistake: Mistake::none(&table),
            table,
            columns: Vec::new(),
            values,
            returning: None,
        };
        for name in names {
            let name = name.as_ref();
            let Some(at) = record.mistake.position(name) else {
                continue;
            };
            if record.columns.contains(&at) {
                record
                    .mistake
                    .note(format!("the row supplies `{name}` twice"));
            }
            if record.table.def.columns[at].generated.is_some() {
                let message = format!("`{name}` is computed and cannot be supplied");
                record.mistake.note(message);
            }
            record.columns.push(at);
        }
        for (at, column) in record.table.def.columns.iter().enumerate() {
            if !column.may_be_left_out() && !record.columns.contains(&at) {
                record.mistake.note(format!(
                    "the row leaves out `{}`, which has no value without it",
                    column.name
                ));
            }
        }
        record
    }

    /// Where the column stands, which the rows have to supply.
    pub(super) fn supplied(&mut self, name: &str) -> Option<usize> {
        let at = self.mistake.position(name)?;
        if !self.columns.contains(&at) {
            let message = format!("the row does not supply `{name}`");
            self.mistake.note(message);
        }
        Some(at)
    }

    /// These columns come back.
    pub(super) fn returning<N: AsRef<str>>(&mut self, columns: impl IntoIterator<Item = N>) {
        self.returning = Some(self.mistake.positions(columns));
    }

    pub(super) fn reading(&self, dialect: &dyn Dialect) -> Reading {
        Reading::of(&self.table, self.returning.as_deref(), dialect)
    }

    /// How the values of each column travel, when they are of these kinds.
    pub(super) fn wires_of(&self, kinds: &[Option<Kind>], dialect: &dyn Dialect) -> Vec<Wire> {
        let columns = self.columns.iter().map(|at| &self.table.def.columns[*at]);
        columns
            .zip(kinds)
            .map(|(column, kind)| wire::wire(column, *kind, dialect))
            .collect()
    }

    /// The statement that writes rows whose values travel so; nothing comes back yet.
    pub(super) fn insert(&self, wires: &[Wire], conflict: Option<Conflict>) -> Insert {
        let casts = self.columns.iter().zip(wires);
        Insert {
            table: (&self.table.def).into(),
            columns: self.columns.clone(),
            casts: casts
                .filter_map(|(at, wire)| Some((*at, wire.cast.clone()?)))
                .collect(),
            conflict,
            returning: Vec::new(),
        }
    }

    /// What is wrong with the first of a row's values that is not for its column.
    pub(super) fn refused(&self, values: &[Value], typed: bool) -> Option<(ErrorKind, String)> {
        let def = &self.table.def;
        self.columns.iter().zip(values).find_map(|(at, value)| {
            let column = &def.columns[*at];
            // SQLite numbers such a column where it is `NULL`.
            if value.is_null() && !column.nullable && !column.auto {
                let message = format!("`{}` may not be `NULL`", column.name);
                return Some((ErrorKind::NotNullViolation, message));
            }
            let why = fit::unfit(&self.table, *at, value, typed)?;
            Some((ErrorKind::Statement, why))
        })
    }
}
