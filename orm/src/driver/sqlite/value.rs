//! [`Value`] on SQLite: stored as the Rust type of its variant is, read as what is stored.

use sqlx::encode::IsNull;
use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Encode, Sqlite, Type, TypeInfo, ValueRef};

use crate::error::Complaint;
use crate::value::{Value, text};

impl Type<Sqlite> for Value {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }

    fn compatible(_: &SqliteTypeInfo) -> bool {
        true
    }
}

impl Encode<'_, Sqlite> for Value {
    fn encode_by_ref(&self, to: &mut SqliteArgumentsBuffer) -> Result<IsNull, Complaint> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Bool(value) => Encode::<Sqlite>::encode(value, to),
            Self::Int(value) => Encode::<Sqlite>::encode(value, to),
            Self::Float(value) => Encode::<Sqlite>::encode(value, to),
            Self::Text(value) => Encode::<Sqlite>::encode(value, to),
            Self::Bytes(value) => Encode::<Sqlite>::encode(value, to),
            #[cfg(feature = "chrono")]
            Self::Time(value) => {
                super::affinity::check(value)?;
                Encode::<Sqlite>::encode(value, to)
            }
            #[cfg(feature = "uuid")]
            Self::Uuid(value) => Encode::<Sqlite>::encode(value, to),
            other => Encode::<Sqlite>::encode(text(other).into_owned(), to),
        }
    }
}

impl<'r> Decode<'r, Sqlite> for Value {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, Complaint> {
        if value.is_null() {
            return Ok(Self::Null);
        }
        let kind = value.type_info().into_owned();
        Ok(match kind.name() {
            "BOOLEAN" => Self::Bool(Decode::<Sqlite>::decode(value)?),
            "INTEGER" | "INT4" | "BIGINT" => Self::Int(Decode::<Sqlite>::decode(value)?),
            "REAL" => Self::Float(Decode::<Sqlite>::decode(value)?),
            "BLOB" => Self::Bytes(Decode::<Sqlite>::decode(value)?),
            _ => Self::Text(Decode::<Sqlite>::decode(value)?),
        })
    }
}
