//! SQLite, in the version that sqlx bundles.

use std::fmt::Write;

use super::{Auto, Capabilities, Catalogue, Dialect, ToldApart, glob};
use crate::schema::{ColumnDef, DefaultDef, Name};
use crate::stmt::{Aggregate, Cast, Function, Part};

/// Functions that can be read as tables. A connection that has not yet seen that somebody made a table of
/// such a name takes it for the function, and does not look again
/// (<https://www.sqlite.org/vtab.html#eponymous_virtual_tables>); so it is with every pragma.
const FUNCTIONS: [&str; 8] = [
    "dbstat",
    "fts3tokenize",
    "fts4aux",
    "generate_series",
    "json_each",
    "json_tree",
    "jsonb_each",
    "jsonb_tree",
];

/// SQLite.
#[derive(Debug)]
pub(crate) struct Sqlite;

static CAPABILITIES: Capabilities = Capabilities {
    // <https://www.sqlite.org/limits.html#max_variable_number>
    max_arguments: 32_766,
    good_arguments: 1_000,
    // <https://www.sqlite.org/limits.html#max_column>
    max_columns: 2_000,
    has_arrays: false,
    has_inserts_within: false,
    // `RETURNING` sees neither the old row nor a system column.
    told_apart: ToldApart::TwoStatements,
};

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite"
    }

    fn id(&self) -> u8 {
        2
    }

    fn placeholder(&self, number: usize, to: &mut String) {
        // Writing to a String cannot fail.
        let _ = write!(to, "?{number}");
    }

    fn placeholder_in_turn(&self, _: usize, to: &mut String) {
        // A number is a name to SQLite, and sqlx looks up the name of each: for many that takes longer
        // than all else.
        to.push('?');
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn has_row_locks(&self) -> bool {
        false
    }

    fn has_conflicts_of_defaults(&self) -> bool {
        false
    }

    fn types_arguments(&self) -> bool {
        false
    }

    fn unions_keep_collations(&self) -> bool {
        true
    }

    fn has_types_of_time(&self) -> bool {
        false
    }

    fn sql_name<'t>(&self, stored_as: &'t str) -> &'t str {
        stored_as
    }

    fn is_array(&self, _: &str) -> bool {
        false
    }

    fn compared_as(&self, _: &ColumnDef) -> Option<String> {
        None
    }

    fn key_type<'c>(&self, _: &'c ColumnDef) -> Option<&'c str> {
        // The staging table's columns have the types of the table's own.
        None
    }

    fn staged_type(&self, column: &ColumnDef, stored_as: &str) -> String {
        self.column_type(column, stored_as)
    }

    fn staged_number(&self) -> &'static str {
        " INTEGER PRIMARY KEY"
    }

    fn numbers_staged(&self) -> bool {
        // <https://www.sqlite.org/autoinc.html>
        true
    }

    fn staged_until(&self) -> &'static str {
        ""
    }

    fn keeps_staged(&self) -> bool {
        // Whenever a temporary table comes or goes, all statements of the connection are prepared anew.
        true
    }

    fn differ(&self) -> &'static str {
        " IS NOT "
    }

    fn comparable(&self, _: &ColumnDef) -> &'static str {
        ""
    }

    fn function(&self, function: Function) -> &'static str {
        match function {
            Function::Lower => "lower({})",
            Function::Upper => "upper({})",
            Function::Length => "length({})",
            Function::Trim => "trim({})",
            Function::Abs => "abs({})",
            Function::Signed | Function::Byte => "{}",
            Function::Concat => "({} || {})",
            Function::StartsWith => "(instr({}, {}) = 1)",
            Function::EndsWith => "({2} = '' OR substr({1}, -length({2})) = {2})",
            Function::Contains => "(instr({}, {}) > 0)",
            Function::LikeEscaped => "({} GLOB {})",
            Function::LikeEscapedInAnyCase => "({} LIKE {} ESCAPE '\\')",
            Function::ElementOf => "({} IN (SELECT value FROM json_each({})))",
            Function::JsonText => "CAST({} ->> {} AS TEXT)",
            Function::Part(Part::Year, _) => "CAST(strftime('%Y', {}) AS INTEGER)",
            Function::Part(Part::Month, _) => "CAST(strftime('%m', {}) AS INTEGER)",
            Function::Part(Part::Day, _) => "CAST(strftime('%d', {}) AS INTEGER)",
            Function::Part(Part::Hour, _) => "CAST(strftime('%H', {}) AS INTEGER)",
        }
    }

    fn aggregate(&self, aggregate: Aggregate) -> &'static str {
        match aggregate {
            Aggregate::Count => "count({}){}",
            Aggregate::CountDistinct => "count(DISTINCT {}){}",
            Aggregate::SumOfIntegers | Aggregate::Sum => "sum({}){}",
            Aggregate::Average => "avg({}){}",
            Aggregate::Min => "min({}){}",
            Aggregate::Max => "max({}){}",
        }
    }

    fn cast(&self, to: Cast) -> &'static str {
        match to {
            Cast::SmallInt | Cast::Int | Cast::BigInt => "INTEGER",
            Cast::Double => "REAL",
            Cast::Text => "TEXT",
        }
    }

    fn path(&self, steps: &[Name]) -> String {
        let mut path = "$".to_owned();
        for step in steps {
            // A number is the place of an element there, and the name of a member in quotes.
            if step.bytes().all(|byte| byte.is_ascii_digit()) {
                let _ = write!(path, "[{step}]");
            } else {
                let _ = write!(path, ".\"{}\"", step.replace('"', "\\\""));
            }
        }
        path
    }

    fn like_in_any_case(&self) -> &'static str {
        " LIKE "
    }

    fn pattern(&self, function: Function, like: &str) -> Option<String> {
        (function == Function::LikeEscaped).then(|| glob::from_like(like))
    }

    fn has_distinct_on(&self) -> bool {
        false
    }

    fn orders_by_output_names(&self) -> bool {
        // Only of names that are given with `AS`, and none are.
        false
    }

    fn no_limit(&self) -> &'static str {
        " LIMIT -1"
    }

    fn explain(&self) -> &'static str {
        "EXPLAIN QUERY PLAN"
    }

    fn has_nulls_not_distinct(&self) -> bool {
        false
    }

    fn has_deferrable_keys(&self) -> bool {
        false
    }

    fn keeps_column_name(&self, name: &str) -> bool {
        // SQLite calls it `column1` there, and takes the name in quotes for a text.
        !(name.eq_ignore_ascii_case("true") || name.eq_ignore_ascii_case("false"))
    }

    fn keeps_table_name(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        !(FUNCTIONS.contains(&name.as_str()) || name.starts_with("pragma_"))
    }

    fn has_schemas(&self) -> bool {
        false
    }

    fn has_enums(&self) -> bool {
        false
    }

    fn checks_foreign_keys_early(&self) -> bool {
        false
    }

    fn has_sequences(&self) -> bool {
        // A new rowid is the greatest one and one more (<https://www.sqlite.org/autoinc.html>).
        false
    }

    fn catalogue(&self) -> Catalogue {
        Catalogue::Pragmas
    }

    fn is_alike(&self, declared: &str, stored: &str) -> bool {
        // A column of SQLite has an affinity and no type.
        affinity(declared) == affinity(stored)
    }

    fn holds(&self, sent: &str, stored: &str) -> bool {
        // What is sent is stored as the affinity of the column makes it, and read as what it has become.
        match (sent, affinity(stored)) {
            ("INTEGER" | "BOOLEAN", becomes) => !matches!(becomes, "TEXT" | "REAL"),
            ("REAL", becomes) => becomes != "TEXT",
            // A text of digits becomes a number. Other names mean texts that are none.
            ("TEXT", "INTEGER" | "REAL" | "NUMERIC") => !is_number(stored),
            _ => true,
        }
    }

    fn lock_for_ddl(&self) -> Option<&'static str> {
        None
    }

    fn has_fillfactor(&self) -> bool {
        false
    }

    fn column_type(&self, column: &ColumnDef, stored_as: &str) -> String {
        // Only a column declared with just this word is the row's own number.
        if column.auto {
            return "INTEGER".to_owned();
        }
        if let Some(declared) = &column.sql_type {
            return declared.to_string();
        }
        match stored_as {
            // These names would give the column numeric affinity; times are kept as text.
            "DATE" => "TEXT",
            other if other.starts_with("DATETIME") || other.starts_with("TIME") => "TEXT",
            other => other,
        }
        .to_owned()
    }

    fn type_name(&self, declared: &str) -> String {
        declared.to_owned()
    }

    fn auto(&self) -> Auto {
        Auto::InlinePrimaryKey
    }

    fn default(&self, column: &ColumnDef, stored_as: &str) -> Option<String> {
        match column.default.as_ref()? {
            DefaultDef::Database => None,
            DefaultDef::Now => Some(now(stored_as).to_owned()),
            // SQLite takes an expression only in parentheses.
            DefaultDef::Sql(sql) => Some(format!("({sql})")),
            DefaultDef::Each { sqlite, .. } => Some(format!("({sqlite})")),
        }
    }
}

/// The present time in just the text that an encoded Rust value of this type would have.
///
/// Times are compared as text, so one instant has to have one text. Behind `DateTime<Utc>` of chrono,
/// whose whole second carries no fraction and whose UTC is `+00:00`, each type has its own.
fn now(stored_as: &str) -> &'static str {
    match stored_as {
        "DATE" => "(date('now'))",
        "TIME" => "(rtrim(replace(strftime('%H:%M:%f', 'now') || ';', '.000;', ''), ';'))",
        "TIME PRIMITIVE" => {
            "(rtrim(replace(rtrim(strftime('%H:%M:%f', 'now'), '0') || ';', '.;', '.0'), ';'))"
        }
        "DATETIME NAIVE" => {
            "(rtrim(replace(strftime('%Y-%m-%d %H:%M:%f', 'now') || ';', '.000;', ''), ';'))"
        }
        "DATETIME PRIMITIVE" => {
            "(rtrim(replace(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0') || ';', '.;', '.0'), ';'))"
        }
        "DATETIME OFFSET" => {
            "(rtrim(rtrim(strftime('%Y-%m-%dT%H:%M:%f', 'now'), '0'), '.') || 'Z')"
        }
        _ => "(replace(strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'), '.000+', '+'))",
    }
}

/// What a declared type makes of the values of a column (<https://www.sqlite.org/datatype3.html#determination_of_column_affinity>).
fn affinity(declared: &str) -> &'static str {
    let declared = declared.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    if has(&["INT"]) {
        "INTEGER"
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        "TEXT"
    } else if declared.is_empty() || has(&["BLOB"]) {
        "BLOB"
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        "REAL"
    } else {
        "NUMERIC"
    }
}

/// Whether a type is one of numbers by its name.
fn is_number(declared: &str) -> bool {
    let name = declared.split('(').next().unwrap_or_default().trim();
    [
        "bigint",
        "bool",
        "boolean",
        "decimal",
        "double",
        "double precision",
        "float",
        "float4",
        "float8",
        "int",
        "int2",
        "int4",
        "int8",
        "integer",
        "numeric",
        "real",
        "smallint",
    ]
    .iter()
    .any(|known| name.eq_ignore_ascii_case(known))
}
