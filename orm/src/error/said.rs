//! The sentence of an error that came from sqlx: what it means, and what the database said of it where that
//! holds no value.

use sqlx::error::{DatabaseError, UnexpectedNullError};

use super::plain::plain;
use super::{ErrorKind, cause, postgres, sqlite};

/// What stands in the place of a message that is not shown.
const WITHHELD: &str =
    "; the database's own message may quote values, and `Error::database_error` has it";

/// Messages of SQLite that quote nothing.
const FIXED: &[&str] = &[
    "ESCAPE expression must be a single character",
    "JSON cannot hold BLOB values",
    "LIKE or GLOB pattern too complex",
    "access permission denied",
    "attempt to write a readonly database",
    "datatype mismatch",
    "integer overflow",
    "malformed JSON",
    "not authorized",
    "string or blob too big",
];

/// The message of an error of this kind, where its kind alone does not say it. `statement` is the text that
/// was sent, where it is known.
pub(super) fn message(
    kind: ErrorKind,
    error: &sqlx::Error,
    statement: Option<&str>,
) -> Option<String> {
    match error {
        sqlx::Error::Database(error) => database(kind, &**error, statement),
        sqlx::Error::TypeNotFound { type_name } => Some(format!(
            "there is no type `{type_name}` in the database: it is looked up by this name on the \
             search_path, for a value that is bound or read; name a type that is there with \
             `#[sqlx(type_name = \"..\")]` (`\"text\"` for an enum that is kept as text), or make it with \
             `orm::create_tables!`, `CREATE TYPE` or `CREATE EXTENSION`"
        )),
        _ => without_values(error)
            .map(|said| format!("{}: {said}", kind.sentence()))
            .or_else(|| cause::message(error)),
    }
}

/// What sqlx said of a value, where that names types and does not quote it.
pub(super) fn without_values(error: &sqlx::Error) -> Option<String> {
    match error {
        // A decoder may quote the value; these two of sqlx's own do not, nor do ours.
        sqlx::Error::ColumnDecode { source, .. } => {
            if let Some(said) = plain(source) {
                return Some(said.to_owned());
            }
            let said = source.to_string();
            (source.is::<UnexpectedNullError>() || names_types(&said)).then_some(said)
        }
        _ => None,
    }
}

/// Whether this is what sqlx says of a value of another type, word by word.
fn names_types(said: &str) -> bool {
    let rest = said.strip_prefix("mismatched types; Rust type `");
    let rest = rest.and_then(|rest| rest.split_once("` (as SQL type `"));
    let rest = rest.and_then(|(_, rest)| rest.split_once("`) is not compatible with SQL type `"));
    rest.is_some_and(|(_, found)| found.find('`').is_some_and(|end| end + 1 == found.len()))
}

fn database(kind: ErrorKind, error: &dyn DatabaseError, statement: Option<&str>) -> Option<String> {
    let sentence = sentence(kind, error);
    let may_say_more = matches!(
        kind,
        ErrorKind::Statement
            | ErrorKind::MissingKey
            | ErrorKind::Unsupported
            | ErrorKind::Permission
            | ErrorKind::Configuration
            | ErrorKind::Data
            | ErrorKind::Database
    );
    if !may_say_more && !is_full(error) {
        return (sentence != kind.sentence()).then(|| sentence.to_owned());
    }
    if !is_shown(kind, error, statement) {
        return Some(format!("{sentence}{WITHHELD}"));
    }
    let hint = hint(error);
    Some(format!("{sentence}: {}{hint}", error.message()))
}

/// Whether it is the server, a database or a role that has as many connections as it may have: which one is
/// told by the message.
fn is_full(error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| code == "53300") && postgres::is_about_names(error)
}

/// Whether nothing in the message can be a value.
fn is_shown(kind: ErrorKind, error: &dyn DatabaseError, statement: Option<&str>) -> bool {
    let Some(code) = error.code() else {
        return false;
    };
    if code.len() == 5 {
        return !matches!(kind, ErrorKind::Data | ErrorKind::Database)
            && postgres::is_about_names(error);
    }
    match kind {
        // It names a type and a column.
        ErrorKind::Data if code == "3091" => true,
        ErrorKind::Data => FIXED.contains(&error.message()),
        ErrorKind::Database => false,
        _ if FIXED.contains(&error.message()) => true,
        _ => sqlite::is_about_names(error.message(), statement),
    }
}

/// What it means, by its code where that says more than the kind.
fn sentence(kind: ErrorKind, error: &dyn DatabaseError) -> &'static str {
    let Some(code) = error.code() else {
        return kind.sentence();
    };
    if postgres::is_raised(error) {
        return "a function or trigger of the database has raised an error";
    }
    match &*code {
        "55P03" if !postgres::has_waited(error) => {
            "the row is locked by another transaction; run it again"
        }
        "55P03" => "a lock was not had in the time that may be waited for one",
        "57014" => "the statement was cancelled: it took too long, or somebody stopped it",
        "25P03" | "57P05" => "the connection was idle for longer than the server allows",
        "57P01" | "57P02" => "the server has ended the connection",
        "57P03" => "the server takes no connections yet, or no more",
        "53300" => "the server has as many connections as it takes",
        "53100" => "the server has no room left on its disk",
        "53200" => "the server has run out of memory",
        "53000" | "53400" => "the server has reached a limit of its configuration",
        "08P01" => {
            "the server, or a pooler in front of it, refused what was sent to it; see \
             `orm::guide::connecting`"
        }
        "28P01" => "the password is wrong, or none was given",
        "3D000" => "there is no such database; create it, or name another one",
        "3F000" => "there is no such schema",
        "42601" => "the statement is not valid",
        "1811" => "a trigger of the database has raised an error",
        "11" => "the file of the database is damaged",
        "26" => "the file is not a SQLite database",
        "13" => "the disk is full, or the database has reached its limit",
        _ if code.len() == 5 && code.starts_with("08") => {
            "a connection could not be made or was lost, this one or one of the server's own"
        }
        _ if kind == ErrorKind::Statement && sqlite::is_syntax(error.message()) => {
            "the statement is not valid"
        }
        _ => kind.sentence(),
    }
}

/// What to do about it.
fn hint(error: &dyn DatabaseError) -> &'static str {
    if postgres::is_missing_table(error) || error.message().starts_with("no such table: ") {
        "; `orm::create_tables!` makes it"
    } else {
        ""
    }
}
