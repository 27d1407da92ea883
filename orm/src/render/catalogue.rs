//! What a database is asked about itself.
//!
//! One query for each kind of fact, whatever the number of tables. Both databases answer with the same
//! columns; the first of them is the position of the table among those that are asked about.

use super::{Writer, create};
use crate::dialect::{Catalogue, Dialect};
use crate::schema::{KeyDef, TableDef};

mod pragmas;
mod tables;

/// A table that is asked about, with the types that its declaration gives to its columns.
pub(crate) type Asked<'t> = (&'t TableDef, Vec<String>);

/// What there is to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// What stands behind the name, or nothing; and for each column its name, its type, whether it is never
    /// `NULL`, has a default, is numbered and is computed. No column where there is none.
    Columns,
    /// For each column that was declared with a type, its name and what the database calls that type.
    Types,
    /// For each unique index its name, its columns or expressions, whether it is valid and checked at
    /// once, whether two `NULL`s are equal in it, and the condition of the rows in it.
    Keys,
    /// For each foreign key its column and the table and column it points to.
    References,
    /// The name of each check.
    Checks,
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
            tables::ask(&mut to, question, asked, nulls_not_distinct);
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

/// What would make a column that is missing.
pub(crate) fn add_column(
    table: &TableDef,
    at: usize,
    stored_as: &str,
    dialect: &dyn Dialect,
) -> String {
    let mut to = Writer::new(dialect);
    to.push("ALTER TABLE ").table(table).push(" ADD COLUMN ");
    create::column(&mut to, &table.columns[at], stored_as);
    to.text
}

/// What would change a column: its type, or whether it may be `NULL`.
pub(crate) fn alter_column(
    table: &TableDef,
    at: usize,
    change: &str,
    dialect: &dyn Dialect,
) -> Option<String> {
    // SQLite can change neither without making the table anew.
    let Catalogue::Tables { .. } = dialect.catalogue() else {
        return None;
    };
    let mut to = Writer::new(dialect);
    to.push("ALTER TABLE ").table(table).push(" ALTER COLUMN ");
    to.ident(&table.columns[at].name).push(" ").push(change);
    Some(to.text)
}

/// What would make a key that is missing.
pub(crate) fn add_key(table: &TableDef, key: &KeyDef, dialect: &dyn Dialect) -> String {
    create::unique_index(table, key, dialect)
}
