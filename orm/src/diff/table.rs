//! Tables.

use super::{ForeignKey, Index, Key, ObjectName, SchemaColumn};

/// A table. Two of them are equal in whatever order their columns stand.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Table {
    /// Its name.
    pub name: ObjectName,
    /// Its columns, in the order of the table.
    pub columns: Vec<SchemaColumn>,
    /// Its primary key and the other unique keys that are constraints.
    pub keys: Vec<Key>,
    /// Its other indexes, unique or not.
    pub indexes: Vec<Index>,
    /// Its foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// Its checks.
    pub checks: Vec<Check>,
    /// How full PostgreSQL packs a page, in percent.
    pub fillfactor: Option<u8>,
    /// What else stands behind its columns: `STRICT` and `WITHOUT ROWID` on SQLite.
    pub options: Vec<String>,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Check {
    /// The name of its constraint, where it has one.
    pub name: Option<String>,
    /// Its condition.
    pub condition: String,
    /// Whether the rows that were there when it was made have been checked (PostgreSQL: `NOT VALID`).
    pub validated: bool,
}

impl Table {
    /// A table without columns.
    pub fn new(name: ObjectName) -> Self {
        Self {
            name,
            columns: Vec::new(),
            keys: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            fillfactor: None,
            options: Vec::new(),
        }
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&SchemaColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The primary key.
    pub fn primary_key(&self) -> Option<&Key> {
        self.keys.iter().find(|key| key.primary)
    }

    /// The same table; all but its columns sorted.
    pub(super) fn sorted(mut self) -> Self {
        self.keys.sort();
        self.indexes.sort();
        self.foreign_keys.sort_by(|one, other| {
            let of = |key: &ForeignKey| (key.name.clone(), key.columns.clone());
            of(one).cmp(&of(other))
        });
        self.checks.sort();
        self.options.sort();
        self
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        let same_columns = self.columns.len() == other.columns.len()
            && self
                .columns
                .iter()
                .all(|column| other.column(&column.name) == Some(column));
        same_columns
            && self.name == other.name
            && self.keys == other.keys
            && self.indexes == other.indexes
            && self.foreign_keys == other.foreign_keys
            && self.checks == other.checks
            && self.fillfactor == other.fillfactor
            && self.options == other.options
    }
}

impl Eq for Table {}

impl Check {
    /// A check of this name.
    pub fn new(name: impl Into<String>, condition: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            condition: condition.into(),
            validated: true,
        }
    }
}
