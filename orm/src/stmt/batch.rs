//! Many records written by one statement.

use super::Insert;
use crate::schema::{KeyDef, TableDef};

/// An insert or upsert of many records.
#[derive(Debug, Clone)]
pub struct Batch {
    /// What is done with each record; its `returning` is what comes back of a written row.
    pub insert: Insert,
    /// Where the records are.
    pub source: Source,
    /// What becomes of several records of one key.
    pub on_duplicate: OnDuplicate,
    /// What becomes of a record that has no stored row.
    pub unmatched: Unmatched,
    /// What comes back.
    pub gives: Gives,
}

impl Batch {
    /// The positions of the columns that the predicate of the key reads and that no record supplies.
    pub fn read_beside(&self) -> Vec<usize> {
        let table = &self.insert.table;
        let Some(key) = self.insert.key() else {
            return Vec::new();
        };
        (0..table.columns.len())
            .filter(|at| !self.insert.columns.contains(at))
            .filter(reads(table, key))
            .collect()
    }

    /// Of the positions that the records supply, those that tell which records have the same key, and
    /// which of them is written.
    pub fn tells_apart(&self) -> Vec<usize> {
        let Some(key) = self.insert.key() else {
            return Vec::new();
        };
        let versions = match self.on_duplicate.keep() {
            Some(Keep::Newest { versions, .. }) => &**versions,
            Some(Keep::First | Keep::Last) | None => &[],
        };
        let reads = reads(&self.insert.table, key);
        let supplied = self.insert.columns.iter();
        supplied
            .filter(|at| key.columns.contains(at) || versions.contains(at) || reads(at))
            .copied()
            .collect()
    }
}

/// Whether the predicate of the key reads the column at a position.
fn reads(table: &TableDef, key: &KeyDef) -> impl Fn(&usize) -> bool {
    let names = key.filter.as_deref().map(names_in).unwrap_or_default();
    move |at| {
        let column = &table.columns[*at].name;
        names.iter().any(|name| name.eq_ignore_ascii_case(column))
    }
}

/// What may be the name of a column in a piece of SQL: its words, and what is in double quotes, but not
/// what is in a text.
fn names_in(sql: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (place, piece) in sql.split('\'').enumerate() {
        // A quote within a text is written twice, and so ends one text and begins the next.
        if place % 2 == 1 {
            continue;
        }
        for (place, piece) in piece.split('"').enumerate() {
            if place % 2 == 1 {
                names.push(piece);
            } else {
                let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
                names.extend(piece.split(|c| !is_part(c)).filter(|word| !word.is_empty()));
            }
        }
    }
    names
}

/// What becomes of several records of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnDuplicate {
    /// That is left to the database.
    Ignore,
    /// They are an error.
    Reject,
    /// One of them is written.
    Keep(Keep),
}

impl OnDuplicate {
    /// Which one is written.
    pub fn keep(&self) -> Option<&Keep> {
        match self {
            Self::Keep(keep) => Some(keep),
            Self::Ignore | Self::Reject => None,
        }
    }

    /// Whether they are an error.
    pub fn rejects(&self) -> bool {
        *self == Self::Reject
    }
}

/// What becomes of a record that has no stored row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmatched {
    /// It is inserted.
    Insert,
    /// It is passed over: the batch is an update of stored rows.
    Skip,
}

/// Where the records of a batch are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// In the arguments of the statement, value by value, of so many records.
    Values(usize),
    /// In the arguments of the statement, an array for each column, whose elements are of these types.
    Arrays(Vec<String>),
    /// In the staging table, whose values are of these types.
    Staged(Vec<String>),
    /// In a table whose columns are those of the table that is written to, to be compared as it does.
    Compared,
}

/// Which of several records of one key is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// The first.
    First,
    /// The last.
    Last,
    /// The one of the newest version. A version that is `NULL` is older than any other.
    Newest {
        /// The positions of the version's columns, which are compared in order.
        versions: Vec<usize>,
        /// Which one it is of the same version.
        on_tie: Tie,
    },
}

/// Which of two records of the same version is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// The earlier one.
    Earlier,
    /// The later one.
    Later,
}

/// What comes back from a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// Nothing but the number of rows written.
    Nothing,
    /// How many were inserted and how many updated; behind them, where some records may be left out,
    /// how many were not.
    Counts,
    /// Each row that was written, in the order of the records: the number of its record, or 0 where that
    /// cannot be told, whether it was inserted, or yes where that is not asked for, and the row.
    Rows,
}
