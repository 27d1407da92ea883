//! The values of many records for PostgreSQL or for SQLite.

#[cfg(all(feature = "postgres", feature = "sqlite"))]
use super::connection::mixed;
use super::{Db, DbArguments, DbGathered, Live};
use crate::backend::Gathered;
use crate::error::Complaint;

impl Gathered for DbGathered {
    type Backend = Db;

    fn arrays(live: Live, records: usize, bytes: usize) -> Option<Self> {
        match live {
            #[cfg(feature = "postgres")]
            Live::Postgres(()) => Gathered::arrays((), records, bytes).map(Self::Postgres),
            #[cfg(feature = "sqlite")]
            Live::Sqlite(()) => Gathered::arrays((), records, bytes).map(Self::Sqlite),
        }
    }

    fn rows(live: Live, there: Vec<u8>) -> Option<Self> {
        match live {
            #[cfg(feature = "postgres")]
            Live::Postgres(()) => Gathered::rows((), there).map(Self::Postgres),
            #[cfg(feature = "sqlite")]
            Live::Sqlite(()) => Gathered::rows((), there).map(Self::Sqlite),
        }
    }

    fn begin_row(&mut self, columns: usize) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(gathered) => gathered.begin_row(columns),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(gathered) => gathered.begin_row(columns),
        }
    }

    fn number(&mut self, value: i64) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(gathered) => gathered.number(value),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(gathered) => gathered.number(value),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(gathered) => gathered.bytes(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(gathered) => gathered.bytes(),
        }
    }

    fn is_self_contained(&self) -> bool {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(gathered) => gathered.is_self_contained(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(gathered) => gathered.is_self_contained(),
        }
    }

    fn bind(self, to: &mut DbArguments) -> Result<(), Complaint> {
        match (self, to) {
            #[cfg(feature = "postgres")]
            (Self::Postgres(gathered), DbArguments::Postgres(to)) => gathered.bind(to),
            #[cfg(feature = "sqlite")]
            (Self::Sqlite(gathered), DbArguments::Sqlite(to)) => gathered.bind(to),
            #[cfg(all(feature = "postgres", feature = "sqlite"))]
            _ => Err(Box::new(mixed())),
        }
    }

    fn into_rows(self) -> Vec<u8> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(gathered) => gathered.into_rows(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(gathered) => gathered.into_rows(),
        }
    }
}
