//! Guards: when the stored row of an upsert may be updated, as far as types say it.
//!
//! They stand below the upsert because a table can declare one for all its upserts.

use std::marker::PhantomData;

use crate::plan;
use crate::schema::TableDef;
use crate::stmt::{Assignment, Expr, Keep, Tie};
use crate::table::column::{Column, ColumnMeta};

/// Every record is written.
#[derive(Debug)]
pub struct Sure;

/// A record may be skipped.
#[derive(Debug)]
pub struct MaySkip;

/// The stored row is looked up where the record is not written.
#[derive(Debug)]
pub struct Finds;

/// No guard of the table's or of this upsert's own.
#[derive(Debug)]
pub struct NoGuard;

/// The stored row must not be newer than the record: it is updated where it is older or of the same
/// version.
#[derive(Debug)]
pub struct KeepNewest<V, Before>(PhantomData<fn() -> (V, Before)>);

/// The stored row must be older than the record.
#[derive(Debug)]
pub struct KeepNewer<V, Before>(PhantomData<fn() -> (V, Before)>);

/// Some column must change.
#[derive(Debug)]
pub struct SkipUnchanged<Before>(PhantomData<fn() -> Before>);

/// The guard that a table declares for all its upserts: no older version of this column wins.
#[derive(Debug)]
pub struct Declared<C>(PhantomData<fn() -> C>);

/// The guards whose text is known from their types.
#[doc(hidden)]
pub trait Guard {
    /// Whether it may skip a record.
    type Flow;

    /// The columns that the table's declaration asks of every record, as a list of markers: what a call
    /// names has been checked by the call.
    type Declared;

    /// Adds the conditions. `assigned` are the columns that get the value of the record.
    fn conditions(table: &TableDef, assigned: &[Assignment], to: &mut Vec<Expr>);

    /// Adds the positions of the columns that they update themselves.
    fn versions(to: &mut Vec<usize>);

    /// Which of several records of one key it lets win, where it decides that.
    fn keep() -> Option<Keep>;
}

impl Guard for NoGuard {
    type Flow = Sure;
    type Declared = ();

    fn conditions(_: &TableDef, _: &[Assignment], _: &mut Vec<Expr>) {}

    fn versions(_: &mut Vec<usize>) {}

    fn keep() -> Option<Keep> {
        None
    }
}

macro_rules! by_version {
    ($($guard:ident, or_same: $or_same:literal, on_tie: $on_tie:expr;)*) => {
        $(
            impl<V: Versions, Before: Guard> Guard for $guard<V, Before> {
                type Flow = MaySkip;
                type Declared = Before::Declared;

                fn conditions(table: &TableDef, assigned: &[Assignment], to: &mut Vec<Expr>) {
                    Before::conditions(table, assigned, to);
                    let mut columns = Vec::new();
                    V::positions(&mut columns);
                    to.push(plan::newer(table, &columns, $or_same));
                }

                fn versions(to: &mut Vec<usize>) {
                    Before::versions(to);
                    V::positions(to);
                }

                fn keep() -> Option<Keep> {
                    let mut versions = Vec::new();
                    V::positions(&mut versions);
                    // Two guards may not agree.
                    Before::keep().is_none().then_some(Keep::Newest { versions, on_tie: $on_tie })
                }
            }
        )*
    };
}

by_version! {
    KeepNewest, or_same: true, on_tie: Tie::Later;
    KeepNewer, or_same: false, on_tie: Tie::Earlier;
}

/// It guards as a call would.
type AsCalled<C> = KeepNewest<Column<C>, NoGuard>;

impl<C: ColumnMeta> Guard for Declared<C> {
    type Flow = MaySkip;
    type Declared = (C, ());

    fn conditions(table: &TableDef, assigned: &[Assignment], to: &mut Vec<Expr>) {
        AsCalled::<C>::conditions(table, assigned, to);
    }

    fn versions(to: &mut Vec<usize>) {
        AsCalled::<C>::versions(to);
    }

    fn keep() -> Option<Keep> {
        AsCalled::<C>::keep()
    }
}

impl<Before: Guard> Guard for SkipUnchanged<Before> {
    type Flow = MaySkip;
    type Declared = Before::Declared;

    fn conditions(table: &TableDef, assigned: &[Assignment], to: &mut Vec<Expr>) {
        Before::conditions(table, assigned, to);
        to.extend(plan::changed(assigned));
    }

    fn versions(to: &mut Vec<usize>) {
        Before::versions(to);
    }

    fn keep() -> Option<Keep> {
        Before::keep()
    }
}

/// A version column, or a tuple of them that are compared in order.
#[doc(hidden)]
pub trait Versions {
    /// Adds the positions of the columns.
    fn positions(to: &mut Vec<usize>);
}

impl<C: ColumnMeta> Versions for Column<C> {
    fn positions(to: &mut Vec<usize>) {
        to.push(Self::AT);
    }
}

macro_rules! versions_of_tuples {
    ($($version:ident)+) => {
        impl<$($version: Versions),+> Versions for ($($version,)+) {
            fn positions(to: &mut Vec<usize>) {
                $($version::positions(to);)+
            }
        }
    };
}

for_tuples!(versions_of_tuples);

/// A type that tells which of two rows is newer: its order in the database is its order in time.
///
/// Not floats, for which nothing is newer than `NaN`, not text, whose order depends on the collation, and
/// not `i8`, whose column on PostgreSQL is compared without its sign. A type of one's own can be made one by
/// implementing this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot tell which of two rows is newer",
    label = "not a version",
    note = "versions are integers of two bytes and more, decimals, dates, times and UUIDs"
)]
pub trait Version {}

macro_rules! versions {
    ($($(#[$on:meta])? $version:ty),* $(,)?) => {
        $(
            $(#[$on])?
            #[diagnostic::do_not_recommend]
            impl Version for $version {}
        )*
    };
}

versions! {
    i16, i32, i64, u8, u16, u32,
    #[cfg(feature = "chrono")] chrono::DateTime<chrono::Utc>,
    #[cfg(feature = "chrono")] chrono::NaiveDateTime,
    #[cfg(feature = "chrono")] chrono::NaiveDate,
    #[cfg(feature = "chrono")] chrono::NaiveTime,
    #[cfg(feature = "uuid")] uuid::Uuid,
    #[cfg(feature = "time")] time::PrimitiveDateTime,
    #[cfg(feature = "time")] time::Date,
    #[cfg(feature = "rust_decimal")] rust_decimal::Decimal,
    #[cfg(feature = "bigdecimal")] bigdecimal::BigDecimal,
}
