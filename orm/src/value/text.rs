//! Values as the text that databases write and read them as.

use std::borrow::Cow;
use std::fmt::Write;

use super::Value;

/// The text that a database reads a value from; that of `NULL` is empty.
pub(crate) fn text(value: &Value) -> Cow<'_, str> {
    Cow::Owned(match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) if value.is_infinite() => {
            let sign = if *value < 0.0 { "-" } else { "" };
            format!("{sign}Infinity")
        }
        Value::Float(value) => value.to_string(),
        Value::Text(text) | Value::Decimal(text) | Value::Json(text) => {
            return Cow::Borrowed(text);
        }
        Value::Other { text, .. } => return Cow::Borrowed(text),
        Value::Bytes(bytes) => {
            let mut text = String::from("\\x");
            for byte in bytes {
                let _: std::fmt::Result = write!(text, "{byte:02x}");
            }
            text
        }
        Value::Array(elements) => {
            let mut text = String::new();
            array(elements, &mut text);
            text
        }
        #[cfg(feature = "chrono")]
        Value::Time(value) => timestamp_with(value.naive_utc(), 0, "+00:00"),
        #[cfg(feature = "chrono")]
        Value::Date(value) => {
            let (year, is_before) = year(*value, 0);
            let era = if is_before { " BC" } else { "" };
            format!("{year}{}{era}", value.format("-%m-%d"))
        }
        #[cfg(feature = "chrono")]
        Value::TimeOfDay(value) => value.to_string(),
        #[cfg(feature = "chrono")]
        Value::Timestamp(value) => timestamp(*value, 0),
        #[cfg(feature = "uuid")]
        Value::Uuid(value) => value.to_string(),
    })
}

/// An array as PostgreSQL writes one
/// (<https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO>).
fn array(elements: &[Value], to: &mut String) {
    to.push('{');
    for (place, element) in elements.iter().enumerate() {
        if place > 0 {
            to.push(',');
        }
        match element {
            Value::Null => to.push_str("NULL"),
            Value::Array(within) => array(within, to),
            other => {
                to.push('"');
                for character in text(other).chars() {
                    if matches!(character, '"' | '\\') {
                        to.push('\\');
                    }
                    to.push(character);
                }
                to.push('"');
            }
        }
    }
    to.push('}');
}

/// The elements of an array as PostgreSQL writes one, each of which `read` makes of its text; `None` for
/// what no list of elements says, such as an array that does not begin at 1.
pub(crate) fn elements(text: &str, read: &dyn Fn(String) -> Value) -> Option<Vec<Value>> {
    let (elements, rest) = list(text.strip_prefix('{')?, read)?;
    rest.is_empty().then_some(elements)
}

/// The elements up to the brace that ends them, and what stands behind it.
fn list<'t>(mut rest: &'t str, read: &dyn Fn(String) -> Value) -> Option<(Vec<Value>, &'t str)> {
    let mut elements = Vec::new();
    if let Some(behind) = rest.strip_prefix('}') {
        return Some((elements, behind));
    }
    loop {
        let element;
        (element, rest) = one(rest, read)?;
        elements.push(element);
        if let Some(behind) = rest.strip_prefix('}') {
            return Some((elements, behind));
        }
        rest = rest.strip_prefix(',')?;
    }
}

fn one<'t>(text: &'t str, read: &dyn Fn(String) -> Value) -> Option<(Value, &'t str)> {
    if let Some(within) = text.strip_prefix('{') {
        let (elements, behind) = list(within, read)?;
        return Some((Value::Array(elements), behind));
    }
    let quoted = text.strip_prefix('"');
    let mut element = String::new();
    let mut characters = quoted.unwrap_or(text).chars();
    loop {
        let rest = characters.as_str();
        let character = characters.next()?;
        match character {
            '\\' => element.push(characters.next()?),
            '"' if quoted.is_some() => return Some((read(element), characters.as_str())),
            ',' | '}' if quoted.is_none() => {
                let value = if element.eq_ignore_ascii_case("null") {
                    Value::Null
                } else {
                    read(element)
                };
                return Some((value, rest));
            }
            other => element.push(other),
        }
    }
}

/// The year as PostgreSQL counts it, so many years later, and whether it is before the first.
#[cfg(feature = "chrono")]
fn year(date: chrono::NaiveDate, later: i32) -> (String, bool) {
    let year = chrono::Datelike::year(&date) + later;
    let is_before = year < 1;
    let year = if is_before { 1 - year } else { year };
    (format!("{year:04}"), is_before)
}

/// A point in time so many years later, without a time zone.
#[cfg(feature = "chrono")]
pub(crate) fn timestamp(value: chrono::NaiveDateTime, later: i32) -> String {
    timestamp_with(value, later, "")
}

#[cfg(feature = "chrono")]
fn timestamp_with(value: chrono::NaiveDateTime, later: i32, zone: &str) -> String {
    let (year, is_before) = year(value.date(), later);
    let era = if is_before { " BC" } else { "" };
    format!("{year}{}{zone}{era}", value.format("-%m-%d %H:%M:%S%.f"))
}

/// The date that PostgreSQL and SQLite write so.
#[cfg(feature = "chrono")]
pub(crate) fn date(text: &str) -> Option<chrono::NaiveDate> {
    let (text, is_before) = match text.strip_suffix(" BC") {
        Some(text) => (text, true),
        None => (text, false),
    };
    let mut parts = text.splitn(3, '-');
    let year: i32 = parts.next()?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year = if is_before { 1 - year } else { year };
    chrono::NaiveDate::from_ymd_opt(year, month, day)
}
