//! What PostgreSQL says of an error beyond what sqlx has for all databases.

use sqlx::error::DatabaseError;
#[cfg(feature = "postgres")]
use sqlx::postgres::PgDatabaseError;

/// Whether what the connection has kept of a statement or a type may be out of date, so that the same
/// statement may succeed once all of that is forgotten.
///
/// Some codes say so for certain. Those of a type that does not fit are also those of a mistake in a
/// statement: a type that was replaced may live on under another name, and its number is then still valid.
/// Which of the two it is shows when the statement is sent again.
pub(crate) fn is_stale(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(|error| is_out_of_date(error) || is_of_another_type(error))
}

/// Whether what the connection has kept is out of date for certain.
pub(crate) fn is_surely_stale(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(is_out_of_date)
}

/// Whether a unique key is taken.
pub(crate) fn is_taken(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(DatabaseError::is_unique_violation)
}

/// Whether an error of the database says for certain that a prepared statement gives other types than it
/// did, or that a type whose number sqlx has kept is gone. PostgreSQL refuses both each time until they are
/// asked for anew.
///
/// The codes are shared with other errors and the messages of most are translated, but the routine is
/// neither. That of an internal error is one of many, and its message is never translated.
#[cfg(feature = "postgres")]
pub(super) fn is_out_of_date(error: &dyn DatabaseError) -> bool {
    let Some(error) = error.try_downcast_ref::<PgDatabaseError>() else {
        return false;
    };
    match (error.code(), error.routine()) {
        ("0A000", Some("RevalidateCachedQuery"))
        | ("42704", Some("lookup_type_cache"))
        | ("42804", Some("array_recv" | "record_recv")) => true,
        // What a function has prepared for a variable of the type.
        ("42804", Some(routine)) => routine.starts_with("plpgsql_param_eval"),
        ("XX000", _) => error.message().starts_with("cache lookup failed for type "),
        _ => false,
    }
}

/// Whether a value is of a type that does not fit where it stands in the statement itself: no assignment, no
/// operator, no cast, no array.
#[cfg(feature = "postgres")]
fn is_of_another_type(error: &dyn DatabaseError) -> bool {
    error
        .try_downcast_ref::<PgDatabaseError>()
        .is_some_and(|error| {
            matches!(error.code(), "42804" | "42883" | "42846" | "42809")
                && error.r#where().is_none()
        })
}

/// Whether a function or procedure has failed that the statement calls, and not the statement itself. What
/// fails while arguments are read has a context too, since PostgreSQL 14.
#[cfg(feature = "postgres")]
pub(crate) fn is_raised_within(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(|error| error.try_downcast_ref::<PgDatabaseError>())
        .is_some_and(|error| {
            let of_argument = ["getTypeBinaryInputInfo", "array_recv", "record_recv"];
            let of_argument = of_argument.map(Some).contains(&error.routine());
            error.r#where().is_some() && !of_argument
        })
}

/// The column that got no value, which has no constraint with a name.
#[cfg(feature = "postgres")]
pub(super) fn column(error: &dyn DatabaseError) -> Option<&str> {
    let error = error.try_downcast_ref::<PgDatabaseError>()?;
    error.column().filter(|_| error.code() == "23502")
}

/// The columns of the key that is taken. PostgreSQL tells them in its detail and nowhere else:
/// `(id, name)=(7, Ann)`, with words of the server's language around it.
#[cfg(feature = "postgres")]
pub(super) fn columns_of_key(error: &sqlx::Error) -> Option<Vec<String>> {
    let detail = error
        .as_database_error()?
        .try_downcast_ref::<PgDatabaseError>()?
        .detail()?;
    // The values come behind the columns, so that nothing in them can be taken for a column.
    let (_, from_columns) = detail.split_once('(')?;
    let (columns, _) = from_columns.split_once(")=(")?;
    let unquoted = |name: &str| match name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'))
    {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => name.to_owned(),
    };
    Some(columns.split(", ").map(unquoted).collect())
}

#[cfg(not(feature = "postgres"))]
pub(super) fn is_out_of_date(_: &dyn DatabaseError) -> bool {
    false
}

#[cfg(not(feature = "postgres"))]
pub(crate) fn is_raised_within(_: &sqlx::Error) -> bool {
    false
}

#[cfg(not(feature = "postgres"))]
fn is_of_another_type(_: &dyn DatabaseError) -> bool {
    false
}

#[cfg(not(feature = "postgres"))]
pub(super) fn column(_: &dyn DatabaseError) -> Option<&str> {
    None
}

#[cfg(not(feature = "postgres"))]
pub(super) fn columns_of_key(_: &sqlx::Error) -> Option<Vec<String>> {
    None
}
