//! The declared type of a column: which values it takes, and which it gives.

use super::wire::bare;
use crate::schema::ColumnDef;
use crate::value::{Kind, Value, elements, text};

/// What is known of the type of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SqlType {
    /// Its name as it was declared, without a length; of an array that of its elements.
    name: String,
    family: Family,
    is_array: bool,
    /// The kind of its values, where it has one kind of them.
    kind: Option<Kind>,
}

/// Types whose values are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Bool,
    Int,
    Float,
    Decimal,
    Text,
    Bytes,
    Date,
    TimeOfDay,
    Timestamp,
    /// With a time zone.
    Time,
    Uuid,
    Json,
    Other,
}

impl SqlType {
    /// That of a column.
    pub(super) fn of(column: &ColumnDef) -> Self {
        let declared = column.sql_type.as_deref().unwrap_or_default();
        let bare = bare(declared);
        let (element, is_array) = match bare.split_once('[') {
            Some((element, _)) => (element.trim_end(), true),
            None => (&*bare, false),
        };
        Self {
            name: element.to_owned(),
            family: Family::of(&element.to_ascii_lowercase()),
            is_array,
            kind: super::fit::declared(declared),
        }
    }

    /// The type of a list of its values; `None` where they are lists themselves.
    pub(super) fn element(&self) -> Option<&str> {
        match self.family {
            _ if self.is_array => None,
            // Of the largest type, so that no value is out of range.
            Family::Int => Some("BIGINT"),
            _ => Some(&self.name),
        }
    }

    /// Whether its numbers are rounded to four bytes, so that one of eight is none of them.
    pub(super) fn is_real(&self) -> bool {
        let is = |name: &str| self.name.eq_ignore_ascii_case(name);
        !self.is_array && (is("real") || is("float4"))
    }

    /// Whether its values tell which of two rows is newer: `None` where that depends on the values.
    pub(super) fn orders(&self) -> Option<bool> {
        if self.is_array {
            return Some(false);
        }
        match self.family {
            Family::Int
            | Family::Decimal
            | Family::Date
            | Family::TimeOfDay
            | Family::Timestamp
            | Family::Time
            | Family::Uuid => Some(true),
            Family::Bool | Family::Float | Family::Bytes | Family::Json => Some(false),
            Family::Text | Family::Other => None,
        }
    }

    /// Why it cannot hold the value: `None` where it can, or where only the database knows. `typed` says
    /// that the database has types of columns, and not only affinities.
    pub(super) fn refuses(&self, value: &Value, typed: bool) -> Option<&'static str> {
        const KIND: &str = "cannot hold";
        let is_array = matches!(value, Value::Array(_));
        if is_array && !typed {
            return Some("is on SQLite, which has no arrays, and cannot hold");
        }
        let fits = match value {
            Value::Null | Value::Other { .. } => true,
            Value::Array(_) => self.is_array || self.family == Family::Other,
            Value::Text(_) if self.is_array => true,
            _ if self.is_array => false,
            Value::Decimal(text) if !is_decimal(text) => {
                return Some(
                    "is given a decimal number with other characters than digits, and cannot hold",
                );
            }
            Value::Decimal(text) if !typed && self.family != Family::Text && digits(text) > 15 => {
                return Some(
                    "keeps 15 digits of a number on SQLite unless it is declared as `TEXT`, and cannot hold",
                );
            }
            #[cfg(feature = "chrono")]
            Value::Date(_) | Value::Timestamp(_) if !typed && is_out_of_order(value) => {
                return Some(
                    "is a text on SQLite, where the years 0 to 9999 are in order, and cannot hold",
                );
            }
            value => match (self.kind, Kind::of(value)) {
                (None | Some(Kind::Text), _) | (_, None) => true,
                (Some(Kind::Float), Some(kind)) => matches!(kind, Kind::Int | Kind::Float),
                (Some(Kind::Bytes), Some(kind)) => kind.is_bytes(),
                #[cfg(feature = "chrono")]
                (Some(Kind::Time), _) => true,
                #[cfg(feature = "uuid")]
                (Some(Kind::Uuid), _) => true,
                (Some(own), Some(kind)) => own == kind,
            },
        };
        (!fits).then_some(KIND)
    }

    /// The value that the database gave, as one of this type. `typed` says that a text is how the
    /// database writes it, and not what was stored.
    pub(super) fn read(&self, value: Value, typed: bool) -> Value {
        match value {
            Value::Text(text) if self.is_array && typed => {
                let read = |text: String| self.family.read(text, &self.name, true);
                match elements(&text, &read) {
                    Some(elements) => Value::Array(elements),
                    None => Value::Other {
                        type_name: format!("{}[]", self.name),
                        text,
                    },
                }
            }
            Value::Text(text) if !self.is_array => self.family.read(text, &self.name, typed),
            value if typed || self.is_array => value,
            value => self.family.restore(value),
        }
    }
}

impl Family {
    fn of(name: &str) -> Self {
        let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
        match name {
            "bool" | "boolean" => Self::Bool,
            "date" => Self::Date,
            "time" | "time without time zone" => Self::TimeOfDay,
            "timestamp" | "timestamp without time zone" | "datetime" => Self::Timestamp,
            "timestamptz" | "timestamp with time zone" => Self::Time,
            "uuid" => Self::Uuid,
            "json" | "jsonb" => Self::Json,
            "bytea" | "blob" => Self::Bytes,
            "numeric" | "decimal" | "dec" => Self::Decimal,
            "real" | "float" | "float4" | "float8" | "double" | "double precision" => Self::Float,
            "text" | "varchar" | "character varying" | "char" | "character" | "bpchar" | "name"
            | "citext" => Self::Text,
            _ if begins(&["interval"]) || name.contains("range") => Self::Other,
            _ if begins(&["int", "big", "small", "serial"]) => Self::Int,
            _ => Self::Other,
        }
    }

    /// What a text is a value of.
    fn read(self, text: String, name: &str, typed: bool) -> Value {
        let read = match self {
            Self::Text => return Value::Text(text),
            Self::Bool if typed => match &*text {
                "t" | "true" => Some(Value::Bool(true)),
                "f" | "false" => Some(Value::Bool(false)),
                _ => None,
            },
            Self::Int if typed => text.parse().ok().map(Value::Int),
            Self::Float if typed => text.parse().ok().map(Value::Float),
            Self::Bytes if typed => bytes(&text).map(Value::Bytes),
            Self::Decimal if is_decimal(&text) => return Value::Decimal(text),
            Self::Json => return Value::Json(text),
            #[cfg(feature = "chrono")]
            Self::Date => crate::value::date(&text).map(Value::Date),
            #[cfg(feature = "chrono")]
            Self::TimeOfDay => time_of_day(&text).map(Value::TimeOfDay),
            #[cfg(feature = "chrono")]
            Self::Timestamp => timestamp(&text)
                .map(Value::Timestamp)
                .or_else(|| time(&text).map(Value::Time)),
            #[cfg(feature = "chrono")]
            Self::Time => time(&text).map(Value::Time),
            #[cfg(feature = "uuid")]
            Self::Uuid => text.parse().ok().map(Value::Uuid),
            _ => None,
        };
        match read {
            Some(read) => read,
            None if typed => Value::Other {
                type_name: name.to_owned(),
                text,
            },
            None => Value::Text(text),
        }
    }

    /// What a value without a type of its own is one of, on a database that only has affinities.
    fn restore(self, value: Value) -> Value {
        match (self, value) {
            (Self::Bool, Value::Int(value @ (0 | 1))) => Value::Bool(value == 1),
            (Self::Decimal, value @ (Value::Int(_) | Value::Float(_))) => {
                Value::Decimal(text(&value).into_owned())
            }
            (Self::Json, value @ (Value::Int(_) | Value::Float(_))) => {
                Value::Json(text(&value).into_owned())
            }
            #[cfg(feature = "uuid")]
            (Self::Uuid, Value::Bytes(bytes)) => match uuid::Uuid::from_slice(&bytes) {
                Ok(value) => Value::Uuid(value),
                Err(_) => Value::Bytes(bytes),
            },
            (_, value) => value,
        }
    }
}

/// Whether this is a decimal number as PostgreSQL writes one.
fn is_decimal(text: &str) -> bool {
    if ["NaN", "Infinity", "-Infinity"].contains(&text) {
        return true;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (number, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((number, exponent)) => (
            number,
            exponent.strip_prefix(['-', '+']).unwrap_or(exponent),
        ),
        None => (unsigned, "0"),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = !whole.is_empty() || !part.is_empty();
    let has_exponent = !exponent.is_empty();
    is_number && has_exponent && is_digits(whole) && is_digits(part) && is_digits(exponent)
}

/// How many digits of a number count.
fn digits(text: &str) -> usize {
    let number = text.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    if number.contains('.') {
        digits.trim_end_matches('0').len()
    } else {
        digits.len()
    }
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let hex = text.strip_prefix("\\x")?;
    let byte = |at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    (0..hex.len()).step_by(2).map(byte).collect()
}

#[cfg(feature = "chrono")]
fn time_of_day(text: &str) -> Option<chrono::NaiveTime> {
    chrono::NaiveTime::parse_from_str(text, "%H:%M:%S%.f").ok()
}

/// A date and a time of day, with a space or a `T` between them.
#[cfg(feature = "chrono")]
fn timestamp(text: &str) -> Option<chrono::NaiveDateTime> {
    let (text, era) = match text.strip_suffix(" BC") {
        Some(text) => (text, " BC"),
        None => (text, ""),
    };
    let (date, time) = text.split_once([' ', 'T'])?;
    Some(crate::value::date(&format!("{date}{era}"))?.and_time(time_of_day(time)?))
}

/// A point in time in UTC: one with another offset keeps that as text.
#[cfg(feature = "chrono")]
fn time(text: &str) -> Option<chrono::DateTime<chrono::Utc>> {
    let (text, era) = match text.strip_suffix(" BC") {
        Some(text) => (text, " BC"),
        None => (text, ""),
    };
    let mut zones = ["+00:00", "+00", "Z"].into_iter();
    let naive = zones.find_map(|zone| text.strip_suffix(zone))?;
    Some(timestamp(&format!("{naive}{era}"))?.and_utc())
}

/// Whether a text of it would not be in its place among others.
#[cfg(feature = "chrono")]
fn is_out_of_order(value: &Value) -> bool {
    use chrono::Datelike;

    let year = match value {
        Value::Date(date) => date.year(),
        Value::Timestamp(value) => value.year(),
        _ => return false,
    };
    !(0..=9999).contains(&year)
}
