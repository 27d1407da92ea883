//! What became of the records of a batch.

/// What became of the records of a batch, in numbers.
///
/// Every record is counted once: `total` is the sum of all the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Report {
    /// All records.
    pub total: u64,
    /// There was no row of their key.
    pub inserted: u64,
    /// There was a row of their key, which was updated.
    pub updated: u64,
    /// There was a row of their key, which stays as it is; or it was kept out by a trigger, or on SQLite by
    /// `ON CONFLICT IGNORE`.
    pub skipped: u64,
    /// Another record of the batch has their key, and that one counts.
    pub deduplicated: u64,
    /// The database refused them.
    pub failed: u64,
}

impl Report {
    /// How many rows were written: inserted or updated.
    pub fn written(&self) -> u64 {
        self.inserted + self.updated
    }
}

/// What became of one record of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BatchOutcome<T> {
    /// There was no row of its key; this is the new one.
    Inserted(T),
    /// There was a row of its key; this is it, updated.
    Updated(T),
    /// There was a row of its key, which stays as it is; or it was kept out by a trigger, or on SQLite by
    /// `ON CONFLICT IGNORE`.
    Skipped,
    /// Another record of the batch has its key, and that one counts.
    Duplicate {
        /// Its position.
        of: usize,
    },
}

impl<T> BatchOutcome<T> {
    /// The row, where one was written.
    pub fn into_row(self) -> Option<T> {
        match self {
            Self::Inserted(row) | Self::Updated(row) => Some(row),
            Self::Skipped | Self::Duplicate { .. } => None,
        }
    }
}
