//! What the values of a column have in common.

use super::Value;

/// What the values of a column have in common.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Bool,
    Int,
    Float,
    Text,
    Bytes,
    #[cfg(feature = "chrono")]
    Time,
    #[cfg(feature = "uuid")]
    Uuid,
}

impl Kind {
    /// That of a value, as which a database takes it; `NULL` is of any, and what no database takes as it is
    /// goes as text.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Decimal(_) | Value::Json(_) | Value::Array(_) | Value::Other { .. } => {
                Self::Text
            }
            #[cfg(feature = "chrono")]
            Value::Date(_) | Value::TimeOfDay(_) | Value::Timestamp(_) => Self::Text,
            Value::Bool(_) => Self::Bool,
            Value::Int(_) => Self::Int,
            Value::Float(_) => Self::Float,
            Value::Text(_) => Self::Text,
            Value::Bytes(_) => Self::Bytes,
            #[cfg(feature = "chrono")]
            Value::Time(_) => Self::Time,
            #[cfg(feature = "uuid")]
            Value::Uuid(_) => Self::Uuid,
        })
    }

    /// What it is called in an error.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bool => "a yes or no",
            Self::Int => "a whole number",
            Self::Float => "a number with a fraction",
            Self::Text => "a text",
            Self::Bytes => "bytes",
            #[cfg(feature = "chrono")]
            Self::Time => "a time",
            #[cfg(feature = "uuid")]
            Self::Uuid => "a UUID",
        }
    }
}

impl Kind {
    /// Whether values of this kind can be stored as bytes.
    pub(crate) fn is_bytes(self) -> bool {
        match self {
            Self::Bytes => true,
            #[cfg(feature = "uuid")]
            Self::Uuid => true,
            _ => false,
        }
    }

    /// The kind of `NULL`s in a column of this type, which have to be of one that can be assigned to it.
    pub(crate) fn declared(sql_type: &str) -> Self {
        let declared = sql_type.to_ascii_lowercase();
        let begins = |with: &[&str]| with.iter().any(|word| declared.starts_with(word));
        if begins(&["bool"]) {
            return Self::Bool;
        }
        // Neither an interval nor a range of integers is one.
        if begins(&["int", "big", "small", "serial", "num", "dec"])
            && !begins(&["interval"])
            && !declared.contains("range")
        {
            return Self::Int;
        }
        if begins(&["real", "float", "double"]) {
            return Self::Float;
        }
        if begins(&["bytea", "blob"]) {
            return Self::Bytes;
        }
        #[cfg(feature = "chrono")]
        if begins(&["timestamp", "date"]) {
            return Self::Time;
        }
        #[cfg(feature = "uuid")]
        if begins(&["uuid"]) {
            return Self::Uuid;
        }
        Self::Text
    }
}
