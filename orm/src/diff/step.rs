//! Changes as statements.

/// Statements that belong together, and what has to be known before they are run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The statements, in their order.
    pub statements: Vec<String>,
    /// What of the rows is lost, in words; nothing brings it back.
    pub destroys: Vec<String>,
    /// Whom it keeps from the table while it runs.
    pub locks: Locks,
    /// Whether it has to look at all rows of the table, or to write them anew.
    pub reads_rows: bool,
    /// Whether it can be part of a transaction.
    pub transactional: bool,
}

/// Whom a statement keeps from a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Locks {
    /// Nobody.
    Nothing,
    /// Those who write.
    Writers,
    /// Those who write and those who read.
    Everybody,
}

impl Step {
    /// These statements, which lose nothing.
    pub(crate) fn new(statements: impl IntoIterator<Item = String>, locks: Locks) -> Self {
        Self {
            statements: statements.into_iter().collect(),
            destroys: Vec::new(),
            locks,
            reads_rows: false,
            transactional: true,
        }
    }

    /// The same, which lose this.
    pub(crate) fn destroying(mut self, what: impl Into<String>) -> Self {
        self.destroys.push(what.into());
        self
    }

    /// The same, which look at all rows.
    pub(crate) fn reading_rows(mut self) -> Self {
        self.reads_rows = true;
        self
    }
}
