//! `ON CONFLICT`: which key, and what then.

use super::{Expr, Qualifier, Slot};
use crate::schema::{KeyDef, TableDef};

/// A conflict clause.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The key it is about.
    pub target: Target,
    /// What happens when the key is taken.
    pub action: Action,
}

/// The key that a conflict clause is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Any unique key of the table.
    Any,
    /// The one at this position.
    Key(usize),
}

impl Target {
    /// The key of the table that it is.
    pub fn key(self, table: &TableDef) -> Option<&KeyDef> {
        match self {
            Self::Any => None,
            Self::Key(at) => table.keys.get(at),
        }
    }

    /// Whether each of these columns is one of the key's.
    pub fn holds(self, table: &TableDef, columns: &[usize]) -> Vec<bool> {
        let key = self.key(table);
        let in_key = |at: &usize| key.is_some_and(|key| key.columns.contains(at));
        columns.iter().map(in_key).collect()
    }
}

/// What happens when the key is taken.
#[derive(Debug, Clone)]
pub enum Action {
    /// Nothing: the stored row stays.
    Nothing,
    /// The stored row is updated.
    Update {
        /// Column by column.
        assignments: Vec<Assignment>,
        /// Only where this holds.
        guard: Option<Expr>,
        /// The slots of lists in both, each with the number of its values.
        lists: Vec<(Slot, usize)>,
    },
}

/// A new value for a column of the stored row.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// The column's position.
    pub column: usize,
    /// Its new value.
    pub value: Expr,
}

impl Assignment {
    /// The value of the record: `c = EXCLUDED.c`.
    pub fn incoming(column: usize) -> Self {
        Self {
            column,
            value: Expr::Column(Qualifier::Incoming, column),
        }
    }

    /// The value of the record, unless that is `NULL`: `c = COALESCE(EXCLUDED.c, c)`.
    pub fn coalesced(column: usize) -> Self {
        let side = |side| Box::new(Expr::Column(side, column));
        Self {
            column,
            value: Expr::Coalesce(side(Qualifier::Incoming), side(Qualifier::Stored)),
        }
    }

    /// Whether it changes the stored value.
    pub fn changes(&self) -> Expr {
        let stored = Expr::Column(Qualifier::Stored, self.column);
        Expr::Differ(Box::new(stored), Box::new(self.value.clone()))
    }

    /// Those of the supplied columns that an upsert on this target may update.
    ///
    /// Assigning a column of the primary key or of the target, even to the value it has, takes the
    /// stronger row lock, which waits for and deadlocks with the children of foreign keys. What the
    /// expression of a target reads may differ.
    pub fn assignable(table: &TableDef, supplied: &[usize], target: Target) -> Vec<usize> {
        let key = target.key(table);
        let in_target = |at: usize| key.is_some_and(|key| key.fixes(at));
        let may_be_updated = |at: &usize| {
            let column = &table.columns[*at];
            !column.insert_only
                && column.generated.is_none()
                && !table.is_in_primary_key(*at)
                && !in_target(*at)
        };
        supplied.iter().copied().filter(may_be_updated).collect()
    }
}
