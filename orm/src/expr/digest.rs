//! What tells values from each other, as a text that stays the same from version to version.

use std::any::Any;
use std::fmt::Write;

use super::Values;
use crate::backend::Backend;

/// Adds these values, each behind a character that no text of SQL has.
pub(crate) fn digest<DB: Backend>(values: &Values<DB>, to: &mut String) {
    for value in values {
        value.digest(to);
    }
}

/// Adds a value of a type that is known; one of another type leaves its place empty.
pub(super) fn digest_one(value: &dyn Any, to: &mut String) {
    to.push('\u{1f}');
    macro_rules! known {
        ($($(#[$on:meta])? $type:ty),* $(,)?) => {
            $(
                $(#[$on])?
                if let Some(value) = value.downcast_ref::<$type>() {
                    // Writing to a String cannot fail.
                    let _ = write!(to, "{value}");
                    return;
                }
            )*
        };
    }
    known! {
        bool, i16, i32, i64, f32, f64, String,
        #[cfg(feature = "uuid")] uuid::Uuid,
        #[cfg(feature = "rust_decimal")] rust_decimal::Decimal,
        #[cfg(feature = "bigdecimal")] bigdecimal::BigDecimal,
        #[cfg(feature = "chrono")] chrono::NaiveDate,
        #[cfg(feature = "chrono")] chrono::NaiveTime,
        #[cfg(feature = "chrono")] chrono::NaiveDateTime,
        #[cfg(feature = "chrono")] chrono::DateTime<chrono::Utc>,
    }
}
