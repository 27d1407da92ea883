//! What a database calls the types of columns.

#[cfg(any(feature = "chrono", feature = "time"))]
use std::any::TypeId;

use super::Supply;
use crate::backend::Backend;

/// What the database calls the types of a table's columns, one after the other.
#[derive(Debug)]
pub struct StoredAs<DB: Backend> {
    live: DB::Live,
    names: Vec<String>,
}

impl<DB: Backend> StoredAs<DB> {
    pub(crate) fn on(live: DB::Live) -> Self {
        let names = Vec::new();
        Self { live, names }
    }

    /// The next column is of this type.
    ///
    /// SQLite has one name for all points in time and sqlx several texts for them, so that the name is not
    /// enough to write a default as a value would be written.
    pub fn put<V: Supply<DB> + 'static>(&mut self) -> &mut Self {
        let mut name = V::type_name(self.live);
        if let Some(form) = text_form::<V>()
            && !DB::dialect(self.live).has_types_of_time()
        {
            name = format!("{name} {form}");
        }
        self.names.push(name);
        self
    }

    pub(crate) fn into_names(self) -> Vec<String> {
        self.names
    }
}

/// The text that a time of this type becomes, where it is not the usual one.
#[cfg_attr(
    not(any(feature = "chrono", feature = "time")),
    expect(
        clippy::extra_unused_type_parameters,
        reason = "no crate has types of time"
    )
)]
fn text_form<V: 'static>() -> Option<&'static str> {
    #[cfg(any(feature = "chrono", feature = "time"))]
    macro_rules! is {
        ($type:ty) => {
            [TypeId::of::<$type>(), TypeId::of::<Option<$type>>()].contains(&TypeId::of::<V>())
        };
    }
    #[cfg(feature = "chrono")]
    if is!(chrono::NaiveDateTime) {
        return Some("NAIVE");
    }
    #[cfg(feature = "time")]
    if is!(time::OffsetDateTime) {
        return Some("OFFSET");
    }
    #[cfg(feature = "time")]
    if is!(time::PrimitiveDateTime) || is!(time::Time) {
        return Some("PRIMITIVE");
    }
    None
}
