//! Many records written by one statement.

use super::Insert;

/// An insert or upsert of many records.
#[derive(Debug, Clone)]
pub struct Batch<'t> {
    /// What is done with each record; its `returning` is what comes back of a written row.
    pub insert: Insert<'t>,
    /// Where the records are.
    pub source: Source,
    /// Which of several records of one key is written; `None` leaves that to the database.
    pub keep: Option<Keep>,
    /// Whether several records of one key are an error.
    pub refuses: bool,
    /// What comes back.
    pub gives: Gives,
}

/// Where the records of a batch are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// In the arguments of the statement, value by value, of so many records.
    Values(usize),
    /// In the arguments of the statement, an array for each column, whose elements are of these types.
    Arrays(Vec<String>),
    /// In the staging table.
    Staged,
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
