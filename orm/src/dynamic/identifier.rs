//! What can be the name of a table, a column or a key.

use crate::error::{Error, ErrorKind, Result};
use crate::schema::LONGEST_NAME;

/// Refuses a name that a database would not keep as it is.
pub(super) fn check(what: &str, name: &str) -> Result<()> {
    let refuse = |why: &str| {
        Err(Error::new(
            ErrorKind::Configuration,
            format!("the name of the {what} {why}: `{name}`"),
        ))
    };
    if name.is_empty() {
        return refuse("is empty");
    }
    if name.contains('\0') {
        return refuse("holds a NUL character");
    }
    if name.len() > LONGEST_NAME {
        return refuse("is longer than 63 bytes");
    }
    // The library puts columns and tables of its own beside those that are described.
    if matches!(what, "column" | "table") && name.starts_with(' ') {
        return refuse("begins with a space, as names of the library's own do");
    }
    Ok(())
}

/// Refuses the name of a table or schema that belongs to the database itself.
pub(super) fn check_not_reserved(what: &str, name: &str) -> Result<()> {
    let lower = name.to_ascii_lowercase();
    let reserved =
        lower.starts_with("pg_") || lower.starts_with("sqlite_") || lower == "information_schema";
    if reserved {
        return Err(Error::new(
            ErrorKind::Configuration,
            format!("the name of a {what} is reserved by the database: `{name}`"),
        ));
    }
    Ok(())
}
