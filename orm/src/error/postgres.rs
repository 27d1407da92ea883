//! What PostgreSQL says of an error beyond what sqlx has for all databases.

use sqlx::error::DatabaseError;
#[cfg(feature = "postgres")]
use sqlx::postgres::PgDatabaseError;

/// Whether a prepared statement gives other types than it did when it was prepared, which PostgreSQL
/// refuses, and would again each time until it is prepared anew.
pub(crate) fn is_stale(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(is_stale_plan)
}

/// The same of an error of the database. The code is shared with all that is not supported and the
/// message is translated, but the routine is neither.
#[cfg(feature = "postgres")]
pub(super) fn is_stale_plan(error: &dyn DatabaseError) -> bool {
    error
        .try_downcast_ref::<PgDatabaseError>()
        .is_some_and(|error| {
            error.code() == "0A000" && error.routine() == Some("RevalidateCachedQuery")
        })
}

/// Whether one statement was to update a row twice. A sub-query that gives several rows has the same code, and
/// only the routine tells them apart in every language.
#[cfg(feature = "postgres")]
pub(super) fn is_second_update(error: &dyn DatabaseError) -> bool {
    error
        .try_downcast_ref::<PgDatabaseError>()
        .filter(|error| error.code() == "21000")
        .is_some_and(|error| match error.routine() {
            Some(routine) => routine.starts_with("ExecOnConflict"),
            // What only speaks PostgreSQL's protocol may name none.
            None => error.message().contains("ON CONFLICT"),
        })
}

#[cfg(not(feature = "postgres"))]
pub(super) fn is_second_update(_: &dyn DatabaseError) -> bool {
    false
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
pub(super) fn is_stale_plan(_: &dyn DatabaseError) -> bool {
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
