//! An insert or upsert of run-time rows that owns the table it is about.

use std::sync::Arc;

use super::record::Record;
use super::table::Described;
use super::wire::Wire;
use crate::schema::Name;
use crate::stmt::{Action, Conflict, Insert, Returned, Target};

/// The key that decides whether a row is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// Any unique key of the table.
    Any,
    /// The one at this position.
    Key(usize),
}

impl Aim {
    pub(super) fn target(self, table: &Described) -> Target<'_> {
        match self {
            Self::Any => Target::Any,
            Self::Key(at) => Target::Key(&table.def.keys[at]),
        }
    }
}

/// An insert or upsert.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    table: Arc<Described>,
    columns: Vec<usize>,
    casts: Vec<(usize, Name)>,
    conflict: Option<(Aim, Action)>,
    pub(super) returning: Vec<Returned>,
}

impl Statement {
    /// Of rows whose values travel so; nothing comes back yet.
    pub(super) fn of<V>(
        record: &Record<V>,
        wires: &[Wire],
        conflict: Option<(Aim, Action)>,
    ) -> Self {
        Self {
            table: Arc::clone(&record.table),
            columns: record.columns.clone(),
            casts: record.casts(wires),
            conflict,
            returning: Vec::new(),
        }
    }

    pub(super) fn insert(&self) -> Insert<'_> {
        let conflict = self.conflict.as_ref().map(|(aim, action)| Conflict {
            target: aim.target(&self.table),
            action: action.clone(),
        });
        Insert {
            table: &self.table.def,
            columns: self.columns.clone(),
            casts: self.casts.clone(),
            conflict,
            returning: self.returning.clone(),
        }
    }
}
