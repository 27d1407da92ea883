//! sqlx's errors to kinds, by SQLSTATE and by SQLite's extended result code: sqlx's own kinds put
//! everything that is worth a retry into `Other`.
//!
//! Sources: <https://www.postgresql.org/docs/current/errcodes-appendix.html> and
//! <https://www.sqlite.org/rescode.html>.

use sqlx::error::DatabaseError;

use super::ErrorKind;
use super::postgres::{column, is_stale_plan};

/// The kind of an error, and the key or constraint that it names.
pub(super) fn classify(error: &sqlx::Error) -> (ErrorKind, Option<String>) {
    match error {
        sqlx::Error::Database(error) => database(&**error),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => (ErrorKind::Connection, None),
        sqlx::Error::PoolTimedOut => (ErrorKind::Timeout, None),
        sqlx::Error::Configuration(_) | sqlx::Error::InvalidArgument(_) => {
            (ErrorKind::Configuration, None)
        }
        sqlx::Error::RowNotFound => (ErrorKind::NotFound, None),
        sqlx::Error::Encode(_) => (ErrorKind::Encode, None),
        sqlx::Error::Decode(_)
        | sqlx::Error::ColumnDecode { .. }
        | sqlx::Error::ColumnNotFound(_)
        | sqlx::Error::ColumnIndexOutOfBounds { .. }
        | sqlx::Error::TypeNotFound { .. } => (ErrorKind::Decode, None),
        sqlx::Error::BeginFailed | sqlx::Error::InvalidSavePointStatement => {
            (ErrorKind::Transaction, None)
        }
        _ => (ErrorKind::Database, None),
    }
}

/// What sqlx or the database said, where that is about names and types and never about values.
pub(super) fn without_values(kind: ErrorKind, error: &sqlx::Error) -> Option<String> {
    match error {
        // Messages of these kinds name tables, columns and types. A message about data quotes it.
        sqlx::Error::Database(error) => matches!(
            kind,
            ErrorKind::Statement
                | ErrorKind::MissingKey
                | ErrorKind::Unsupported
                | ErrorKind::Permission
                | ErrorKind::Configuration
        )
        .then(|| error.message().to_owned()),
        // A decoder may quote the value; these two sentences of sqlx's own do not.
        sqlx::Error::ColumnDecode { source, .. } => {
            let said = source.to_string();
            (said.starts_with("mismatched types") || said.starts_with("unexpected null"))
                .then_some(said)
        }
        _ => None,
    }
}

fn database(error: &dyn DatabaseError) -> (ErrorKind, Option<String>) {
    let constraint = error.constraint().or(column(error)).map(str::to_owned);
    let Some(code) = error.code() else {
        return (ErrorKind::Database, constraint);
    };
    // A SQLSTATE has five characters, a result code of SQLite at most four digits.
    let kind = if is_stale_plan(error) {
        ErrorKind::SchemaChanged
    } else if code.len() == 5 {
        sqlstate(&code)
    } else {
        result_code(&code, error.message())
    };
    (
        kind,
        constraint.or_else(|| named_by_sqlite(kind, error.message())),
    )
}

fn sqlstate(code: &str) -> ErrorKind {
    match code {
        "23505" => ErrorKind::UniqueViolation,
        "23503" | "23001" => ErrorKind::ForeignKeyViolation,
        "23502" => ErrorKind::NotNullViolation,
        "23514" => ErrorKind::CheckViolation,
        "21000" => ErrorKind::DuplicateKeyInBatch,
        "42P10" => ErrorKind::MissingKey,
        "40001" => ErrorKind::Serialization,
        "40P01" => ErrorKind::Deadlock,
        "55P03" | "57014" | "25P03" | "57P05" => ErrorKind::Timeout,
        "42501" | "25006" => ErrorKind::Permission,
        "25P02" => ErrorKind::Transaction,
        "57P01" | "57P02" | "57P03" => ErrorKind::Connection,
        "55000" | "42704" => ErrorKind::Statement,
        _ => match &code.as_bytes()[..2] {
            b"08" | b"53" => ErrorKind::Connection,
            b"0A" => ErrorKind::Unsupported,
            b"22" => ErrorKind::Data,
            b"25" => ErrorKind::Transaction,
            b"28" => ErrorKind::Permission,
            b"3D" | b"3F" => ErrorKind::Configuration,
            b"42" => ErrorKind::Statement,
            _ => ErrorKind::Database,
        },
    }
}

/// `SQLITE_BUSY_SNAPSHOT`.
const BUSY_SNAPSHOT: u32 = 517;

fn result_code(code: &str, message: &str) -> ErrorKind {
    let Ok(extended) = code.parse::<u32>() else {
        return ErrorKind::Database;
    };
    match extended {
        2067 | 1555 | 2579 => ErrorKind::UniqueViolation,
        787 => ErrorKind::ForeignKeyViolation,
        // A key that restricts is a trigger to SQLite; any other one is the user's own.
        1811 if message.starts_with("FOREIGN KEY constraint") => ErrorKind::ForeignKeyViolation,
        1811 => ErrorKind::Database,
        1299 => ErrorKind::NotNullViolation,
        275 => ErrorKind::CheckViolation,
        // Which primary code it is stands in the low byte.
        _ => match extended & 0xff {
            // The one mistake about keys has no code of its own.
            1 if message.starts_with("ON CONFLICT clause does not match") => ErrorKind::MissingKey,
            1 => ErrorKind::Statement,
            3 | 8 | 23 => ErrorKind::Permission,
            // What has read before another one wrote cannot write any more, however long it waits.
            5 if extended == BUSY_SNAPSHOT => ErrorKind::Serialization,
            5 | 6 => ErrorKind::Busy,
            9 => ErrorKind::Timeout,
            10 | 14 => ErrorKind::Connection,
            18 | 20 | 25 => ErrorKind::Data,
            _ => ErrorKind::Database,
        },
    }
}

/// SQLite names the columns (`UNIQUE constraint failed: users.email`) or the check in its message,
/// and never a value.
fn named_by_sqlite(kind: ErrorKind, message: &str) -> Option<String> {
    match kind {
        ErrorKind::UniqueViolation | ErrorKind::NotNullViolation | ErrorKind::CheckViolation => {
            message
                .split_once("constraint failed: ")
                .map(|(_, named)| named.to_owned())
        }
        _ => None,
    }
}
