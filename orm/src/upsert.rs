//! The upsert: a typed shell that says which key, which columns and when, over one untyped statement.

use std::fmt;
use std::marker::PhantomData;

use self::closures::Place;
use crate::backend::Backend;
use crate::expr::{Filter, Gives, GivesFilter, Old, OldNew};
use crate::table::column::{Column, ColumnMeta};
use crate::table::guard::{Finds, KeepNewer, KeepNewest, MaySkip, NoGuard, SkipUnchanged, Sure};
use crate::table::key::Primary;
use crate::table::record::Record;
use crate::table::{Fields, Table};

mod amount;
mod awaited;
mod closures;
mod flow;
mod many;
mod misplaced;
mod report;
mod returning;
pub mod semantics;
mod start;
mod statement;
mod target;
mod terminal;
mod text;
mod update;
mod version;

pub use amount::{Duplicates, Many, One, OneRecord};
pub use awaited::Executed;
pub use closures::{Open, WithExpr, WithValue};
pub use flow::{AlwaysARow, Found, Outcome, Written};
pub(crate) use many::{on_duplicate, outcomes as outcomes_of, report as report_of};
pub use misplaced::{OfManyRecords, OfOneRecord};
pub use report::{BatchOutcome, Report};
pub use returning::{Picked, Picks, Returning};
pub use start::{UpsertRecord, UpsertRecords};
pub use statement::Complete;
pub use target::{
    AnyKey, CheckedAtOnce, ConflictTarget, GuardFirst, NoTarget, On, Supplied, SuppliedBy,
    TargetFirst, Targeted,
};
pub use terminal::Runs;
pub(crate) use text::step_of;
pub use update::{
    All, AllExcept, Assign, Assignable, Coalesce, CoalesceAll, DoNothing, EachOfTable, GetOrInsert,
    IntoValue, KnowsItsRow, Leaves, NotYet, NothingSaid, OfTable, OutsideTarget, Set, Settable,
    SomethingElseToUpdate, SomethingToUpdate, StillOpen, Undecided, Updatable, UpdateAll,
    UpdateAllExcept, UpdateSet,
};
pub use version::{GuardOf, VersionColumn, Versioned};

/// An upsert of one record or of many, on its way to being complete.
///
/// It starts with [`upsert`](UpsertRecord::upsert), needs a conflict target and an action, and ends
/// with one of `execute`, `fetch_one`, `fetch_optional` and `outcome`; of many records, with one of
/// `execute`, `report`, `fetch_all` and `outcomes`. The type parameters keep what has been said: the
/// record `R`, the key `K`, the columns `A` to be updated, the guard `G`, whether the row can be skipped
/// `F`, the closures `X`, and whether it is one record or many `N`.
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
/// let record = NewCity { name: "Rome".to_owned(), inhabitants: 2_800_000 };
/// let city = record.upsert().on_conflict(City::NAME).update_all().fetch_one(&db).await?;
/// assert_eq!(city.id, 1);
///
/// let record = NewCity { inhabitants: 2_750_000, ..record };
/// let city = record.upsert().on_conflict(City::NAME).update_all().fetch_one(&db).await?;
/// assert_eq!((city.id, city.inhabitants), (1, 2_750_000));
/// # Ok(())
/// # }
/// ```
#[must_use = "an upsert does nothing until it is executed: end it with `execute`, `fetch_one`, `fetch_optional` or `outcome`, or, of many records, with `execute`, `report`, `fetch_all` or `outcomes`"]
pub struct Upsert<'r, R, K = NoTarget, A = Undecided, G = NoGuard, F = Sure, X = Open, N = One> {
    records: &'r [R],
    closures: X,
    amount: N,
    said: PhantomData<fn() -> (K, A, G, F)>,
}

impl<'r, R: Record, K, A, G, F, X, N> Upsert<'r, R, K, A, G, F, X, N> {
    /// The same upsert, about which more has been said.
    fn said<K2, A2, G2, F2>(self) -> Upsert<'r, R, K2, A2, G2, F2, X, N> {
        Upsert {
            records: self.records,
            closures: self.closures,
            amount: self.amount,
            said: PhantomData,
        }
    }

    /// Names the unique key that decides whether the row is there already: a column, a tuple of
    /// columns in any order, or the constant of a named key.
    ///
    /// # Compile errors
    ///
    /// When the columns are not a unique key of the table, or the record does not supply them.
    pub fn on_conflict<T: ConflictTarget<R, U>, U>(
        self,
        _target: T,
    ) -> Upsert<'r, R, On<U>, A, G, F, X, N>
    where
        A: TargetFirst,
    {
        self.said()
    }

    /// Takes the primary key as the conflict target.
    ///
    /// # Compile errors
    ///
    /// When the record does not supply it.
    pub fn on_primary_key(self) -> Upsert<'r, R, On<Primary<R::Table>>, A, G, F, X, N>
    where
        A: TargetFirst,
        Primary<R::Table>: ConflictTarget<R, Primary<R::Table>>,
    {
        self.said()
    }

    /// Whichever key conflicts. Only [`do_nothing`](Self::do_nothing) can follow, since an update has
    /// to know its row.
    pub fn on_any_conflict(self) -> Upsert<'r, R, AnyKey, A, G, F, X, N>
    where
        A: TargetFirst,
    {
        self.said()
    }

    /// Updates these columns of the stored row to the values of the record: `c = EXCLUDED.c`.
    ///
    /// # Compile errors
    ///
    /// When a column is another table's, is not supplied by the record, is part of the primary key or
    /// of the conflict target, is generated or insert-only, or is updated already.
    pub fn update<T: Updatable<R, K, A, U>, U>(
        self,
        _columns: T,
    ) -> Upsert<'r, R, K, Assign<U, A>, G, F, X, N> {
        self.said()
    }

    /// Updates every column that the record supplies and that may be updated: all but the primary key,
    /// the conflict target, generated and insert-only columns.
    ///
    /// What the expression of the conflict target reads is among them, since that may differ where the
    /// expression does not: a target on `lower(email)` has the email as the record spells it.
    ///
    /// Columns of the table's other unique keys are among them. Updating one takes a stronger lock on
    /// the row, and where its new value is taken by another row the upsert fails with
    /// [`ErrorKind::UniqueViolation`](crate::ErrorKind::UniqueViolation).
    ///
    /// # Compile errors
    ///
    /// When no column is left to be updated.
    pub fn update_all(self) -> Upsert<'r, R, K, All, G, F, X, N>
    where
        A: UpdateAll<R, K>,
    {
        self.said()
    }

    /// Leaves the stored row as it is; the new one is skipped.
    pub fn do_nothing(self) -> Upsert<'r, R, K, DoNothing, G, MaySkip, X, N>
    where
        A: NothingSaid,
    {
        self.said()
    }

    /// Updates every column that [`update_all`](Self::update_all) would, but not these.
    ///
    /// # Compile errors
    ///
    /// When no column is left to be updated, or a column is another table's.
    pub fn update_except<T: UpdateAllExcept<R, K, A, U>, U>(
        self,
        _columns: T,
    ) -> Upsert<'r, R, K, AllExcept<U>, G, F, X, N> {
        self.said()
    }

    /// Updates these columns where the record has a value: `c = COALESCE(EXCLUDED.c, c)`.
    ///
    /// # Compile errors
    ///
    /// As [`update`](Self::update).
    pub fn coalesce<T: Updatable<R, K, A, U>, U>(
        self,
        _columns: T,
    ) -> Upsert<'r, R, K, Coalesce<U, A>, G, F, X, N> {
        self.said()
    }

    /// Updates every column that [`update_all`](Self::update_all) would, where the record has a value.
    ///
    /// # Compile errors
    ///
    /// When no column is left to be updated.
    pub fn coalesce_all(self) -> Upsert<'r, R, K, CoalesceAll, G, F, X, N>
    where
        A: UpdateAll<R, K>,
    {
        self.said()
    }

    /// Sets a column of the stored row to a value that is not the record's.
    ///
    /// # Compile errors
    ///
    /// When the value is not of the column's type; when the column is another table's, is part of the
    /// primary key or of the conflict target, is generated or insert-only, or is assigned already.
    pub fn set<C, V, As>(
        self,
        _column: Column<C>,
        value: V,
    ) -> Upsert<'r, R, K, Set<Column<C>, A>, G, F, WithValue<C::Value, X>, N>
    where
        C: ColumnMeta + Settable<R, K, A>,
        V: IntoValue<C::Value, As>,
    {
        let closures = WithValue {
            before: self.closures,
            value: value.into_value(),
        };
        Upsert {
            records: self.records,
            closures,
            amount: self.amount,
            said: PhantomData,
        }
    }

    /// Sets a column of the stored row to what is computed from the stored row and the record.
    ///
    /// The closure gets the columns of both, as in [`where_`](Self::where_).
    ///
    /// # Compile errors
    ///
    /// As [`set`](Self::set).
    pub fn set_with<C, V, As, DB, W>(
        self,
        _column: Column<C>,
        value: W,
    ) -> Upsert<'r, R, K, Set<Column<C>, A>, G, F, WithExpr<DB, X>, N>
    where
        C: ColumnMeta + Settable<R, K, A>,
        DB: Backend,
        W: FnOnce(<R::Table as Table>::Row<Old>, R::Incoming) -> V,
        W: Gives<V, OldNew<R::Table>, C::Bare, As, DB>,
    {
        let mut values = Vec::new();
        let expr = W::given(value(Fields::FIELDS, Fields::FIELDS), &mut values);
        let closures = WithExpr {
            place: Place::Assigned,
            before: self.closures,
            expr,
            values,
        };
        Upsert {
            records: self.records,
            closures,
            amount: self.amount,
            said: PhantomData,
        }
    }

    /// Leaves the stored row as it is and gives it back; the new one is inserted where there is none.
    ///
    /// One round trip where the row is new, two where it is there.
    ///
    /// Where the row is neither inserted nor found, since a trigger keeps it out, changes its key, or a policy
    /// hides it, the terminal fails with [`ErrorKind::NotFound`](crate::ErrorKind::NotFound).
    ///
    /// # Compile errors
    ///
    /// On many records; after another action, or without a conflict target.
    pub fn get_or_insert(self) -> Upsert<'r, R, K, GetOrInsert, NoGuard, Finds, X, N>
    where
        A: NothingSaid,
        (): KnowsItsRow<K>,
        N: OneRecord,
    {
        self.said()
    }

    /// Updates the stored row only where this holds; otherwise the record is skipped.
    ///
    /// The closure gets the columns of the stored row and those of the record (SQL: `EXCLUDED`); what
    /// the record does not supply is not there. Several conditions all have to hold.
    pub fn where_<S, DB, W>(
        self,
        condition: W,
    ) -> Upsert<'r, R, K, A, G, MaySkip, WithExpr<DB, X>, N>
    where
        DB: Backend,
        W: FnOnce(<R::Table as Table>::Row<Old>, R::Incoming) -> Filter<S, DB>,
        W: GivesFilter<OldNew<R::Table>, S>,
    {
        let (expr, values) = W::given(condition(Fields::FIELDS, Fields::FIELDS));
        let closures = WithExpr {
            place: Place::Condition,
            before: self.closures,
            expr,
            values,
        };
        Upsert {
            records: self.records,
            closures,
            amount: self.amount,
            said: PhantomData,
        }
    }

    /// Lets no older row win: the stored row is updated only where its version is `NULL` or not newer
    /// than the record's. The version is updated too.
    ///
    /// Versions are integers, decimals, dates, times and UUIDs; a tuple of them is compared in order.
    ///
    /// # Compile errors
    ///
    /// When the column cannot be a version, or the record does not supply it.
    pub fn keep_newest<T: VersionColumn<R, K, V>, V>(
        self,
        _version: T,
    ) -> Upsert<'r, R, K, A, KeepNewest<V, G>, MaySkip, X, N> {
        self.said()
    }

    /// Lets neither an older row nor one of the same version win: a replay writes nothing. Otherwise as
    /// [`keep_newest`](Self::keep_newest); a tuple of versions is compared in order.
    pub fn keep_newer<T: VersionColumn<R, K, V>, V>(
        self,
        _version: T,
    ) -> Upsert<'r, R, K, A, KeepNewer<V, G>, MaySkip, X, N> {
        self.said()
    }

    /// Writes nothing where every column that is assigned from the record has its value already.
    pub fn skip_unchanged(self) -> Upsert<'r, R, K, A, SkipUnchanged<G>, MaySkip, X, N> {
        self.said()
    }

    /// Without the guard that the table declares.
    ///
    /// # Compile errors
    ///
    /// When something has been said already: it comes right after `upsert`.
    pub fn unguarded(self) -> Upsert<'r, R, K, A, NoGuard, Sure, X, N>
    where
        A: GuardFirst,
    {
        self.said()
    }
}

impl<R, K, A, G, F, X, N> fmt::Debug for Upsert<'_, R, K, A, G, F, X, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the record nor the values in closures: an upsert may end up in a log.
        f.debug_struct("Upsert").finish_non_exhaustive()
    }
}
