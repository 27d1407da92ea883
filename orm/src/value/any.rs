//! A value whose type is known at run time only.

use super::Kind;

/// A value of a table that is described at run time.
///
/// Every value of a database can be written and read without loss: what no variant holds is
/// [`Other`](Self::Other), which keeps the text that the database writes it as. So are dates and times
/// without the feature `chrono`, those that `chrono` cannot hold, such as `infinity`, and UUIDs without the
/// feature `uuid`. One thing is lost: SQLite keeps `1.50` in a `NUMERIC` column as `1.5`, the same number without its
/// trailing zeros; declare the column `TEXT` where they matter.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// No value.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A point in time.
    #[cfg(feature = "chrono")]
    Time(chrono::DateTime<chrono::Utc>),
    /// A UUID.
    #[cfg(feature = "uuid")]
    Uuid(uuid::Uuid),
    /// A date.
    #[cfg(feature = "chrono")]
    Date(chrono::NaiveDate),
    /// A time of day.
    #[cfg(feature = "chrono")]
    TimeOfDay(chrono::NaiveTime),
    /// A date and a time of day without a time zone; with one it is a [`Time`](Self::Time).
    #[cfg(feature = "chrono")]
    Timestamp(chrono::NaiveDateTime),
    /// A decimal number of any size, digit by digit: `-12.50`. PostgreSQL has `NaN`, `Infinity` and
    /// `-Infinity` too.
    Decimal(String),
    /// A JSON document, as text.
    Json(String),
    /// An array; its elements are values or, where it has several dimensions, arrays. PostgreSQL only.
    Array(Vec<Self>),
    /// A value of any other type, as the text that the database writes and reads it as.
    Other {
        /// What the type was declared as, without a length. It says where a value came from: one that is
        /// written becomes one of its column's type.
        type_name: String,
        /// The text.
        text: String,
    },
}

impl Value {
    /// Whether it is `NULL`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// What it is called in an error.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Null => "`NULL`",
            Self::Bool(_) => Kind::Bool.name(),
            Self::Int(_) => Kind::Int.name(),
            Self::Float(_) => Kind::Float.name(),
            Self::Text(_) => Kind::Text.name(),
            Self::Bytes(_) => Kind::Bytes.name(),
            #[cfg(feature = "chrono")]
            Self::Time(_) => Kind::Time.name(),
            #[cfg(feature = "uuid")]
            Self::Uuid(_) => Kind::Uuid.name(),
            #[cfg(feature = "chrono")]
            Self::Date(_) => "a date",
            #[cfg(feature = "chrono")]
            Self::TimeOfDay(_) => "a time of day",
            #[cfg(feature = "chrono")]
            Self::Timestamp(_) => "a timestamp",
            Self::Decimal(_) => "a decimal number",
            Self::Json(_) => "JSON",
            Self::Array(_) => "an array",
            Self::Other { .. } => "a value of another type",
        }
    }
}

macro_rules! from {
    ($($(#[$on:meta])? $variant:ident($type:ty)),* $(,)?) => {
        $(
            $(#[$on])?
            impl From<$type> for Value {
                fn from(value: $type) -> Self {
                    Self::$variant(value.into())
                }
            }
        )*
    };
}

from! {
    Bool(bool),
    Int(i64),
    Int(i32),
    Int(i16),
    Float(f64),
    Float(f32),
    Text(String),
    Text(&str),
    Bytes(Vec<u8>),
    Bytes(&[u8]),
    #[cfg(feature = "chrono")] Time(chrono::DateTime<chrono::Utc>),
    #[cfg(feature = "uuid")] Uuid(uuid::Uuid),
    #[cfg(feature = "chrono")] Date(chrono::NaiveDate),
    #[cfg(feature = "chrono")] TimeOfDay(chrono::NaiveTime),
    #[cfg(feature = "chrono")] Timestamp(chrono::NaiveDateTime),
    Array(Vec<Self>),
}

macro_rules! from_text {
    ($(#[$on:meta] $variant:ident($type:ty)),* $(,)?) => {
        $(
            #[$on]
            impl From<$type> for Value {
                fn from(value: $type) -> Self {
                    Self::$variant(value.to_string())
                }
            }
        )*
    };
}

from_text! {
    #[cfg(feature = "rust_decimal")] Decimal(rust_decimal::Decimal),
    #[cfg(feature = "bigdecimal")] Decimal(bigdecimal::BigDecimal),
    #[cfg(feature = "json")] Json(sqlx::types::JsonValue),
}

impl<V: Into<Self>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
