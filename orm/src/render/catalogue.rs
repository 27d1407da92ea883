//! What a database is asked about itself.
//!
//! One query for each kind of fact, whatever the number of tables. Both databases answer with the same
//! columns; the first of them is the position of the table among those that are asked about.

use super::Writer;
use crate::dialect::{Catalogue, Dialect};
use crate::schema::{KeyDef, TableDef};

mod pragmas;
mod tables;

/// A table that is asked about.
#[derive(Debug)]
pub(crate) struct Asked<'t> {
    /// Its facts.
    pub(crate) table: &'t TableDef,
    /// The types that its declaration gives to its columns.
    pub(crate) types: &'t [String],
    /// The types as which the values of its columns are sent; empty where they are known at run time only.
    pub(crate) sent_as: &'t [String],
}

/// What there is to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// What stands behind the name, or nothing; and for each column its name, its type, whether it is never
    /// `NULL`, has a default, is numbered and is computed, its collation and whether that holds different
    /// texts for equal, whether something reads it that is in the way of another type, and whether a
    /// trigger can supply it. No column where there is none.
    Columns,
    /// For each column its name and what the database calls the type that was declared, the type as which
    /// its values are sent, and the type that a declared domain is of.
    Types,
    /// For each index its name, its columns or expressions, whether it is valid and checked at once, whether
    /// two `NULL`s are equal in it, the condition of the rows in it, and whether it is unique, that of
    /// the primary key, and that of a constraint.
    Keys,
    /// For each column of each foreign key a number that its foreign key has alone, its name, and the table and
    /// the column it points to.
    References,
    /// For each foreign key from or to the table that points to no key: the table and columns it is of, and the
    /// table and columns it points to.
    Broken,
    /// The name of each check.
    Checks,
    /// The statement that made the table.
    Text,
}

/// The text of a question about these tables; `None` where the database has no answer to it.
pub(crate) fn catalogue(
    question: Question,
    asked: &[Asked<'_>],
    dialect: &dyn Dialect,
) -> Option<String> {
    let mut to = Writer::new(dialect);
    match dialect.catalogue() {
        Catalogue::Tables { nulls_not_distinct } => {
            tables::ask(&mut to, question, asked, nulls_not_distinct)?;
        }
        Catalogue::Pragmas => pragmas::ask(&mut to, question, asked)?,
    }
    Some(to.text)
}

/// Asks the planner whether an upsert on this key would find it. Nothing is executed.
pub(crate) fn explain_key(table: &TableDef, key: &KeyDef, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("EXPLAIN INSERT INTO ").table(table);
    match dialect.catalogue() {
        Catalogue::Tables { .. } => {
            to.push(" DEFAULT VALUES");
        }
        // `DEFAULT VALUES` goes with no conflict clause there.
        Catalogue::Pragmas => {
            to.push(" (");
            let first = table
                .columns
                .iter()
                .find(|column| column.generated.is_none());
            to.ident(first.map_or("", |column| &column.name));
            to.push(") VALUES (NULL)");
        }
    }
    super::insert::target(&mut to, table, key);
    to.push(" DO NOTHING");
    to.text
}

/// Asks whether a row can be inserted at all, where a table can be made of which that is not true: a default
/// may call a function that is not there. Nothing is executed.
pub(crate) fn explain_insert(table: &TableDef, dialect: &dyn Dialect) -> Option<String> {
    let Catalogue::Pragmas = dialect.catalogue() else {
        return None;
    };
    let mut to = Writer::new(dialect);
    to.push("EXPLAIN INSERT INTO ")
        .table(table)
        .push(" DEFAULT VALUES");
    Some(to.text)
}
