//! Defaults that no database would take, or that the column could not hold.

use crate::errors::Errors;
use crate::model::{Column, DefaultValue, Spanned, Table};
use crate::types::{self, Known};

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

pub(super) fn are_values(table: &Table, errors: &mut Errors) {
    for column in &table.columns {
        match column.default.as_ref().map(|default| &default.value) {
            Some(DefaultValue::Sql(sql)) => is_value(column, sql, errors),
            Some(DefaultValue::Each { postgres, sqlite }) => {
                is_value(column, postgres, errors);
                is_value(column, sqlite, errors);
            }
            Some(DefaultValue::Database | DefaultValue::Now) | None => {}
        }
    }
}

/// An empty one has been told already.
fn is_value(column: &Column, sql: &Spanned<String>, errors: &mut Errors) {
    let text = sql.value.trim();
    if is_bare(text) {
        let quoted = text.replace('\'', "''");
        errors.at(
            sql.span,
            format!(
                "`{text}` is no expression of SQL; texts, JSON, dates and times are written in \
                 single quotes: `default = \"'{quoted}'\"`"
            ),
        );
    } else if let Some(name) = name(text) {
        let quoted = text.trim_matches('"').replace('\'', "''");
        errors.at(
            sql.span,
            format!(
                "`{name}` is the name of a column here, and a default reads none; a text is \
                 written in single quotes: `default = \"'{quoted}'\"`, a function with its \
                 parentheses"
            ),
        );
    } else if text.matches('\'').count() % 2 == 1 && !text.contains(['$', '\\']) {
        errors.at(
            sql.span,
            "this default opens a single quote and does not close it; a quote within a text is \
             written twice",
        );
    } else if text.eq_ignore_ascii_case("null") && !column.nullable {
        errors.at(
            sql.span,
            "this column is never `NULL`; make it an `Option`, or choose another default",
        );
    } else if let Some(literal) = literal(text)
        && let Some(known) = types::known(&column.bare)
        && !can_be(literal, known)
    {
        errors.at(
            sql.span,
            format!(
                "this default is a text, and no {}; write it without the single quotes, or \
                 choose another",
                known.name()
            ),
        );
    }
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

/// Returns the text of an expression that is a single string literal.
fn literal(sql: &str) -> Option<&str> {
    let inside = sql.strip_prefix('\'')?.strip_suffix('\'')?;
    (!inside.contains('\'')).then_some(inside)
}

/// Tells whether a database converts the text to a value of this type.
fn can_be(text: &str, known: Known) -> bool {
    let text = text.trim();
    match known {
        Known::Integer => text.parse::<i128>().is_ok(),
        Known::Float => text.parse::<f64>().is_ok(),
        Known::Bool => {
            let words = [
                "true", "false", "t", "f", "yes", "no", "y", "n", "on", "off", "1", "0",
            ];
            words.iter().any(|word| text.eq_ignore_ascii_case(word))
        }
        Known::Text => true,
    }
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
