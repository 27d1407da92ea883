//! What would cure a database that differs from its declarations, and what has to be known of its rows for
//! that.

use super::{Writer, create};
use crate::dialect::{Catalogue, Dialect};
use crate::schema::{KeyDef, KeyKind, Nulls, TableDef};

/// Makes a column that is missing.
pub(crate) fn add_column(
    table: &TableDef,
    at: usize,
    sent_as: &str,
    dialect: &dyn Dialect,
) -> String {
    let mut to = alter(table, dialect);
    to.push(" ADD COLUMN ");
    create::column(&mut to, &table.columns[at], sent_as);
    to.text
}

/// Changes a column: its type, whether it may be `NULL`, its default. `None` where that takes another table.
pub(crate) fn alter_column(
    table: &TableDef,
    at: usize,
    change: &str,
    dialect: &dyn Dialect,
) -> Option<String> {
    // SQLite can change none of them without making the table anew.
    let Catalogue::Tables { .. } = dialect.catalogue() else {
        return None;
    };
    let mut to = alter(table, dialect);
    to.push(" ALTER COLUMN ");
    to.ident(&table.columns[at].name).push(" ").push(change);
    Some(to.text)
}

/// Makes a key that is missing: the primary one where there is none, any other under this name.
pub(crate) fn add_key(
    table: &TableDef,
    key: &KeyDef,
    name: Option<&str>,
    dialect: &dyn Dialect,
) -> String {
    if let Some(name) = name.filter(|_| !key.deferrable) {
        return create::unique_index(table, key, name, dialect);
    }
    let mut to = alter(table, dialect);
    to.push(" ADD ");
    create::constraint(&mut to, table, key);
    to.text
}

/// Makes a column of a table that is known by its name a key.
pub(crate) fn add_key_of_column(
    table: &str,
    column: &str,
    name: &str,
    dialect: &dyn Dialect,
) -> String {
    let mut to = Writer::new(dialect);
    to.push("CREATE UNIQUE INDEX ").ident(name).push(" ON ");
    to.ident(table).push(" (").ident(column).push(")");
    to.text
}

/// Drops an index of a table.
pub(crate) fn drop_index(table: &TableDef, name: &str, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("DROP INDEX ");
    if let Some(schema) = &table.schema {
        to.ident(schema).push(".");
    }
    to.ident(name);
    to.text
}

/// Counts, up to one, the rows of a table.
pub(crate) fn count_any(table: &TableDef, dialect: &dyn Dialect) -> String {
    count_where(table, "TRUE", dialect)
}

/// Counts, up to one, the rows in which a column is `NULL`.
pub(crate) fn count_null(table: &TableDef, columns: &[usize], dialect: &dyn Dialect) -> String {
    let mut condition = Writer::new(dialect);
    for (index, at) in columns.iter().enumerate() {
        condition.push(if index > 0 { " OR " } else { "" });
        condition.ident(&table.columns[*at].name).push(" IS NULL");
    }
    count_where(table, &condition.text, dialect)
}

/// Counts, up to one, the rows in which an integer does not fit into as many bytes.
pub(crate) fn count_beyond(
    table: &TableDef,
    at: usize,
    range: (i64, i64),
    dialect: &dyn Dialect,
) -> String {
    let mut condition = Writer::new(dialect);
    condition
        .ident(&table.columns[at].name)
        .push(&format!(" NOT BETWEEN {} AND {}", range.0, range.1));
    count_where(table, &condition.text, dialect)
}

/// Counts, up to one, the rows for which a column that is to be computed would have no value, and fails where it
/// cannot be computed.
pub(crate) fn count_not_computed(
    table: &TableDef,
    at: usize,
    expression: &str,
    sent_as: &str,
    dialect: &dyn Dialect,
) -> String {
    let column = &table.columns[at];
    let stored_as = dialect.column_type(column, sent_as);
    let value = format!("CAST(({expression}) AS {stored_as})");
    if column.nullable {
        // It is computed for each row, and no text has such a length.
        count_where(
            table,
            &format!("length(CAST({value} AS TEXT)) < 0"),
            dialect,
        )
    } else {
        count_where(table, &format!("{value} IS NULL"), dialect)
    }
}

fn count_where(table: &TableDef, condition: &str, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("SELECT count(*) FROM (SELECT 1 FROM ").table(table);
    to.push(" WHERE ").push(condition);
    to.push(" LIMIT 1) AS \" some\"");
    to.text
}

/// Counts, up to one, the values of a key that several rows have.
pub(crate) fn count_alike(table: &TableDef, key: &KeyDef, dialect: &dyn Dialect) -> String {
    let names = || {
        let mut to = Writer::new(dialect);
        match &key.expression {
            Some(expression) => {
                to.push("(").push(expression).push(")");
            }
            None => {
                to.list(key.columns.iter(), |to, at| {
                    to.ident(&table.columns[*at].name);
                });
            }
        }
        to.text
    };
    let mut to = Writer::new(dialect);
    to.push("SELECT count(*) FROM (SELECT 1 FROM ").table(table);
    let mut word = " WHERE ";
    if let Some(filter) = &key.filter {
        to.push(word).push("(").push(filter).push(")");
        word = " AND ";
    }
    if key.nulls == Nulls::Distinct && key.kind == KeyKind::Unique {
        match &key.expression {
            Some(_) => {
                to.push(word).push(&names()).push(" IS NOT NULL");
            }
            None => {
                for at in key.columns.iter() {
                    to.push(word).ident(&table.columns[*at].name);
                    to.push(" IS NOT NULL");
                    word = " AND ";
                }
            }
        }
    }
    to.push(" GROUP BY ").push(&names());
    to.push(" HAVING count(*) > 1 LIMIT 1) AS \" some\"");
    to.text
}

/// The same for a column of a table that is known by its name.
pub(crate) fn count_alike_in(table: &str, column: &str, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("SELECT count(*) FROM (SELECT 1 FROM ").ident(table);
    to.push(" WHERE ")
        .ident(column)
        .push(" IS NOT NULL GROUP BY ");
    to.ident(column)
        .push(" HAVING count(*) > 1 LIMIT 1) AS \" some\"");
    to.text
}

/// Counts what bears this name beside the tables: none or one.
pub(crate) fn count_named(table: &TableDef, name: &str, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    match dialect.catalogue() {
        Catalogue::Tables { .. } => {
            let mut itself = Writer::new(dialect);
            itself.table(table);
            to.push("SELECT count(*) FROM pg_class c JOIN pg_class t ON t.relnamespace = c.relnamespace \
                     WHERE t.oid = to_regclass(");
            to.literal(&itself.text).push(") AND c.relname = ");
            to.literal(name);
        }
        Catalogue::Pragmas => {
            to.push("SELECT count(*) FROM sqlite_schema WHERE name = ");
            to.literal(name).push(" COLLATE NOCASE");
        }
    }
    to.text
}

fn alter<'d>(table: &TableDef, dialect: &'d dyn Dialect) -> Writer<'d> {
    let mut to = Writer::new(dialect);
    to.push("ALTER TABLE ").table(table);
    to
}
