//! What of a declaration a database cannot keep although it makes the table.

use super::introspect::Typed;
use crate::dialect::Dialect;
use crate::schema::{ColumnDef, DefaultDef};

/// Why the values of a column could not be sent, or not be stored and read.
///
/// `sent_as` is what the Rust type is called, and empty where it is known at run time only; `types` is
/// what the database calls both, where it has types.
pub(super) fn sent(
    column: &ColumnDef,
    sent_as: &str,
    stored_as: &str,
    types: Option<&Typed>,
    dialect: &dyn Dialect,
) -> Option<String> {
    if sent_as.is_empty() {
        return None;
    }
    let (sent, stored) = match types {
        None => (sent_as, stored_as),
        Some(types) => {
            let Some(sent) = types.sent.as_deref() else {
                return Some(format!(
                    "its values are sent as the type `{sent_as}`, which this database does not have; give \
                     their Rust type the name of one that it has, as in `#[sqlx(type_name = \"text\")]`, or \
                     make the type"
                ));
            };
            (sent, types.base.as_deref()?)
        }
    };
    let is_number = ["INTEGER", "REAL", "BOOLEAN"].contains(&sent);
    if is_number && !dialect.has_types_of_time() && column.default == Some(DefaultDef::Now) {
        return Some(format!(
            "its values are sent as {sent}, and its default is a time, which is a text here; write \
             `default = \"unixepoch()\"`, or take a type of time"
        ));
    }
    if column.sql_type.is_none() || dialect.holds(sent, stored) {
        return None;
    }
    Some(format!(
        "its values are sent as {sent}, which a column of type {stored} does not give back; declare the \
         column without that type, or the field with the Rust type of {stored}"
    ))
}
