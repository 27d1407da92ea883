//! The table that a statement is about.

use std::ops::Deref;
use std::sync::Arc;

use crate::schema::TableDef;

/// The facts of a table: of one that the program declares, or of one that is described at run time.
///
/// A statement owns it, so that it can be kept, sent to another task, or stand within another one.
#[derive(Debug, Clone)]
pub enum TableRef {
    /// Declared.
    Static(&'static TableDef),
    /// Described.
    Shared(Arc<TableDef>),
}

impl Deref for TableRef {
    type Target = TableDef;

    fn deref(&self) -> &TableDef {
        match self {
            Self::Static(table) => table,
            Self::Shared(table) => table,
        }
    }
}

impl From<&'static TableDef> for TableRef {
    fn from(table: &'static TableDef) -> Self {
        Self::Static(table)
    }
}

impl From<&Arc<TableDef>> for TableRef {
    fn from(table: &Arc<TableDef>) -> Self {
        Self::Shared(Arc::clone(table))
    }
}
