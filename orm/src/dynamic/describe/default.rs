//! Defaults that no database would take, as the derive refuses them.

use super::check::wrong;
use crate::error::Result;
use crate::schema::{ColumnDef, DefaultDef, TableDef};

/// Words that are a value by themselves, and those that stand between values.
const KEYWORDS: &[&str] = &[
    "and",
    "between",
    "case",
    "collate",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "distinct",
    "else",
    "end",
    "false",
    "from",
    "is",
    "isnull",
    "localtime",
    "localtimestamp",
    "not",
    "notnull",
    "null",
    "or",
    "session_user",
    "system_user",
    "then",
    "true",
    "user",
    "when",
];

/// Refuses defaults that are the name of a column, that end within a text, and `NULL` where it may not be.
pub(super) fn are_values(table: &TableDef) -> Result<()> {
    for column in table.columns.iter() {
        match &column.default {
            Some(DefaultDef::Sql(sql)) => is_value(column, sql.trim())?,
            Some(DefaultDef::Each { postgres, sqlite }) => {
                is_value(column, postgres.trim())?;
                is_value(column, sqlite.trim())?;
            }
            Some(DefaultDef::Database | DefaultDef::Now) | None => {}
        }
    }
    Ok(())
}

fn is_value(column: &ColumnDef, sql: &str) -> Result<()> {
    let of = &column.name;
    if let Some(name) = name(sql) {
        let quoted = sql.trim_matches('"').replace('\'', "''");
        return Err(wrong(format!(
            "the default of `{of}` reads `{name}`, the name of a column, and a default reads none; a text is \
             written in single quotes, `'{quoted}'`, a function with its parentheses"
        )));
    }
    if sql.matches('\'').count() % 2 == 1 && !sql.contains(['$', '\\']) {
        return Err(wrong(format!(
            "the default of `{of}` opens a single quote and does not close it; a quote within a text is \
             written twice"
        )));
    }
    if sql.eq_ignore_ascii_case("null") && !column.nullable {
        return Err(wrong(format!(
            "`{of}` is never `NULL`, and its default is; call `nullable`, or choose another default"
        )));
    }
    Ok(())
}

/// The first name in an expression of words alone: without quotes, calls, casts and arrays.
fn name(sql: &str) -> Option<&str> {
    let inside = sql.strip_prefix('"').and_then(|sql| sql.strip_suffix('"'));
    if inside.is_some_and(|inside| !inside.contains('"')) {
        return Some(sql);
    }
    if sql.contains(['\'', '"', '(', '[', ':', '$']) {
        return None;
    }
    let is_in_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut before = "";
    for word in sql.split(|character| !is_in_word(character)) {
        let is_name = word.starts_with(|first: char| !first.is_ascii_digit())
            && !KEYWORDS
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known))
            && !before.eq_ignore_ascii_case("collate");
        if is_name {
            return Some(word);
        }
        if !word.is_empty() {
            before = word;
        }
    }
    None
}
