//! Values that SQLite keeps in another form than they were written in, and forms that it cannot compare.
//!
//! A column has an affinity and no type (<https://www.sqlite.org/datatype3.html>): one that is numeric keeps
//! `2.0` as the whole number 2.

use std::fmt::{self, Write};

use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Encode, Sqlite, Type, TypeInfo, Value, ValueRef};

use crate::driver::caught::{caught, is_of};
use crate::error::Complaint;
use crate::error::Plain;

/// Why a time is refused whose text would not be in order.
pub(super) const UNORDERED: Plain = Plain(
    "years are 0 to 9999 on SQLite, where dates and times are texts and are compared as texts",
);
/// The seconds since 1970 of the years that the types of `time` hold, -9999 to 9999.
const SECONDS: std::ops::RangeInclusive<i64> = -377_705_116_800..=253_402_300_799;
const OUT_OF_RANGE: Plain = Plain("it lies beyond what the type can hold");

/// Whether a whole number is read as a number with a fraction without being rounded.
#[cold]
pub(super) fn fits<T: Type<Sqlite>>(kind: &SqliteTypeInfo, value: SqliteValueRef<'_>) -> bool {
    T::type_info().name() == "REAL"
        && kind.name() == "INTEGER"
        && <i64 as Decode<Sqlite>>::decode(value).is_ok_and(is_exact)
}

/// Whether a floating-point number of eight bytes holds it: with 53 digits.
fn is_exact(whole: i64) -> bool {
    let digits = whole.unsigned_abs();
    64 - digits.leading_zeros() <= 53 + digits.trailing_zeros()
}

/// Decodes a value.
#[inline]
pub(super) fn decode<'r, T>(value: SqliteValueRef<'r>) -> Result<T, Complaint>
where
    T: Decode<'r, Sqlite> + Type<Sqlite>,
{
    // Seconds since 1970 are taken for a time, and a decoder of sqlx's panics where they are too many.
    if T::type_info().name() == "DATETIME" && value.type_info().name() == "INTEGER" {
        return decode_seconds(value);
    }
    T::decode(value)
}

#[cold]
fn decode_seconds<'r, T: Decode<'r, Sqlite>>(value: SqliteValueRef<'r>) -> Result<T, Complaint> {
    let copy = ValueRef::to_owned(&value);
    let seconds: i64 = Decode::<Sqlite>::decode(copy.as_ref())?;
    // It is refused before, since a panic is heard even where it is caught.
    if is_of::<T>("time") && !SECONDS.contains(&seconds) {
        return Err(OUT_OF_RANGE.into());
    }
    caught(OUT_OF_RANGE, || T::decode(value))
}

/// Refuses a time that would not be in its place among others.
///
/// Years of more digits than four, and those before year 0, are written with a sign before them.
#[inline]
pub(super) fn check<'q, T>(value: &T) -> Result<(), Complaint>
where
    T: Encode<'q, Sqlite> + Type<Sqlite>,
{
    match T::type_info().name() {
        "DATE" | "DATETIME" => check_order(value),
        _ => Ok(()),
    }
}

fn check_order<'q, T: Encode<'q, Sqlite>>(value: &T) -> Result<(), Complaint> {
    // An encoded value can only be looked at in its `Debug` form. No more of that is made than one character.
    let mut text = SqliteArgumentsBuffer::default();
    let _ = value.encode_by_ref(&mut text)?;
    let mut first = First::Unquoted;
    let _ = write!(first, "{text:?}");
    match first {
        First::Character('+' | '-') => Err(UNORDERED.into()),
        First::Character(_) | First::Unquoted | First::Quoted => Ok(()),
    }
}

/// Finds the first character between quotes.
enum First {
    Unquoted,
    Quoted,
    Character(char),
}

impl Write for First {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            match self {
                Self::Unquoted if character == '"' => *self = Self::Quoted,
                Self::Unquoted => {}
                Self::Quoted => *self = Self::Character(character),
                // There is no need to go on.
                Self::Character(_) => return Err(fmt::Error),
            }
        }
        Ok(())
    }
}
