//! Where an upsert starts.

use std::marker::PhantomData;

use super::Upsert;
use super::amount::{Many, One};
use super::closures::Open;
use super::target::{ConflictTarget, NoTarget, On};
use super::update::{All, Assign, Undecided, UpdateAll};
use crate::table::Table;
use crate::table::guard::{Guard, NoGuard, Sure};
use crate::table::record::Record;

impl<'r, R: Record, T, U>
    Upsert<'r, R, On<T>, Assign<U, Undecided>, NoGuard, Sure, Open, Many<'r>>
{
    /// An upsert of these records on this key, which updates these columns; guarded by nothing.
    pub(crate) fn of(records: &'r [R]) -> Self {
        Upsert {
            records,
            closures: Open,
            amount: Many::default(),
            said: PhantomData,
        }
    }
}

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
            records: std::slice::from_ref(self),
            closures: Open,
            amount: One,
            said: PhantomData,
        }
    }

    /// An upsert of this record on a key, which updates every other column that may be: short for
    /// `upsert().on_conflict(key).update_all()`.
    fn upsert_on<T, K>(
        &self,
        target: T,
    ) -> Upsert<
        '_,
        Self,
        On<K>,
        All,
        <Self::Table as Table>::Guard,
        <<Self::Table as Table>::Guard as Guard>::Flow,
        Open,
    >
    where
        T: ConflictTarget<Self, K>,
        Undecided: UpdateAll<Self, On<K>>,
    {
        self.upsert().on_conflict(target).update_all()
    }
}

impl<R: Record> UpsertRecord for R {}

/// Gives every slice of records its `upsert`.
pub trait UpsertRecords {
    /// What they are.
    type Record: Record;

    /// Begins an upsert of these records, all of them or none, with the guard that their table declares.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// use orm::prelude::*;
    ///
    /// #[derive(Table, Debug)]
    /// #[table(insert = NewCity)]
    /// struct City {
    ///     #[column(primary_key, auto)]
    ///     id: i64,
    ///     #[column(unique)]
    ///     name: String,
    ///     inhabitants: i64,
    /// }
    ///
    /// let db = orm::connect("sqlite::memory:").await?;
    /// orm::create_tables!(&db, City).await?;
    ///
    /// let mut cities = vec![
    ///     NewCity { name: "Rome".to_owned(), inhabitants: 2_800_000 },
    ///     NewCity { name: "Oslo".to_owned(), inhabitants: 700_000 },
    /// ];
    /// cities.upsert().on_conflict(City::NAME).update_all().execute(&db).await?;
    ///
    /// cities[0].inhabitants = 2_750_000;
    /// cities.push(NewCity { name: "Bern".to_owned(), inhabitants: 134_000 });
    /// let report =
    ///     cities.upsert().on_conflict(City::NAME).update_all().skip_unchanged().report(&db).await?;
    /// assert_eq!((report.inserted, report.updated, report.skipped), (1, 1, 1));
    /// # Ok(())
    /// # }
    /// ```
    fn upsert(
        &self,
    ) -> Upsert<
        '_,
        Self::Record,
        NoTarget,
        Undecided,
        <<Self::Record as Record>::Table as Table>::Guard,
        <<<Self::Record as Record>::Table as Table>::Guard as Guard>::Flow,
        Open,
        Many<'_>,
    >;

    /// An upsert of these records on a key, which updates every other column that may be: short for
    /// `upsert().on_conflict(key).update_all()`.
    fn upsert_on<T, K>(
        &self,
        target: T,
    ) -> Upsert<
        '_,
        Self::Record,
        On<K>,
        All,
        <<Self::Record as Record>::Table as Table>::Guard,
        <<<Self::Record as Record>::Table as Table>::Guard as Guard>::Flow,
        Open,
        Many<'_>,
    >
    where
        T: ConflictTarget<Self::Record, K>,
        Undecided: UpdateAll<Self::Record, On<K>>,
    {
        self.upsert().on_conflict(target).update_all()
    }
}

impl<R: Record> UpsertRecords for [R] {
    type Record = R;

    fn upsert(
        &self,
    ) -> Upsert<
        '_,
        R,
        NoTarget,
        Undecided,
        <R::Table as Table>::Guard,
        <<R::Table as Table>::Guard as Guard>::Flow,
        Open,
        Many<'_>,
    > {
        Upsert {
            records: self,
            closures: Open,
            amount: Many::default(),
            said: PhantomData,
        }
    }
}
