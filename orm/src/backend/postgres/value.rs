//! [`Value`] on PostgreSQL: each is of the type that its variant says.

use sqlx::encode::IsNull;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};
use sqlx::{Decode, Encode, Postgres, Type, TypeInfo, ValueRef};

use crate::value::{Complaint, Value};

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
            "TEXT" | "VARCHAR" | "CHAR" | "NAME" | "CITEXT" => {
                Self::Text(Decode::<Postgres>::decode(value)?)
            }
            "BYTEA" => Self::Bytes(Decode::<Postgres>::decode(value)?),
            #[cfg(feature = "chrono")]
            "TIMESTAMP" => {
                let value: chrono::NaiveDateTime = Decode::<Postgres>::decode(value)?;
                Self::Time(value.and_utc())
            }
            #[cfg(feature = "chrono")]
            "TIMESTAMPTZ" => Self::Time(Decode::<Postgres>::decode(value)?),
            #[cfg(feature = "uuid")]
            "UUID" => Self::Uuid(Decode::<Postgres>::decode(value)?),
            other => return Err(format!("no `Value` holds a column of type {other}").into()),
        })
    }
}
