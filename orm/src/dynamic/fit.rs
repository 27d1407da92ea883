//! Which values a column takes.

use crate::schema::ColumnDef;
use crate::value::Kind;

/// Why no value of this kind can be stored in the column: `None` where it can, or where only the database
/// knows.
pub(super) fn unfit(column: &ColumnDef, kind: Kind) -> Option<String> {
    let sql_type = column.sql_type.as_deref().unwrap_or_default();
    let fits = match declared(sql_type)? {
        Kind::Bool => kind == Kind::Bool,
        Kind::Int => kind == Kind::Int,
        Kind::Float => matches!(kind, Kind::Int | Kind::Float),
        Kind::Bytes => kind.is_bytes(),
        Kind::Text => true,
        #[cfg(feature = "chrono")]
        Kind::Time => true,
        #[cfg(feature = "uuid")]
        Kind::Uuid => true,
    };
    (!fits).then(|| {
        let (name, kind) = (&column.name, kind.name());
        format!("`{name}` is of type `{sql_type}` and cannot hold {kind}")
    })
}

/// Why the column cannot tell which of two rows is newer, when it is given a value of this kind.
pub(super) fn no_version(column: &ColumnDef, kind: Option<Kind>) -> Option<String> {
    let sql_type = column.sql_type.as_deref().unwrap_or_default();
    let unordered = matches!(
        declared(sql_type),
        Some(Kind::Bool | Kind::Float | Kind::Bytes)
    );
    let is_version = match kind {
        // A column of text holds times on SQLite, in a form that has their order.
        Some(kind) => !unordered && kind.has_order_in_time(),
        None => !unordered && declared(sql_type) != Some(Kind::Text),
    };
    (!is_version).then(|| {
        let name = &column.name;
        format!(
            "`{name}` cannot tell which of two rows is newer; versions are integers, decimals, times \
             and UUIDs"
        )
    })
}

/// The kind of a type that has one kind of values, which not every type has.
fn declared(sql_type: &str) -> Option<Kind> {
    let lower = sql_type.to_ascii_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if lower.contains('[') || begins(&["num", "dec", "time"]) {
        return None;
    }
    match Kind::declared(sql_type) {
        // What is not known counts as text.
        Kind::Text if !begins(&["text", "char", "varchar", "citext"]) => None,
        kind => Some(kind),
    }
}
