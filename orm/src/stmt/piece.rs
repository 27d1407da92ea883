//! A text of the user's, in pieces.

use crate::schema::TableDef;

/// A piece of SQL of the user's own.
#[derive(Debug, Clone)]
pub enum Piece {
    /// As it is.
    Sql(&'static str),
    /// The name of a table.
    Table(&'static TableDef),
    /// The names of all its columns.
    Columns(&'static TableDef, Of),
    /// The name of a column of a table.
    Column(&'static TableDef, &'static str, Of),
    /// The next argument.
    Bind,
}

/// What stands before the name of a column.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// Nothing, or what stands in the text already.
    Text,
    /// The table, where the text names others too.
    Table,
    /// This alias.
    Alias(&'static str),
}
