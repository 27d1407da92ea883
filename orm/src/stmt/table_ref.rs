//! The table that a statement is about.

use std::any::TypeId;
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
    /// Declared by this type, by which columns find it among several tables.
    Typed(&'static TableDef, TypeId),
    /// Described.
    Shared(Arc<TableDef>),
}

impl TableRef {
    /// Whether it is declared by this type.
    pub fn is(&self, id: TypeId) -> bool {
        matches!(self, Self::Typed(_, known) if *known == id)
    }
}

impl Deref for TableRef {
    type Target = TableDef;

    fn deref(&self) -> &TableDef {
        match self {
            Self::Static(table) | Self::Typed(table, _) => table,
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
