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
    Columns(&'static TableDef),
    /// The name of a column.
    Column(&'static str),
    /// The next argument.
    Bind,
}
