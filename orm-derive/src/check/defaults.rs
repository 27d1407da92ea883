//! Defaults that the column could not hold.

use crate::errors::Errors;
use crate::model::{Column, DefaultValue, Spanned, Table};
use crate::types::{self, Known};

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

/// What is no default at all has been told already.
fn is_value(column: &Column, sql: &Spanned<String>, errors: &mut Errors) {
    if let Some(literal) = literal(sql.value.trim())
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
