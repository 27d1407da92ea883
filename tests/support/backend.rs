//! The databases that tests run on.

use std::fmt;

/// A database, with its major version where there are several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Backend {
    /// The SQLite that is compiled into sqlx.
    Sqlite,
    /// PostgreSQL of a major version.
    Postgres(u16),
}

/// The PostgreSQL versions that must work.
pub const SUPPORTED: std::ops::RangeInclusive<u16> = 13..=18;

impl fmt::Display for Backend {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite => out.write_str("sqlite"),
            Self::Postgres(major) => write!(out, "postgres-{major}"),
        }
    }
}
