//! [`Value`] on PostgreSQL: each is of the type that its variant says.

use sqlx::encode::IsNull;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};
use sqlx::{Decode, Encode, Postgres, Type, TypeInfo, ValueRef};

use crate::error::Complaint;
use crate::value::{Value, text};

/// Leaves it to the server to find the type from where the value is used.
pub(super) const OPEN: PgTypeInfo = PgTypeInfo::with_oid(super::OPEN);

impl Type<Postgres> for Value {
    fn type_info() -> PgTypeInfo {
        OPEN
    }

    fn compatible(_: &PgTypeInfo) -> bool {
        true
    }
}

impl Encode<'_, Postgres> for Value {
    fn encode_by_ref(&self, to: &mut PgArgumentBuffer) -> Result<IsNull, Complaint> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Bool(value) => Encode::<Postgres>::encode(value, to),
            Self::Int(value) => Encode::<Postgres>::encode(value, to),
            Self::Float(value) => Encode::<Postgres>::encode(value, to),
            Self::Text(value) => Encode::<Postgres>::encode(value, to),
            Self::Bytes(value) => Encode::<Postgres>::encode(value, to),
            #[cfg(feature = "chrono")]
            Self::Time(value) => super::moments::encode(value, to),
            #[cfg(feature = "uuid")]
            Self::Uuid(value) => Encode::<Postgres>::encode(value, to),
            other => Encode::<Postgres>::encode(&*text(other), to),
        }
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        Some(match self {
            Self::Null => OPEN,
            Self::Bool(_) => <bool as Type<Postgres>>::type_info(),
            Self::Int(_) => <i64 as Type<Postgres>>::type_info(),
            Self::Float(_) => <f64 as Type<Postgres>>::type_info(),
            Self::Text(_) => <String as Type<Postgres>>::type_info(),
            Self::Bytes(_) => <Vec<u8> as Type<Postgres>>::type_info(),
            #[cfg(feature = "chrono")]
            Self::Time(_) => <chrono::DateTime<chrono::Utc> as Type<Postgres>>::type_info(),
            #[cfg(feature = "uuid")]
            Self::Uuid(_) => <uuid::Uuid as Type<Postgres>>::type_info(),
            _ => <String as Type<Postgres>>::type_info(),
        })
    }
}

impl<'r> Decode<'r, Postgres> for Value {
    fn decode(value: PgValueRef<'r>) -> Result<Self, Complaint> {
        if value.is_null() {
            return Ok(Self::Null);
        }
        let kind = value.type_info().into_owned();
        Ok(match kind.name() {
            "BOOL" => Self::Bool(Decode::<Postgres>::decode(value)?),
            "INT2" => Self::Int(<i16 as Decode<Postgres>>::decode(value)?.into()),
            "INT4" => Self::Int(<i32 as Decode<Postgres>>::decode(value)?.into()),
            "INT8" => Self::Int(Decode::<Postgres>::decode(value)?),
            "FLOAT4" => Self::Float(<f32 as Decode<Postgres>>::decode(value)?.into()),
            "FLOAT8" => Self::Float(Decode::<Postgres>::decode(value)?),
            "TEXT" | "VARCHAR" | "CHAR" | "NAME" | "CITEXT" | "citext" => {
                Self::Text(Decode::<Postgres>::decode(value)?)
            }
            "BYTEA" => Self::Bytes(Decode::<Postgres>::decode(value)?),
            #[cfg(feature = "chrono")]
            name @ ("TIMESTAMP" | "TIMESTAMPTZ") => match moment(value)? {
                Ok(value) if name == "TIMESTAMP" => Self::Timestamp(value),
                Ok(value) => Self::Time(value.and_utc()),
                Err(text) => Self::Other {
                    type_name: name.to_owned(),
                    text,
                },
            },
            #[cfg(feature = "uuid")]
            "UUID" => Self::Uuid(Decode::<Postgres>::decode(value)?),
            other => return Err(format!("no `Value` holds a column of type {other}").into()),
        })
    }
}

/// A point in time, or its text where no type of `chrono` holds it.
#[cfg(feature = "chrono")]
fn moment(value: PgValueRef<'_>) -> Result<Result<chrono::NaiveDateTime, String>, Complaint> {
    use chrono::{DateTime, NaiveDateTime, TimeDelta};

    /// What days are counted from: 1 January 2000.
    const EPOCH: i64 = 946_684_800_000_000;
    /// As many microseconds as 40,000 years have, after which the calendar is the same.
    const CYCLE: i64 = 146_097 * 100 * 86_400_000_000;

    if value.format() == sqlx::postgres::PgValueFormat::Text {
        return Ok(Ok(<NaiveDateTime as Decode<Postgres>>::decode(value)?));
    }
    let bytes: [u8; 8] = value.as_bytes()?.try_into()?;
    let count = match i64::from_be_bytes(bytes) {
        i64::MAX => return Ok(Err("infinity".to_owned())),
        i64::MIN => return Ok(Err("-infinity".to_owned())),
        count => count,
    };
    let epoch = DateTime::from_timestamp_micros(EPOCH).unwrap_or_default();
    let at = |count| {
        let value = epoch.checked_add_signed(TimeDelta::microseconds(count));
        value.map(|value| value.naive_utc())
    };
    if let Some(value) = at(count) {
        return Ok(Ok(value));
    }
    let earlier = at(count - CYCLE).unwrap_or_default();
    Ok(Err(crate::value::timestamp(earlier, 40_000)))
}
