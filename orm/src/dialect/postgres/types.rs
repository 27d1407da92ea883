//! The types of PostgreSQL by their names.

/// Types of which values are given back as themselves alone.
pub(super) const SCALARS: &[&str] = &[
    "bigint",
    "boolean",
    "bytea",
    "cidr",
    "date",
    "double precision",
    "inet",
    "integer",
    "interval",
    "json",
    "jsonb",
    "numeric",
    "real",
    "smallint",
    "time with time zone",
    "time without time zone",
    "timestamp with time zone",
    "timestamp without time zone",
    "uuid",
];

/// Whether it is a type of text that tells cases apart.
pub(super) fn is_text(name: &str) -> bool {
    ["text", "character varying", "character", "name"].contains(&name)
}

/// The time of the statement, for a column of this type.
///
/// Assigned to a type without a time zone, `now()` would become the local time of the session.
pub(super) fn now(declared: &str) -> &'static str {
    let declared = declared.to_ascii_lowercase();
    // Without a precision, which may stand in the middle of a type's name.
    let (name, behind) = declared.split_once('(').unwrap_or((&declared, ""));
    let has_zone = name.contains("with time zone") || behind.contains("with time zone");
    match name.split_whitespace().next() {
        _ if has_zone => "now()",
        Some("timestamp") => "(now() AT TIME ZONE 'UTC')",
        Some("date") => "((now() AT TIME ZONE 'UTC')::date)",
        Some("time") => "((now() AT TIME ZONE 'UTC')::time)",
        _ => "now()",
    }
}
