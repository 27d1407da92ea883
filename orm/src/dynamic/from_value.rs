//! Values as the Rust types that they are read into.

use crate::value::Value;

/// A type that a [`Value`] can be read as.
///
/// A number is read as any type that holds it without loss. Implement it for a type of your own to read
/// that from a row.
///
/// # Examples
///
/// ```
/// use orm::dynamic::{FromValue, Value};
///
/// #[derive(Debug, PartialEq)]
/// struct Percent(u16);
///
/// impl FromValue for Percent {
///     fn from_value(value: &Value) -> Option<Self> {
///         u16::from_value(value).filter(|percent| *percent <= 100).map(Self)
///     }
/// }
///
/// assert_eq!(Percent::from_value(&Value::from(7)), Some(Percent(7)));
/// assert_eq!(Percent::from_value(&Value::from(101)), None);
/// assert_eq!(Option::<Percent>::from_value(&Value::Null), Some(None));
/// ```
#[diagnostic::on_unimplemented(
    message = "a value cannot be read as `{Self}`",
    label = "no type of a value",
    note = "read it as `orm::dynamic::Value`, or implement `orm::dynamic::FromValue`"
)]
pub trait FromValue: Sized {
    /// The value as this type; `None` where it is none of its values.
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for Value {
    fn from_value(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Array(elements) => elements.iter().map(T::from_value).collect(),
            _ => None,
        }
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text)
            | Value::Decimal(text)
            | Value::Json(text)
            | Value::Other { text, .. } => Some(text.clone()),
            _ => None,
        }
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {
        $(
            impl FromValue for $integer {
                fn from_value(value: &Value) -> Option<Self> {
                    match value {
                        Value::Int(value) => (*value).try_into().ok(),
                        Value::Decimal(text) => text.parse().ok(),
                        _ => None,
                    }
                }
            }
        )*
    };
}

integers!(i8 i16 i32 i64 i128 u16 u32 u64 u128);

impl FromValue for f64 {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Float(value) => Some(*value),
            // An `f64` holds every `i32`.
            Value::Int(value) => i32::try_from(*value).ok().map(Self::from),
            _ => None,
        }
    }
}

// There is no `u8` by itself, so that this is no array of them.
impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }
}

macro_rules! copied {
    ($($(#[$on:meta])? $variant:ident($type:ty))*) => {
        $(
            $(#[$on])?
            impl FromValue for $type {
                fn from_value(value: &Value) -> Option<Self> {
                    match value {
                        Value::$variant(value) => Some(*value),
                        _ => None,
                    }
                }
            }
        )*
    };
}

copied! {
    #[cfg(feature = "chrono")] Time(chrono::DateTime<chrono::Utc>)
    #[cfg(feature = "chrono")] Date(chrono::NaiveDate)
    #[cfg(feature = "chrono")] TimeOfDay(chrono::NaiveTime)
    #[cfg(feature = "chrono")] Timestamp(chrono::NaiveDateTime)
    #[cfg(feature = "uuid")] Uuid(uuid::Uuid)
}

macro_rules! parsed {
    ($(#[$on:meta] $variant:ident($type:ty))*) => {
        $(
            #[$on]
            impl FromValue for $type {
                fn from_value(value: &Value) -> Option<Self> {
                    match value {
                        Value::$variant(text) => text.parse().ok(),
                        _ => None,
                    }
                }
            }
        )*
    };
}

parsed! {
    #[cfg(feature = "rust_decimal")] Decimal(rust_decimal::Decimal)
    #[cfg(feature = "bigdecimal")] Decimal(bigdecimal::BigDecimal)
    #[cfg(feature = "json")] Json(sqlx::types::JsonValue)
}
