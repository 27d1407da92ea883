//! All that everyday code needs: `use orm::prelude::*;`.
//!
//! Traits that only bring methods come without their names.

pub use crate::delete::DeleteTable as _;
#[cfg(feature = "postgres")]
pub use crate::expr::Arrays as _;
pub use crate::expr::{
    Aggregates as _, Compare as _, CompareWithQuery as _, Functions as _, Windows as _,
};
pub use crate::find::FindRow as _;
pub use crate::insert::{InsertRecord as _, InsertRecords as _};
pub use crate::save::SaveRow as _;
pub use crate::select::{SelectTable as _, Sortable as _};
pub use crate::update::UpdateTable as _;
pub use crate::upsert::{UpsertRecord as _, UpsertRecords as _};

pub use crate::exec::Carrier;
pub use crate::table::Table;
pub use crate::upsert::{BatchOutcome, Duplicates, Found, Outcome, Report, Written};

pub use orm_derive::{Insert, Row, Table};
#[cfg(feature = "postgres")]
pub use sqlx::Postgres;
#[cfg(feature = "sqlite")]
pub use sqlx::Sqlite;
