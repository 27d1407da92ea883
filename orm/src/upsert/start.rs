//! Where an upsert starts.

use std::marker::PhantomData;

use super::Upsert;
use super::statement::Open;
use super::target::NoTarget;
use super::update::NoAction;
use crate::guard::Guard;
use crate::record::Record;
use crate::table::Table;

/// Gives every record its `upsert`.
pub trait UpsertRecord: Record + Sized {
    /// Begins an upsert of this record, with the guard that its table declares.
    #[expect(
        clippy::type_complexity,
        reason = "it says what has been said: nothing but the guard"
    )]
    fn upsert(
        &self,
    ) -> Upsert<
        '_,
        Self,
        NoTarget,
        NoAction,
        <Self::Table as Table>::Guard,
        <<Self::Table as Table>::Guard as Guard>::Flow,
        Open,
    > {
        Upsert {
            record: self,
            closures: Open,
            said: PhantomData,
        }
    }
}

impl<R: Record> UpsertRecord for R {}
