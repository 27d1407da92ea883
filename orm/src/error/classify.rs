//! sqlx's errors to kinds, by SQLSTATE and by SQLite's extended result code: sqlx's own kinds put
//! everything that is worth a retry into `Other`.
//!
//! Sources: <https://www.postgresql.org/docs/current/errcodes-appendix.html> and
//! <https://www.sqlite.org/rescode.html>.

use sqlx::error::DatabaseError;

use super::sqlite::About;
use super::{ErrorKind, postgres, sqlite};

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
        | sqlx::Error::ColumnIndexOutOfBounds { .. } => (ErrorKind::Decode, None),
        // Of a value that is bound as well as of one that is read.
        sqlx::Error::TypeNotFound { .. } => (ErrorKind::Statement, None),
        sqlx::Error::BeginFailed | sqlx::Error::InvalidSavePointStatement => {
            (ErrorKind::Transaction, None)
        }
        _ => (ErrorKind::Database, None),
    }
}

fn database(error: &dyn DatabaseError) -> (ErrorKind, Option<String>) {
    let constraint = postgres::constraint(error).map(str::to_owned);
    let Some(code) = error.code() else {
        return (ErrorKind::Database, constraint);
    };
    // A SQLSTATE has five characters, a result code of SQLite at most four digits.
    let kind = if postgres::is_out_of_date(error) {
        ErrorKind::SchemaChanged
    } else if postgres::is_raised(error) {
        raised(&code)
    } else if postgres::is_second_update(error) {
        ErrorKind::DuplicateKeyInBatch
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

/// The kind of an error that a function of the database has raised: nothing has become of the connection,
/// whatever class was chosen for it.
fn raised(code: &str) -> ErrorKind {
    match sqlstate(code) {
        ErrorKind::Connection | ErrorKind::Configuration | ErrorKind::Transaction => {
            ErrorKind::Database
        }
        kind => kind,
    }
}

fn sqlstate(code: &str) -> ErrorKind {
    match code {
        "23505" => ErrorKind::UniqueViolation,
        "23503" | "23001" => ErrorKind::ForeignKeyViolation,
        "23502" => ErrorKind::NotNullViolation,
        "23514" => ErrorKind::CheckViolation,
        "42P10" => ErrorKind::MissingKey,
        "40001" => ErrorKind::Serialization,
        "40P01" => ErrorKind::Deadlock,
        "55P03" | "57014" | "25P03" | "57P05" => ErrorKind::Timeout,
        "42501" | "25006" => ErrorKind::Permission,
        "25P02" => ErrorKind::Transaction,
        "53300" | "57P01" | "57P02" | "57P03" => ErrorKind::Connection,
        "55000" | "42704" | "54001" | "54011" | "54023" => ErrorKind::Statement,
        // A message that is no part of the protocol will be none the next time.
        "08P01" => ErrorKind::Database,
        // What an index or a text search cannot hold.
        "54000" => ErrorKind::Data,
        _ => match &code.as_bytes()[..2] {
            b"08" => ErrorKind::Connection,
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
        // A value of another type in a strict table.
        3091 => ErrorKind::Data,
        // Which primary code it is stands in the low byte.
        _ => match extended & 0xff {
            // The one mistake about keys has no code of its own.
            1 if message.starts_with("ON CONFLICT clause does not match") => ErrorKind::MissingKey,
            1 => match sqlite::about(message) {
                About::Statement => ErrorKind::Statement,
                About::Value => ErrorKind::Data,
                About::Other => ErrorKind::Database,
            },
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
