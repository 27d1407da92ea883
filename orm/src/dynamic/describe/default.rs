//! Defaults that no database would take, as the derive refuses them.

use super::check::wrong;
use crate::error::Result;
use crate::schema::{ColumnDef, DefaultDef, TableDef};

/// Words that are a value by themselves.
const VALUES: &[&str] = &[
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "false",
    "localtime",
    "localtimestamp",
    "null",
    "session_user",
    "system_user",
    "true",
    "user",
];

/// Words that stand between values.
const BETWEEN: &[&str] = &[
    "and", "between", "case", "collate", "distinct", "else", "end", "from", "is", "isnull", "not",
    "notnull", "or", "then", "when",
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
    if is_bare(sql) {
        let quoted = sql.replace('\'', "''");
        return Err(wrong(format!(
            "the default of `{of}` is no expression of SQL; texts, JSON, dates and times are written in single \
             quotes: `'{quoted}'`"
        )));
    }
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
    let words = sql.split(|character| !is_in_word(character));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let among = |known: &[&str], word: &str| known.iter().any(|one| word.eq_ignore_ascii_case(one));
    for (at, word) in words.iter().enumerate() {
        let is_number = word.starts_with(|first: char| first.is_ascii_digit());
        let is_between = words.len() > 1 && among(BETWEEN, word);
        let is_collation = at > 0 && words[at - 1].eq_ignore_ascii_case("collate");
        if !is_number && !is_between && !is_collation && !among(VALUES, word) {
            return Some(word);
        }
    }
    None
}

/// Tells whether the default is no SQL expression: JSON, a date or a time without quotes, or punctuation
/// alone. A date would be a subtraction.
fn is_bare(sql: &str) -> bool {
    let is_json = sql.starts_with(['{', '[']);
    let has_word = sql.contains(|character: char| character.is_alphanumeric());
    let has_quote = sql.contains(['\'', '"', '$', '(']);
    let is_digit = |character: char| character.is_ascii_digit();
    let parts: Vec<&str> = sql.split('-').collect();
    let is_date = parts.len() == 3
        && parts[0].len() == 4
        && parts[..2]
            .iter()
            .all(|part| !part.is_empty() && part.chars().all(is_digit))
        && parts[2].starts_with(is_digit);
    let is_time = sql.starts_with(is_digit) && sql.contains(':') && !sql.contains("::");
    is_json || !has_quote && (!has_word && !sql.is_empty() || is_date || is_time)
}
