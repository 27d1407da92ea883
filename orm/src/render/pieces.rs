//! A text of the user's, with names and placeholders put in.

use super::Writer;
use crate::dialect::Dialect;
use crate::stmt::Piece;

/// The text of these pieces.
pub(crate) fn pieces(pieces: &[Piece], dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    for piece in pieces {
        match piece {
            Piece::Sql(sql) => to.push(sql),
            Piece::Table(table) => to.table(table),
            Piece::Columns(table) => to.list(table.columns.iter(), |to, column| {
                to.ident(&column.name);
            }),
            Piece::Column(name) => to.ident(name),
            Piece::Bind => to.bind(),
        };
    }
    to.text
}
