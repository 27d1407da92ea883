//! Dates and times at the ends of what PostgreSQL can hold, and beyond what a Rust type can.
//!
//! sqlx adds what it has read to 1 January 2000, and the arithmetic of chrono and of `time` panics on
//! `infinity` and on what their types cannot hold. The types of columns tell which values can be such, so
//! that all others are decoded as they are.

use sqlx::encode::IsNull;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgTypeKind, PgValueFormat, PgValueRef};
use sqlx::{Decode, Encode, Postgres, Type, TypeInfo, ValueRef};

use crate::driver::caught::{caught, is_of};
use crate::error::Complaint;
use crate::error::Plain;
use crate::value::Value;

/// The dates and times in the values of a type.
#[derive(Clone, Copy)]
enum Form {
    /// None.
    Without,
    /// The value is one.
    One(Unit),
    /// They are the elements of an array.
    Array(Unit),
    /// They are the bounds of a range.
    Range(Unit),
    /// They are the bounds of the ranges of an array.
    Ranges(Unit),
    /// The type is one of the user's, and may have some anywhere.
    Unknown,
}

/// What a date or time counts.
#[derive(Clone, Copy)]
enum Unit {
    /// Days since 2000.
    Day,
    /// Microseconds since 2000.
    Instant,
    /// Microseconds since midnight.
    Clock,
}

/// What is special about a date or time, the worst last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Special {
    /// So many days from 2000, in a year that only some types can hold, and PostgreSQL perhaps not.
    Far { beyond: bool, days: i64 },
    /// The end of a day, `24:00`, which Rust's types take for its beginning.
    EndOfDay,
    /// `infinity` or `-infinity`.
    Infinite,
}

/// The first number of a type that is not PostgreSQL's own.
const FIRST_OF_USERS: u32 = 16_384;
/// Years that every type can hold, -9999 to 9999, as days.
const NEAR: std::ops::RangeInclusive<i64> = -4_382_544..=2_921_939;
/// What PostgreSQL can hold, as days
/// (<https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-DATETIME-TABLE>).
const DAYS: std::ops::Range<i64> = -2_451_545..2_145_031_949;
/// The same as microseconds.
const INSTANTS: std::ops::Range<i64> = -211_813_488_000_000_000..9_223_371_331_200_000_000;
const MICROSECONDS_OF_A_DAY: i64 = 86_400_000_000;

const INFINITE: Plain = Plain("it is `infinity` or `-infinity`, which the type cannot hold");
const OUT_OF_RANGE: Plain = Plain("it lies beyond what the type can hold");
const END_OF_DAY: Plain = Plain("it is `24:00`, which the type cannot hold");
const NOT_STORED: Plain = Plain("it lies beyond what PostgreSQL can hold");

impl Form {
    #[inline]
    fn of(kind: &PgTypeInfo) -> Self {
        let Some(Oid(number)) = kind.oid() else {
            return Self::Without;
        };
        match number {
            1082 => Self::One(Unit::Day),
            1114 | 1184 => Self::One(Unit::Instant),
            1083 | 1266 => Self::One(Unit::Clock),
            1182 => Self::Array(Unit::Day),
            1115 | 1185 => Self::Array(Unit::Instant),
            1183 | 1270 => Self::Array(Unit::Clock),
            3912 => Self::Range(Unit::Day),
            3908 | 3910 => Self::Range(Unit::Instant),
            3913 => Self::Ranges(Unit::Day),
            3909 | 3911 => Self::Ranges(Unit::Instant),
            // Rows without a type of their own, and arrays of them.
            2249 | 2287 => Self::Unknown,
            FIRST_OF_USERS.. => Self::of_users(kind),
            _ => Self::Without,
        }
    }

    #[cold]
    fn of_users(kind: &PgTypeInfo) -> Self {
        // sqlx answers with a panic what kind of type it is when it has not asked the server.
        if kind.name() == "?" {
            return Self::Unknown;
        }
        match kind.kind() {
            PgTypeKind::Simple | PgTypeKind::Pseudo | PgTypeKind::Enum(_) => Self::Without,
            _ => Self::Unknown,
        }
    }

    /// What is special about the dates and times in a value of this type.
    fn special(self, value: &[u8]) -> Option<Special> {
        match self {
            Self::Without | Self::Unknown => None,
            Self::One(unit) => unit.special(value),
            Self::Array(unit) => elements(value).filter_map(|it| unit.special(it)).max(),
            Self::Range(unit) => bounds(value).filter_map(|it| unit.special(it)).max(),
            Self::Ranges(unit) => elements(value)
                .flat_map(bounds)
                .filter_map(|it| unit.special(it))
                .max(),
        }
    }
}

impl Unit {
    #[inline]
    fn special(self, value: &[u8]) -> Option<Special> {
        let (days, beyond) = match self {
            Self::Day => match i32::from_be_bytes(*value.first_chunk()?) {
                i32::MIN | i32::MAX => return Some(Special::Infinite),
                days => (days.into(), !DAYS.contains(&days.into())),
            },
            Self::Instant => match i64::from_be_bytes(*value.first_chunk()?) {
                i64::MIN | i64::MAX => return Some(Special::Infinite),
                count => (
                    count.div_euclid(MICROSECONDS_OF_A_DAY),
                    !INSTANTS.contains(&count),
                ),
            },
            Self::Clock => {
                let count = i64::from_be_bytes(*value.first_chunk()?);
                return (count >= MICROSECONDS_OF_A_DAY).then_some(Special::EndOfDay);
            }
        };
        (beyond || !NEAR.contains(&days)).then_some(Special::Far { beyond, days })
    }
}

/// The elements of an array: behind the number of dimensions, flags, the type, and for each dimension the
/// length and the first index.
fn elements(array: &[u8]) -> impl Iterator<Item = &[u8]> {
    let dimensions = array
        .first_chunk()
        .map_or(0, |four| i32::from_be_bytes(*four));
    let head = usize::try_from(dimensions).unwrap_or(0).saturating_mul(8);
    parts(array.get(head.saturating_add(12)..).unwrap_or_default())
}

/// The bounds of a range, behind its flags.
fn bounds(range: &[u8]) -> impl Iterator<Item = &[u8]> {
    parts(range.get(1..).unwrap_or_default())
}

/// Values with their lengths before them; a `NULL` has none.
fn parts(mut rest: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        loop {
            let (length, behind) = rest.split_first_chunk()?;
            let Ok(length) = usize::try_from(i32::from_be_bytes(*length)) else {
                rest = behind;
                continue;
            };
            let (part, behind) = behind.split_at_checked(length)?;
            rest = behind;
            return Some(part);
        }
    })
}

/// Decodes a value that is not `NULL`, or that the type takes for one.
#[inline]
pub(super) fn decode<'r, T: Decode<'r, Postgres>>(value: PgValueRef<'r>) -> Result<T, Complaint> {
    match Form::of(&value.type_info()) {
        Form::Without => T::decode(value),
        form => decode_in_time(form, value),
    }
}

fn decode_in_time<'r, T>(form: Form, value: PgValueRef<'r>) -> Result<T, Complaint>
where
    T: Decode<'r, Postgres>,
{
    // A `Value` holds as text what no type of `chrono` does.
    let is_value = std::any::type_name::<T>() == std::any::type_name::<Value>();
    if is_value || value.is_null() || value.format() == PgValueFormat::Text {
        return T::decode(value);
    }
    // What is known to panic is refused before it does, since a panic is heard even where it is caught.
    match form.special(value.as_bytes()?) {
        None if !matches!(form, Form::Unknown) => T::decode(value),
        Some(Special::EndOfDay) => Err(END_OF_DAY.into()),
        Some(Special::Infinite) if is_of::<T>("chrono") || is_of::<T>("time") => {
            Err(INFINITE.into())
        }
        // A type of the user's may well hold it, and one that is made of others panics as they do.
        Some(Special::Infinite) => caught(INFINITE, || T::decode(value)),
        Some(Special::Far { days, .. }) if is_known_beyond::<T>(days) => Err(OUT_OF_RANGE.into()),
        Some(Special::Far { .. }) | None => caught(OUT_OF_RANGE, || T::decode(value)),
    }
}

/// Whether a day lies beyond the types of a crate that this type is made of.
#[cfg_attr(
    not(any(feature = "chrono", feature = "time")),
    expect(
        unused_variables,
        clippy::extra_unused_type_parameters,
        reason = "no crate has types for it"
    )
)]
fn is_known_beyond<T>(days: i64) -> bool {
    #[cfg(feature = "chrono")]
    if is_of::<T>("chrono") {
        use chrono::{Datelike, NaiveDate};

        let day = |date: NaiveDate| i64::from(date.num_days_from_ce()) - 730_120;
        return !(day(NaiveDate::MIN)..=day(NaiveDate::MAX)).contains(&days);
    }
    #[cfg(feature = "time")]
    if is_of::<T>("time") {
        use time::Date;

        let day = |date: Date| i64::from(date.to_julian_day()) - 2_451_545;
        return !(day(Date::MIN)..=day(Date::MAX)).contains(&days);
    }
    false
}

/// A value to be encoded, which is refused where PostgreSQL cannot hold it.
pub(super) struct Held<'v, T>(pub(super) &'v T);

impl<'q, T: Encode<'q, Postgres> + Type<Postgres>> Encode<'q, Postgres> for Held<'_, T> {
    #[inline]
    fn encode_by_ref(&self, to: &mut PgArgumentBuffer) -> Result<IsNull, Complaint> {
        encode(self.0, to)
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        self.0.produces()
    }

    fn size_hint(&self) -> usize {
        self.0.size_hint()
    }
}

impl<T: Type<Postgres>> Type<Postgres> for Held<'_, T> {
    fn type_info() -> PgTypeInfo {
        T::type_info()
    }
}

/// Encodes a value as `T` does.
#[inline]
pub(super) fn encode<'q, T>(value: &T, to: &mut PgArgumentBuffer) -> Result<IsNull, Complaint>
where
    T: Encode<'q, Postgres> + Type<Postgres>,
{
    match Form::of(&T::type_info()) {
        Form::Without | Form::Unknown => value.encode_by_ref(to),
        form => encode_in_time(form, value, to),
    }
}

fn encode_in_time<'q, T>(
    form: Form,
    value: &T,
    to: &mut PgArgumentBuffer,
) -> Result<IsNull, Complaint>
where
    T: Encode<'q, Postgres>,
{
    let start = to.len();
    // A time with an offset is brought to UTC, which may lie beyond what its type can hold.
    let encoded = caught(NOT_STORED, || value.encode_by_ref(to))?;
    match form.special(&to[start..]) {
        Some(Special::Far { beyond: true, .. }) => Err(NOT_STORED.into()),
        Some(Special::EndOfDay) => Err(END_OF_DAY.into()),
        // A type that has an infinity means it.
        Some(Special::Infinite | Special::Far { .. }) | None => Ok(encoded),
    }
}
