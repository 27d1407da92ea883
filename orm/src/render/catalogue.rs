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

/// The tables that are asked about.
#[derive(Debug)]
pub(crate) enum Scope<'s> {
    /// These, which are found as a statement would find them. Their positions tell them apart.
    Named(&'s [Asked<'s>]),
    /// All plain tables of the connection's own schema and of these. Numbers of the database tell them apart.
    #[cfg_attr(
        not(feature = "migrate"),
        expect(dead_code, reason = "`verify!` asks about the tables that it is given")
    )]
    All {
        /// Further schemas.
        schemas: &'s [&'s str],
    },
}

/// What there is to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// What stands behind the name, or nothing; its schema, where it is not the connection's own, and its name;
    /// how full its pages are packed. For each column its name, its type and that with its modifier, whether it
    /// is never `NULL`, its default, how it is numbered and computed, its collation, whether that is not the
    /// one of its type and whether it holds different texts for equal, whether something reads the column that
    /// is in the way of another type, and whether a trigger can supply it. No column where there is none.
    Columns,
    /// For each column its name and what the database calls the type that was declared, the type as which
    /// its values are sent, and the type that a declared domain is of.
    Types,
    /// For each part of each index a number that the index has alone, its name, whether it is valid and checked
    /// at once, whether two `NULL`s are equal in it, the condition of the rows in it, whether it is unique and
    /// that of the primary key, of which constraint it is and whether that is deferrable and deferred, its
    /// access method where it is not the usual one; whether the part is merely included, the column that it is,
    /// its text, and what stands behind that.
    Keys,
    /// For each column of each foreign key a number that its foreign key has alone, its name, the schema and name
    /// of the table it points to, what it does on deletion and on update, whether it is deferrable, deferred and
    /// validated, the column and the one that it points to.
    References,
    /// For each foreign key from or to the table that points to no key: the table and columns it is of, and the
    /// table and columns it points to.
    Broken,
    /// The name of each check, its condition, and whether it is validated.
    Checks,
    /// The statement that made the table, and those that made its indexes.
    Text,
    /// For each label of each enum a number that the enum has alone, its schema, its name, and the label.
    Enums,
}

/// The text of a question about these tables; `None` where the database has no answer to it.
pub(crate) fn catalogue(
    question: Question,
    scope: &Scope<'_>,
    dialect: &dyn Dialect,
) -> Option<String> {
    let mut to = Writer::new(dialect);
    match dialect.catalogue() {
        Catalogue::Tables { nulls_not_distinct } => {
            tables::ask(&mut to, question, scope, nulls_not_distinct)?;
        }
        Catalogue::Pragmas => pragmas::ask(&mut to, question, scope)?,
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
