//! Sends values to a column that was described by the name of its type.
//!
//! The text of a statement has to determine the types of its arguments, whatever values a row holds. So a
//! column of a type that values have themselves is sent values of that type, and one of any other type is
//! sent texts, which the statement casts, and is read as a text.

use std::borrow::Cow;

use crate::dialect::Dialect;
use crate::schema::{ColumnDef, Name};
use crate::value::{Kind, Value};

/// How the values of a column travel.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    /// As values of this kind.
    pub(super) kind: Kind,
    /// Whether all of them do, and not only `NULL`s.
    converts: bool,
    /// The SQL that makes a value of the column's type of `{}`, where that is needed.
    pub(super) cast: Option<Name>,
}

/// How the values of this column travel, when those that are not `NULL` are of the kind `given`.
pub(super) fn wire(column: &ColumnDef, given: Option<Kind>, dialect: &dyn Dialect) -> Wire {
    let declared = column.sql_type.as_deref().unwrap_or_default();
    if !dialect.types_arguments() {
        return Wire {
            kind: given.unwrap_or_else(|| Kind::declared(declared)),
            converts: false,
            cast: None,
        };
    }
    let (native, cast) = native(declared);
    let kind = match given {
        Some(given) if !becomes(given, native) => Kind::Text,
        Some(_) | None => native,
    };
    let cast = match cast {
        Cast::Never => None,
        Cast::OfText => (kind == Kind::Text).then(|| format!("{{}}::{}", bare(declared))),
        // An explicit cast to a domain cuts what is too long; the input of an array's elements does not.
        Cast::ByInput => Some(format!("(ARRAY[{{}}]::TEXT::{}[])[1]", bare(declared))),
    };
    Wire {
        kind,
        converts: true,
        cast: cast.map(Name::from),
    }
}

/// Whether values of this kind are sent as those of the other.
fn becomes(given: Kind, kind: Kind) -> bool {
    match kind {
        Kind::Float => matches!(given, Kind::Int | Kind::Float),
        Kind::Bytes => given.is_bytes(),
        kind => given == kind,
    }
}

/// Whether a column is read as a text, since no [`Value`] holds its values otherwise.
pub(super) fn is_read_as_text(column: &ColumnDef, dialect: &dyn Dialect) -> bool {
    let declared = column.sql_type.as_deref().unwrap_or_default();
    let (native, cast) = native(declared);
    dialect.types_arguments()
        && native == Kind::Text
        && cast != Cast::Never
        && !is_timestamp(declared)
}

/// The value as it is sent, and its kind.
pub(super) fn sent<'v>(
    value: &'v Value,
    wire: &Wire,
    column: &ColumnDef,
) -> (Kind, Cow<'v, Value>) {
    let Some(own) = Kind::of(value) else {
        return (wire.kind, Cow::Borrowed(value));
    };
    if !is_written_as_text(value) && (own == wire.kind || !wire.converts) {
        return (own, Cow::Borrowed(value));
    }
    let kind = if wire.converts { wire.kind } else { own };
    let made = match (value, kind) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "the database loses the same by this cast"
        )]
        (Value::Int(value), Kind::Float) => Value::Float(*value as f64),
        #[cfg(feature = "uuid")]
        (Value::Uuid(value), Kind::Bytes) => Value::Bytes(value.as_bytes().to_vec()),
        (value, _) => Value::Text(text(value, column)),
    };
    (kind, Cow::Owned(made))
}

/// Whether a value has no kind of its own, but goes as a text.
pub(super) fn is_written_as_text(value: &Value) -> bool {
    !matches!(value, Value::Text(_)) && Kind::of(value) == Some(Kind::Text)
}

/// The text that the database reads a value from.
#[cfg_attr(
    not(feature = "chrono"),
    expect(
        unused_variables,
        reason = "only times are written by the type of their column"
    )
)]
fn text(value: &Value, column: &ColumnDef) -> String {
    match value {
        #[cfg(feature = "chrono")]
        Value::Time(value) => {
            let declared = column.sql_type.as_deref().unwrap_or_default();
            // Of a type without time zone, in UTC; the cast would take the session's time zone.
            if begins(declared, &["date", "time"]) {
                crate::value::timestamp(value.naive_utc(), 0)
            } else {
                value.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)
            }
        }
        value => crate::value::text(value).into_owned(),
    }
}

/// How a text becomes a value of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cast {
    /// It is one.
    Never,
    /// By a cast.
    OfText,
    /// By the type's own input.
    ByInput,
}

/// The kind of the values of a type, and how a text becomes one.
fn native(declared: &str) -> (Kind, Cast) {
    let is = |words: &[&str]| {
        let name = bare(declared).to_ascii_lowercase();
        words.contains(&name.as_str())
    };
    if is(&[
        "text",
        "varchar",
        "character varying",
        "char",
        "character",
        "bpchar",
        "name",
        "citext",
    ]) {
        // Without a cast, which would cut what is too long.
        return (Kind::Text, Cast::Never);
    }
    if is(&["bool", "boolean"]) {
        return (Kind::Bool, Cast::OfText);
    }
    if is(&[
        "smallint",
        "int2",
        "integer",
        "int",
        "int4",
        "bigint",
        "int8",
        "serial",
        "serial4",
        "bigserial",
        "serial8",
        "smallserial",
        "serial2",
    ]) {
        return (Kind::Int, Cast::OfText);
    }
    if is(&["real", "float4", "double precision", "float8", "float"]) {
        return (Kind::Float, Cast::OfText);
    }
    if is(&["bytea"]) {
        return (Kind::Bytes, Cast::OfText);
    }
    #[cfg(feature = "chrono")]
    if is(&["timestamptz", "timestamp with time zone"]) {
        return (Kind::Time, Cast::OfText);
    }
    #[cfg(feature = "uuid")]
    if is(&["uuid"]) {
        return (Kind::Uuid, Cast::OfText);
    }
    let cast = if declared.contains('[') || is(KNOWN) {
        Cast::OfText
    } else {
        Cast::ByInput
    };
    (Kind::Text, cast)
}

/// Types whose casts lose nothing. <https://www.postgresql.org/docs/current/datatype.html>
const KNOWN: &[&str] = &[
    "numeric",
    "decimal",
    "dec",
    "money",
    "date",
    "time",
    "time without time zone",
    "timetz",
    "time with time zone",
    "timestamp",
    "timestamp without time zone",
    "timestamptz",
    "timestamp with time zone",
    "interval",
    "json",
    "jsonb",
    "xml",
    "uuid",
    "inet",
    "cidr",
    "macaddr",
    "macaddr8",
    "tsvector",
    "tsquery",
    "varbit",
    "bit varying",
];

fn is_timestamp(declared: &str) -> bool {
    let name = bare(declared).to_ascii_lowercase();
    cfg!(feature = "chrono")
        && ["timestamp", "timestamp without time zone"].contains(&name.as_str())
}

#[cfg(feature = "chrono")]
fn begins(declared: &str, words: &[&str]) -> bool {
    let name = bare(declared).to_ascii_lowercase();
    !name.contains("with time zone")
        && !name.ends_with("tz")
        && !name.contains('[')
        && words.iter().any(|word| name.starts_with(word))
}

/// A type without its length or precision: a cast to it cuts nothing, and the column checks what it gets.
pub(super) fn bare(declared: &str) -> String {
    let mut bare = String::with_capacity(declared.len());
    let (mut within, mut quoted) = (false, false);
    for character in declared.trim().chars() {
        match character {
            '"' => quoted = !quoted,
            '(' if !quoted => within = true,
            ')' if within => {
                within = false;
                continue;
            }
            _ => {}
        }
        let is_space = !quoted && character.is_whitespace();
        let is_kept = !is_space || !bare.ends_with(' ');
        if !within && is_kept {
            bare.push(if is_space { ' ' } else { character });
        }
    }
    let name = bare.trim_end();
    let (element, array) = match name.find('[') {
        Some(at) => name.split_at(at),
        None => (name, ""),
    };
    // Alone, the first two mean a length of one.
    match element.trim_end().to_ascii_lowercase().as_str() {
        "bit" => format!("VARBIT{array}"),
        "char" | "character" => format!("BPCHAR{array}"),
        fields if fields.starts_with("interval ") => format!("INTERVAL{array}"),
        _ => name.to_owned(),
    }
}
