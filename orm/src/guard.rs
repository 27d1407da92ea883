//! Guards: when the stored row of an upsert may be updated, as far as types say it.
//!
//! They stand below the upsert because a table can declare one for all its upserts.

use std::marker::PhantomData;

use crate::column::{Column, ColumnMeta};
use crate::schema::TableDef;
use crate::stmt::Expr;

/// Every record is written.
#[derive(Debug)]
pub struct Sure;

/// A record may be skipped.
#[derive(Debug)]
pub struct MaySkip;

/// No guard of the table's or of this upsert's own.
#[derive(Debug)]
pub struct NoGuard;

/// The stored row's version must not be newer than the record's.
#[derive(Debug)]
pub struct KeepNewest<C, Before>(PhantomData<fn() -> (C, Before)>);

/// The guards whose text is known from their types.
#[doc(hidden)]
pub trait Guard {
    /// Whether it may skip a record.
    type Flow;

    /// Adds the conditions.
    fn conditions(table: &TableDef, to: &mut Vec<Expr>);

    /// Adds the positions of the columns that they update themselves.
    fn versions(to: &mut Vec<usize>);
}

impl Guard for NoGuard {
    type Flow = Sure;

    fn conditions(_: &TableDef, _: &mut Vec<Expr>) {}

    fn versions(_: &mut Vec<usize>) {}
}

impl<C: ColumnMeta, Before: Guard> Guard for KeepNewest<Column<C>, Before> {
    type Flow = MaySkip;

    fn conditions(table: &TableDef, to: &mut Vec<Expr>) {
        Before::conditions(table, to);
        let at = Column::<C>::AT;
        to.push(Expr::not_newer(at, table.columns[at].nullable));
    }

    fn versions(to: &mut Vec<usize>) {
        Before::versions(to);
        to.push(Column::<C>::AT);
    }
}

/// A type that tells which of two rows is newer: its order in the database is its order in time.
///
/// Not floats, for which nothing is newer than `NaN`, and not text, whose order depends on the
/// collation. A type of one's own can be made one by implementing this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot tell which of two rows is newer",
    label = "not a version",
    note = "versions are integers, decimals, dates, times and UUIDs"
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
    i8, i16, i32, i64, u8, u16, u32,
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
