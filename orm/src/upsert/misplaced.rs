//! What ends the upsert of one record, said of many, and the other way round: the compiler knows the word
//! and says which one is meant.

use futures_core::future::BoxFuture;

use super::Upsert;
use super::amount::{Many, One};
use super::report::{BatchOutcome, Report};
use crate::error::Result;
use crate::table::record::Record;

/// Never holds: a slice is not one record.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is an upsert of many records, and that word is for one",
    label = "for one record",
    note = "end it with `.report(..)`, `.fetch_all(..)`, `.outcomes(..)` or `.execute(..)`"
)]
pub trait OfOneRecord<E> {
    /// What cannot be.
    fn never<T>() -> T;
}

/// Never holds: a record is not many.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is an upsert of one record, and that word is for many",
    label = "for many records",
    note = "end it with `.fetch_one(..)`, `.fetch_optional(..)`, `.outcome(..)` or `.execute(..)`"
)]
pub trait OfManyRecords<E> {
    /// What cannot be.
    fn never<T>() -> T;
}

#[doc(hidden)]
impl<'r, R: Record, K, A, G, F, X> Upsert<'r, R, K, A, G, F, X, Many<'r>> {
    pub fn fetch_one<E>(self, _: E) -> BoxFuture<'r, Result<R::Table>>
    where
        (): OfOneRecord<E>,
    {
        <() as OfOneRecord<E>>::never()
    }

    pub fn fetch_optional<E>(self, _: E) -> BoxFuture<'r, Result<Option<R::Table>>>
    where
        (): OfOneRecord<E>,
    {
        <() as OfOneRecord<E>>::never()
    }

    pub fn outcome<E>(self, _: E) -> BoxFuture<'r, Result<BatchOutcome<R::Table>>>
    where
        (): OfOneRecord<E>,
    {
        <() as OfOneRecord<E>>::never()
    }
}

#[doc(hidden)]
impl<'r, R: Record, K, A, G, F, X> Upsert<'r, R, K, A, G, F, X, One> {
    pub fn report<E>(self, _: E) -> BoxFuture<'r, Result<Report>>
    where
        (): OfManyRecords<E>,
    {
        <() as OfManyRecords<E>>::never()
    }

    pub fn fetch_all<E>(self, _: E) -> BoxFuture<'r, Result<Vec<R::Table>>>
    where
        (): OfManyRecords<E>,
    {
        <() as OfManyRecords<E>>::never()
    }

    pub fn outcomes<E>(self, _: E) -> BoxFuture<'r, Result<Vec<BatchOutcome<R::Table>>>>
    where
        (): OfManyRecords<E>,
    {
        <() as OfManyRecords<E>>::never()
    }
}
