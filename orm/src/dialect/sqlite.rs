//! SQLite, in the version that sqlx bundles.

use std::fmt::Write;

use super::{Auto, Catalogue, Dialect, ToldApart};
use crate::schema::{ColumnDef, DefaultDef, TableDef};
use crate::stmt::Expr;

/// SQLite.
#[derive(Debug)]
pub(crate) struct Sqlite;

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite"
    }

    fn id(&self) -> u8 {
        2
    }

    fn placeholder(&self, number: usize, to: &mut String) {
        // Writing to a String cannot fail.
        let _ = write!(to, "?{number}");
    }

    fn placeholder_in_turn(&self, _: usize, to: &mut String) {
        // A number is a name to SQLite, and sqlx looks up the name of each: for many that takes longer
        // than all else.
        to.push('?');
    }

    fn max_arguments(&self) -> usize {
        // <https://www.sqlite.org/limits.html#max_variable_number>
        32_766
    }

    fn max_columns(&self) -> usize {
        // <https://www.sqlite.org/limits.html#max_column>
        2_000
    }

    fn has_row_locks(&self) -> bool {
        false
    }

    fn has_arrays(&self) -> bool {
        false
    }

    fn has_conflicts_of_defaults(&self) -> bool {
        false
    }

    fn has_inserts_within(&self) -> bool {
        false
    }

    fn unions_keep_collations(&self) -> bool {
        true
    }

    fn sql_name<'t>(&self, stored_as: &'t str) -> &'t str {
        stored_as
    }

    fn key_type<'c>(&self, _: &'c ColumnDef) -> Option<&'c str> {
        // The staging table's columns have the types of the table's own.
        None
    }

    fn staged_type(&self, column: &ColumnDef, stored_as: &str) -> String {
        self.column_type(column, stored_as)
    }

    fn staged_number(&self) -> &'static str {
        " INTEGER PRIMARY KEY"
    }

    fn staged_until(&self) -> &'static str {
        ""
    }

    fn told_apart(&self) -> ToldApart {
        // `RETURNING` sees neither the old row nor a system column.
        ToldApart::TwoStatements
    }

    fn differ(&self) -> &'static str {
        " IS NOT "
    }

    fn comparable(&self, _: &TableDef, _: &Expr) -> &'static str {
        ""
    }

    fn has_nulls_not_distinct(&self) -> bool {
        false
    }

    fn has_deferrable_keys(&self) -> bool {
        false
    }

    fn has_schemas(&self) -> bool {
        false
    }

    fn has_enums(&self) -> bool {
        false
    }

    fn checks_foreign_keys_early(&self) -> bool {
        false
    }

    fn catalogue(&self) -> Catalogue {
        Catalogue::Pragmas
    }

    fn is_alike(&self, declared: &str, stored: &str) -> bool {
        // A column of SQLite has an affinity and no type.
        affinity(declared) == affinity(stored)
    }

    fn lock_for_ddl(&self) -> Option<&'static str> {
        None
    }

    fn has_fillfactor(&self) -> bool {
        false
    }

    fn column_type(&self, column: &ColumnDef, stored_as: &str) -> String {
        if let Some(declared) = &column.sql_type {
            return declared.to_string();
        }
        match stored_as {
            // Only a column declared with just this word is the row's own number.
            "INTEGER" | "INT4" | "BIGINT" | "INT8" if column.auto => "INTEGER",
            // These names would give the column numeric affinity; times are kept as text.
            "DATETIME" | "DATE" | "TIME" => "TEXT",
            other => other,
        }
        .to_owned()
    }

    fn auto(&self) -> Auto {
        Auto::InlinePrimaryKey
    }

    fn default(&self, default: &DefaultDef, stored_as: &str) -> Option<String> {
        match default {
            DefaultDef::Database => None,
            DefaultDef::Now => Some(now(stored_as).to_owned()),
            // SQLite takes an expression only in parentheses.
            DefaultDef::Sql(sql) => Some(format!("({sql})")),
            DefaultDef::Each { sqlite, .. } => Some(format!("({sqlite})")),
        }
    }
}

/// The present time in just the text that an encoded Rust value of this type would have.
///
/// Times are compared as text, so one instant has to have one text: a whole second carries no
/// fraction, and UTC is written `+00:00`.
fn now(stored_as: &str) -> &'static str {
    match stored_as {
        "DATE" => "(date('now'))",
        "TIME" => "(replace(strftime('%H:%M:%f', 'now') || ';', '.000;', ';'))",
        _ => "(replace(strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'), '.000+', '+'))",
    }
}

/// What a declared type makes of the values of a column (<https://www.sqlite.org/datatype3.html#determination_of_column_affinity>).
fn affinity(declared: &str) -> &'static str {
    let declared = declared.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    if has(&["INT"]) {
        "INTEGER"
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        "TEXT"
    } else if declared.is_empty() || has(&["BLOB"]) {
        "BLOB"
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        "REAL"
    } else {
        "NUMERIC"
    }
}
