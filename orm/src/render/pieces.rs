//! A text of the user's, with names and placeholders put in.

use super::Writer;
use crate::dialect::Dialect;
use crate::schema::TableDef;
use crate::stmt::{Of, Piece};

/// The text of these pieces.
pub(crate) fn pieces(pieces: &[Piece], dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    let is_joined = names_several(pieces);
    for piece in pieces {
        match piece {
            Piece::Sql(sql) => {
                to.push(sql);
            }
            Piece::Table(table) => {
                to.table(table);
            }
            Piece::Columns(table, of) => {
                to.list(table.columns.iter(), |to, each| {
                    column(to, table, &each.name, *of, is_joined);
                });
            }
            Piece::Column(table, name, of) => column(&mut to, table, name, *of, is_joined),
            Piece::Bind => {
                to.bind();
            }
        }
    }
    to.text
}

/// Whether two tables or more are named.
fn names_several(pieces: &[Piece]) -> bool {
    let mut tables = pieces.iter().filter_map(|piece| match piece {
        Piece::Table(table) => Some((&table.schema, &table.name)),
        _ => None,
    });
    let first = tables.next();
    tables.any(|other| Some(other) != first)
}

fn column(to: &mut Writer<'_>, table: &TableDef, name: &str, of: Of, is_joined: bool) {
    match of {
        Of::Alias(alias) => {
            // As it stands in the text: one that is not quoted is folded there as here.
            to.push(alias).push(".");
        }
        Of::Table if is_joined => {
            to.table(table).push(".");
        }
        Of::Table | Of::Text => {}
    }
    to.ident(name);
}
