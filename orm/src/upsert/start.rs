//! Where an upsert starts.

use std::marker::PhantomData;

use super::Upsert;
use super::closures::Open;
use super::target::{ConflictTarget, NoTarget, On};
use super::update::{All, Undecided, UpdateAll};
use crate::guard::Guard;
use crate::record::Record;
use crate::table::Table;

/// Gives every record its `upsert`.
pub trait UpsertRecord: Record + Sized {
    /// Begins an upsert of this record, with the guard that its table declares.
    fn upsert(
        &self,
    ) -> Upsert<
        '_,
        Self,
        NoTarget,
        Undecided,
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

    /// An upsert of this record on a key, which updates every other column that may be: short for
    /// `upsert().on_conflict(key).update_all()`.
    fn upsert_on<T>(
        &self,
        target: T,
    ) -> Upsert<
        '_,
        Self,
        On<T>,
        All,
        <Self::Table as Table>::Guard,
        <<Self::Table as Table>::Guard as Guard>::Flow,
        Open,
    >
    where
        T: ConflictTarget<Self>,
        Undecided: UpdateAll<Self, On<T>>,
    {
        self.upsert().on_conflict(target).update_all()
    }
}

impl<R: Record> UpsertRecord for R {}
