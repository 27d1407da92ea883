//! Which values a column takes.

use super::sql_type::SqlType;
use super::table::Described;
use crate::value::{Kind, Value};

/// Why the value cannot be stored in the column at this position: `None` where it can, or where only the
/// database knows.
pub(super) fn unfit(table: &Described, at: usize, value: &Value, typed: bool) -> Option<String> {
    let why = table.types[at].refuses(value, typed)?;
    let column = &table.def.columns[at];
    let sql_type = column.sql_type.as_deref().unwrap_or_default();
    let (name, what) = (&column.name, value.name());
    Some(if why.starts_with("cannot") {
        format!("`{name}` is of type `{sql_type}` and {why} {what}")
    } else {
        format!("`{name}` {why} {what}")
    })
}

/// Why a column of this type cannot tell which of two rows is newer, when it is given this value.
pub(super) fn no_version(
    name: &str,
    sql_type: &SqlType,
    value: &Value,
    typed: bool,
) -> Option<String> {
    let is_version = match (sql_type.orders(), value) {
        (Some(false), _) | (None, Value::Null) => false,
        // In a database without types a text is compared as a text.
        (Some(true), Value::Text(_)) => typed,
        (Some(true), _) => true,
        // A column of text holds times on SQLite, in a form that has their order.
        (None, value) => is_in_order(value),
    };
    (!is_version).then(|| {
        format!(
            "`{name}` cannot tell which of two rows is newer; versions are integers, decimals, times \
             and UUIDs"
        )
    })
}

/// Whether the order of values like this is one in time.
fn is_in_order(value: &Value) -> bool {
    !matches!(
        value,
        Value::Null
            | Value::Bool(_)
            | Value::Float(_)
            | Value::Text(_)
            | Value::Bytes(_)
            | Value::Json(_)
            | Value::Array(_)
            | Value::Decimal(_)
            | Value::Other { .. }
    )
}

/// The kind of a type that has one kind of values, which not every type has.
pub(super) fn declared(sql_type: &str) -> Option<Kind> {
    let lower = sql_type.to_ascii_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if lower.contains('[') || begins(&["num", "dec", "time"]) {
        return None;
    }
    match Kind::declared(sql_type) {
        // What is not known counts as text.
        Kind::Text if !begins(&["text", "char", "varchar", "citext"]) => None,
        kind => Some(kind),
    }
}
