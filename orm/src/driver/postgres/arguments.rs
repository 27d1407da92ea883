//! Encoded values, and a number that stands for the list of their types.

use sqlx::postgres::{PgArguments, PgTypeInfo};
use sqlx::{Arguments, Encode, Postgres, Type, TypeInfo};

use crate::error::Complaint;
use crate::schema::hash;

/// The values of one statement, encoded for PostgreSQL.
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub struct TypedArguments {
    values: PgArguments,
    types: Types,
}

/// A fingerprint of the types of a statement's arguments, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Types(pub(super) u64);

impl TypedArguments {
    /// Makes room for so many values of so many bytes in all.
    #[inline]
    pub(super) fn reserve(&mut self, values: usize, bytes: usize) {
        self.values.reserve(values, bytes);
    }

    /// Adds the next value.
    #[inline]
    pub(super) fn add<'q, T>(&mut self, value: T) -> Result<(), Complaint>
    where
        T: Encode<'q, Postgres> + Type<Postgres>,
    {
        self.types
            .add(&value.produces().unwrap_or_else(T::type_info));
        self.values.add(value)
    }

    /// Which types the values have.
    pub(super) fn types(&self) -> Types {
        self.types
    }

    /// The values for sqlx.
    pub(super) fn into_values(self) -> PgArguments {
        self.values
    }
}

impl Types {
    #[inline]
    fn add(&mut self, next: &PgTypeInfo) {
        let next = match next.oid() {
            Some(number) => u64::from(number.0),
            None => named(next.name()),
        };
        // The factor is odd, so that no step loses anything of those before it, and the sum tells no
        // argument from one whose type is left to the server.
        let step = self.0.rotate_left(5) ^ next.wrapping_add(1);
        self.0 = step.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A type that sqlx knows by its name only. Numbers of types have 32 bits, so it is like none of them.
#[cold]
fn named(name: &str) -> u64 {
    hash(name) | (1 << 63)
}
