//! The table in which a database keeps the migrations that it has been through, and what keeps two that run them
//! apart.

use super::{Writer, create};
use crate::dialect::{Catalogue, Dialect};
use crate::diff::ObjectName;

/// Makes the table where there is none.
pub(crate) fn create_history(table: &ObjectName, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("CREATE TABLE IF NOT EXISTS ").object(table).push(
        " (id TEXT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL, \
         applied_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP, is_dirty BOOLEAN NOT NULL)",
    );
    to.text
}

/// Counts the tables of that name: none or one.
pub(crate) fn history_exists(table: &ObjectName, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    create::there(&mut to, table.schema.as_deref(), &table.name);
    to.text
}

/// Reads the migrations in their order: what each is known by, its checksum, and whether it is half done.
pub(crate) fn read_history(table: &ObjectName, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("SELECT id, checksum, is_dirty FROM ")
        .object(table)
        .push(" ORDER BY id");
    to.text
}

/// Writes a migration down.
pub(crate) fn note(
    table: &ObjectName,
    id: &str,
    checksum: &str,
    is_dirty: bool,
    dialect: &dyn Dialect,
) -> String {
    let mut to = Writer::new(dialect);
    to.push("INSERT INTO ")
        .object(table)
        .push(" (id, checksum, is_dirty) VALUES (")
        .literal(id)
        .push(", ")
        .literal(checksum)
        .push(if is_dirty { ", TRUE)" } else { ", FALSE)" });
    to.text
}

/// Says of a migration whether it is half done.
pub(crate) fn mark(table: &ObjectName, id: &str, is_dirty: bool, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("UPDATE ")
        .object(table)
        .push(if is_dirty {
            " SET is_dirty = TRUE"
        } else {
            " SET is_dirty = FALSE"
        })
        .push(" WHERE id = ")
        .literal(id);
    to.text
}

/// Forgets a migration.
pub(crate) fn forget(table: &ObjectName, id: &str, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("DELETE FROM ")
        .object(table)
        .push(" WHERE id = ")
        .literal(id);
    to.text
}

/// Asks for the lock that one of several runners has, and frees it; `None` where beginning to write is the lock.
/// It is asked for again and again and never waited for: whoever waits in a statement holds a snapshot, for which
/// `CREATE INDEX CONCURRENTLY` would wait in turn.
pub(crate) fn lock_history(table: &ObjectName, dialect: &dyn Dialect) -> Option<(String, String)> {
    let Catalogue::Tables { .. } = dialect.catalogue() else {
        return None;
    };
    let mut key = Writer::new(dialect);
    // The first number is the library's own: "orm" as bytes.
    key.push("(7303789, hashtext(COALESCE(")
        .literal(table.schema.as_deref().unwrap_or_default())
        .push(" || current_schema(), '') || '.' || ")
        .literal(&table.name)
        .push("))");
    Some((
        format!("SELECT pg_try_advisory_lock{}", key.text),
        format!("SELECT pg_advisory_unlock{}", key.text),
    ))
}

/// Begins a transaction that writes. On PostgreSQL it gives up on a lock of a table after some seconds, since all
/// others would queue up behind it.
pub(crate) fn begin_migration(dialect: &dyn Dialect) -> &'static str {
    match dialect.catalogue() {
        Catalogue::Tables { .. } => "BEGIN; SET LOCAL lock_timeout = '5s'",
        Catalogue::Pragmas => "BEGIN IMMEDIATE",
    }
}

/// Counts the rows that point nowhere; `None` where foreign keys are never off.
pub(crate) fn count_dangling(dialect: &dyn Dialect) -> Option<&'static str> {
    match dialect.catalogue() {
        Catalogue::Tables { .. } => None,
        Catalogue::Pragmas => Some("SELECT count(*) FROM pragma_foreign_key_check"),
    }
}

/// The triggers, each with its table; `None` where a table that changes keeps its own.
pub(crate) fn triggers(dialect: &dyn Dialect) -> Option<&'static str> {
    match dialect.catalogue() {
        Catalogue::Tables { .. } => None,
        Catalogue::Pragmas => {
            Some("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger' ORDER BY 1")
        }
    }
}

/// Asks whether foreign keys hold on this connection; `None` where they always do.
pub(crate) fn has_foreign_keys(dialect: &dyn Dialect) -> Option<&'static str> {
    match dialect.catalogue() {
        Catalogue::Tables { .. } => None,
        Catalogue::Pragmas => Some("PRAGMA foreign_keys"),
    }
}

/// Has foreign keys hold on this connection, or not; renaming works as usual again with it.
pub(crate) fn set_foreign_keys(on: bool) -> &'static str {
    if on {
        "PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON"
    } else {
        "PRAGMA foreign_keys = OFF"
    }
}
