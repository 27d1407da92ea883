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

/// Other names of types, and those that the catalog has for them
/// (<https://www.postgresql.org/docs/current/datatype.html#DATATYPE-TABLE>).
const ALIASES: &[(&str, &str)] = &[
    ("bool", "boolean"),
    ("bpchar", "character"),
    ("char", "character"),
    ("char varying", "character varying"),
    ("dec", "numeric"),
    ("decimal", "numeric"),
    ("float", "double precision"),
    ("float4", "real"),
    ("float8", "double precision"),
    ("int", "integer"),
    ("int2", "smallint"),
    ("int4", "integer"),
    ("int8", "bigint"),
    ("time", "time without time zone"),
    ("timestamp", "timestamp without time zone"),
    ("timestamptz", "timestamp with time zone"),
    ("timetz", "time with time zone"),
    ("varbit", "bit varying"),
    ("varchar", "character varying"),
];

/// The name that the catalog has for a type that is declared as this one: its modifier stands behind its first
/// words there, and what is no type of the database's own stays as it is.
pub(super) fn name(declared: &str) -> String {
    let declared = declared.trim();
    if declared.contains('"') {
        return declared.to_owned();
    }
    if let Some(element) = declared.strip_suffix("[]") {
        return name(element) + "[]";
    }
    let lower = declared.to_ascii_lowercase();
    let (first, modifier, behind) = match lower.split_once('(') {
        None => (lower.as_str(), String::new(), ""),
        Some((first, rest)) => {
            let (inside, behind) = rest.split_once(')').unwrap_or((rest, ""));
            let inside: Vec<&str> = inside.split(',').map(str::trim).collect();
            (first, format!("({})", inside.join(",")), behind)
        }
    };
    let words: Vec<&str> = first
        .split_whitespace()
        .chain(behind.split_whitespace())
        .collect();
    let words = words.join(" ");
    // The precision of a float is one of bits, which choose between two types.
    if words == "float" && !modifier.is_empty() {
        let bits = modifier.trim_matches(['(', ')']).parse::<u8>();
        let is_single = bits.is_ok_and(|bits| bits <= 24);
        return if is_single {
            "real"
        } else {
            "double precision"
        }
        .to_owned();
    }
    let alias = ALIASES.iter().find(|(alias, _)| *alias == words);
    let mut known = alias.map_or(words.as_str(), |(_, name)| name).to_owned();
    if ["character", "bit"].contains(&known.as_str()) && modifier.is_empty() && words != "bpchar" {
        return known + "(1)";
    }
    if known == "numeric" && !modifier.is_empty() && !modifier.contains(',') {
        return format!("numeric({},0)", modifier.trim_matches(['(', ')']));
    }
    // `timestamp(3) with time zone`
    let at = known.find(" with").filter(|_| known.starts_with("time"));
    known.insert_str(at.unwrap_or(known.len()), &modifier);
    known
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn types_have_the_names_of_the_catalog() {
        for (declared, there) in [
            ("INT8", "bigint"),
            ("VARCHAR( 20 )", "character varying(20)"),
            ("varchar", "character varying"),
            ("char", "character(1)"),
            ("decimal(10, 2)", "numeric(10,2)"),
            ("numeric(10)", "numeric(10,0)"),
            ("float(10)", "real"),
            ("timestamptz(3)", "timestamp(3) with time zone"),
            (
                "timestamp (3)  with time zone",
                "timestamp(3) with time zone",
            ),
            ("TIME", "time without time zone"),
            ("text[]", "text[]"),
            ("int4[]", "integer[]"),
            ("Mood", "mood"),
            ("\"Mood\"", "\"Mood\""),
            ("BIGSERIAL", "bigserial"),
        ] {
            assert_eq!(name(declared), there, "{declared}");
        }
    }
}
