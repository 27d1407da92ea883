//! A value whose type is known at run time only.

/// A value of a table that is described at run time.
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
}

impl<V: Into<Self>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
