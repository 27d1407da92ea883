//! Defaults that no database would take.

use crate::ColumnDef;

/// Why SQL is no default of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadDefault {
    /// It is no expression: a text, JSON, a date or a time without quotes.
    Bare {
        /// The SQL that was written.
        text: String,
        /// It as a text of SQL.
        quoted: String,
    },
    /// It reads this name, which would be that of a column.
    Reads {
        /// The name.
        name: String,
        /// The whole as a text of SQL.
        quoted: String,
    },
    /// It opens a quote and does not close it.
    Open,
    /// It is `NULL`, and the column never is.
    Null,
}

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

/// Returns why the trimmed SQL is no default of the column; whether it is empty is another question.
pub(super) fn bad(column: &ColumnDef, sql: &str) -> Option<BadDefault> {
    if is_bare(sql) {
        Some(BadDefault::Bare {
            text: sql.to_owned(),
            quoted: quoted(sql),
        })
    } else if let Some(name) = name(sql) {
        Some(BadDefault::Reads {
            name: name.to_owned(),
            quoted: quoted(sql.trim_matches('"')),
        })
    } else if sql.matches('\'').count() % 2 == 1 && !sql.contains(['$', '\\']) {
        Some(BadDefault::Open)
    } else if sql.eq_ignore_ascii_case("null") && !column.nullable {
        Some(BadDefault::Null)
    } else {
        None
    }
}

/// The text in single quotes, as SQL writes it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
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
