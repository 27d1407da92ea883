//! Whether a row has the columns that are to be read from it by name.

use crate::backend::Backend;
use crate::error::{Error, ErrorKind, Result};

/// Each of these names is that of one column of the row.
pub(super) fn check<DB: Backend>(row: &DB::Row, names: &[&str]) -> Result<()> {
    let missing = names.iter().find(|name| DB::place(row, name).is_none());
    if let Some(name) = missing {
        return refused(format!(
            "the statement gives no column `{name}`; a struct is read by the names of columns: name the \
             column so, with `AS` where it is computed, or read the row into a tuple"
        ));
    }
    // Of several columns of one name only one has its place under that name.
    let is_second = |at: &usize| {
        let name = DB::column(row, *at);
        name.is_some_and(|name| names.contains(&name) && DB::place(row, name) != Some(*at))
    };
    if let Some(name) = (0..DB::width(row))
        .find(is_second)
        .and_then(|at| DB::column(row, at))
    {
        return refused(format!(
            "the statement gives several columns `{name}`, and a struct is read by the names of columns; \
             give only one of them this name, or read the row into a tuple"
        ));
    }
    Ok(())
}

fn refused(message: String) -> Result<()> {
    Err(Error::new(ErrorKind::Decode, message))
}
