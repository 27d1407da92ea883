//! PostgreSQL 13 to 18.

use std::fmt::Write;

use self::types::{SCALARS, is_text, now};
use super::{Auto, Capabilities, Catalogue, Dialect, ToldApart};
use crate::schema::{ColumnDef, DefaultDef, Name};
use crate::stmt::{Aggregate, Cast, Function, Part};

mod types;

/// PostgreSQL of one major version.
#[derive(Debug)]
pub(crate) struct Postgres {
    major: u32,
    name: &'static str,
}

/// A version is a static, since a dialect is handed around as a reference that lives for ever.
static VERSIONS: [Postgres; 7] = [
    Postgres::new(13, "PostgreSQL 13"),
    Postgres::new(14, "PostgreSQL 14"),
    Postgres::new(15, "PostgreSQL 15"),
    Postgres::new(16, "PostgreSQL 16"),
    Postgres::new(17, "PostgreSQL 17"),
    Postgres::new(18, "PostgreSQL 18"),
    Postgres::new(19, "PostgreSQL 19"),
];

impl Postgres {
    const fn new(major: u32, name: &'static str) -> Self {
        Self { major, name }
    }

    /// The dialect for a server whose version is not known yet: what every supported one accepts.
    pub(crate) fn any() -> &'static Self {
        &VERSIONS[0]
    }

    /// The dialect of the server that reports this `server_version_num`.
    pub(crate) fn of(server_version: Option<u32>) -> &'static Self {
        let Some(number) = server_version else {
            return Self::any();
        };
        let major = number / 10_000;
        // A server newer than this library can do what the newest known one can.
        VERSIONS
            .iter()
            .rev()
            .find(|known| known.major <= major)
            .unwrap_or(Self::any())
    }
}

static TO_17: Capabilities = Capabilities {
    max_arguments: MAX_ARGUMENTS,
    good_arguments: MAX_ARGUMENTS,
    // <https://www.postgresql.org/docs/current/limits.html>
    max_columns: 1_600,
    has_arrays: true,
    has_inserts_within: true,
    told_apart: ToldApart::Xmax,
};

static FROM_18: Capabilities = Capabilities {
    told_apart: ToldApart::OldRow,
    ..TO_17
};

/// The protocol counts the arguments of a statement in two bytes.
const MAX_ARGUMENTS: usize = 65_535;

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        self.name
    }

    fn id(&self) -> u8 {
        // Only what is told apart differs in the text.
        match self.capabilities().told_apart {
            ToldApart::OldRow => 1,
            ToldApart::Xmax | ToldApart::TwoStatements => 0,
        }
    }

    fn placeholder(&self, number: usize, to: &mut String) {
        // Writing to a String cannot fail.
        let _ = write!(to, "${number}");
    }

    fn placeholder_in_turn(&self, number: usize, to: &mut String) {
        self.placeholder(number, to);
    }

    fn capabilities(&self) -> &'static Capabilities {
        if self.major >= 18 { &FROM_18 } else { &TO_17 }
    }

    fn has_row_locks(&self) -> bool {
        true
    }

    fn has_conflicts_of_defaults(&self) -> bool {
        true
    }

    fn types_arguments(&self) -> bool {
        true
    }

    fn unions_keep_collations(&self) -> bool {
        false
    }

    fn has_types_of_time(&self) -> bool {
        true
    }

    fn sql_name<'t>(&self, stored_as: &'t str) -> &'t str {
        // sqlx spells the name of the one-byte type in capitals.
        match stored_as {
            "\"CHAR\"" => "\"char\"",
            other => other,
        }
    }

    fn is_array(&self, stored_as: &str) -> bool {
        // Of a type that the server knows by name only, sqlx says the name of the array type, which
        // begins so.
        stored_as.ends_with("[]") || stored_as.starts_with('_')
    }

    fn compared_as(&self, column: &ColumnDef) -> Option<String> {
        let declared = column.sql_type.as_deref()?;
        // Beside a text such a column would be compared as text, with another answer; an array beside one
        // of another type is not compared at all. Without a length, which would cut the value.
        if declared.eq_ignore_ascii_case("citext") {
            return Some(declared.to_owned());
        }
        let element = declared.strip_suffix("[]")?;
        let name = element.split_once('(').map_or(element, |(name, _)| name);
        Some(format!("{}[]", name.trim_end()))
    }

    fn key_type<'c>(&self, column: &'c ColumnDef) -> Option<&'c str> {
        let declared = column.sql_type.as_deref()?;
        // `serial` is no type but a way to declare a column.
        let is_type = !declared.to_ascii_lowercase().contains("serial");
        is_type.then_some(declared)
    }

    fn staged_type(&self, _: &ColumnDef, stored_as: &str) -> String {
        self.sql_name(stored_as).to_owned()
    }

    fn staged_number(&self) -> &'static str {
        " INT8"
    }

    fn numbers_staged(&self) -> bool {
        false
    }

    fn keeps_staged(&self) -> bool {
        false
    }

    fn staged_until(&self) -> &'static str {
        " ON COMMIT DROP"
    }

    fn differ(&self) -> &'static str {
        " IS DISTINCT FROM "
    }

    fn comparable(&self, column: &ColumnDef) -> &'static str {
        // These types have no equality (42883), or one of their area or length; their text has.
        let declared = column.sql_type.as_deref().unwrap_or_default();
        let has_equality = ![
            "json", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle",
        ]
        .iter()
        .any(|known| declared.eq_ignore_ascii_case(known));
        if has_equality { "" } else { "::text" }
    }

    fn function(&self, function: Function) -> &'static str {
        match function {
            Function::Lower => "lower({})",
            Function::Upper => "upper({})",
            Function::Length => "length({})::INT8",
            Function::Trim => "btrim({})",
            Function::Abs => "abs({})",
            // The type of one byte is compared as a character is, with -5 behind 5; its cast minds the sign.
            Function::Signed => "CAST({} AS INT4)",
            Function::Byte => "CAST({} AS \"char\")",
            Function::Concat => "({} || {})",
            Function::StartsWith => "starts_with({}, {})",
            Function::EndsWith => "starts_with(reverse({}), reverse({}))",
            Function::Contains => "(strpos({}, {}) > 0)",
            // A backslash is the escape where no other is named.
            Function::LikeEscaped => "({} LIKE {})",
            Function::LikeEscapedInAnyCase => "({} ILIKE {})",
            Function::ElementOf => "({} = ANY ({}))",
            Function::JsonText => "({} #>> {})",
            Function::Part(Part::Year, false) => "extract(YEAR FROM {})::INT8",
            Function::Part(Part::Month, false) => "extract(MONTH FROM {})::INT8",
            Function::Part(Part::Day, false) => "extract(DAY FROM {})::INT8",
            Function::Part(Part::Hour, false) => "extract(HOUR FROM {})::INT8",
            Function::Part(Part::Year, true) => "extract(YEAR FROM {} AT TIME ZONE 'UTC')::INT8",
            Function::Part(Part::Month, true) => "extract(MONTH FROM {} AT TIME ZONE 'UTC')::INT8",
            Function::Part(Part::Day, true) => "extract(DAY FROM {} AT TIME ZONE 'UTC')::INT8",
            Function::Part(Part::Hour, true) => "extract(HOUR FROM {} AT TIME ZONE 'UTC')::INT8",
        }
    }

    fn aggregate(&self, aggregate: Aggregate) -> &'static str {
        match aggregate {
            Aggregate::Count => "count({}){}",
            Aggregate::CountDistinct => "count(DISTINCT {}){}",
            Aggregate::SumOfIntegers => "CAST(sum({}){} AS INT8)",
            Aggregate::Sum => "sum({}){}",
            Aggregate::Average => "CAST(avg({}){} AS FLOAT8)",
            Aggregate::Min => "min({}){}",
            Aggregate::Max => "max({}){}",
        }
    }

    fn cast(&self, to: Cast) -> &'static str {
        match to {
            Cast::SmallInt => "INT2",
            Cast::Int => "INT4",
            Cast::BigInt => "INT8",
            Cast::Double => "FLOAT8",
            Cast::Text => "TEXT",
        }
    }

    fn path(&self, steps: &[Name]) -> String {
        let quoted =
            |step: &Name| format!("\"{}\"", step.replace('\\', "\\\\").replace('"', "\\\""));
        let steps: Vec<String> = steps.iter().map(quoted).collect();
        format!("{{{}}}", steps.join(","))
    }

    fn like_in_any_case(&self) -> &'static str {
        " ILIKE "
    }

    fn pattern(&self, _: Function, _: &str) -> Option<String> {
        None
    }

    fn has_distinct_on(&self) -> bool {
        true
    }

    fn orders_by_output_names(&self) -> bool {
        // <https://www.postgresql.org/docs/current/sql-select.html#SQL-ORDERBY>
        true
    }

    fn no_limit(&self) -> &'static str {
        ""
    }

    fn explain(&self) -> &'static str {
        "EXPLAIN"
    }

    fn has_nulls_not_distinct(&self) -> bool {
        self.major >= 15
    }

    fn has_deferrable_keys(&self) -> bool {
        true
    }

    fn keeps_column_name(&self, _: &str) -> bool {
        true
    }

    fn keeps_table_name(&self, _: &str) -> bool {
        true
    }

    fn has_schemas(&self) -> bool {
        true
    }

    fn has_enums(&self) -> bool {
        true
    }

    fn checks_foreign_keys_early(&self) -> bool {
        true
    }

    fn has_sequences(&self) -> bool {
        true
    }

    fn catalogue(&self) -> Catalogue {
        Catalogue::Tables {
            nulls_not_distinct: self.has_nulls_not_distinct(),
        }
    }

    fn is_alike(&self, declared: &str, stored: &str) -> bool {
        // The wire has one form for all texts, and what is too long is refused by the database. A text
        // without case is compared in another way.
        declared == stored || (is_text(declared) && is_text(stored))
    }

    fn holds(&self, sent: &str, stored: &str) -> bool {
        let elements = (sent.strip_suffix("[]"), stored.strip_suffix("[]"));
        let (sent, stored) = match elements {
            (Some(sent), Some(stored)) => (sent, stored),
            _ => (sent, stored),
        };
        let is_known = |name: &str| is_text(name) || SCALARS.contains(&name);
        let both = |one: &str, other: &str| [(one, other), (other, one)].contains(&(sent, stored));
        !is_known(sent)
            || !is_known(stored)
            || self.is_alike(sent, stored)
            || both("json", "jsonb")
            || both("inet", "cidr")
    }

    fn lock_for_ddl(&self) -> Option<&'static str> {
        // Held until the transaction ends. The number is the library's own: "orm" as bytes.
        Some("SELECT pg_advisory_xact_lock(7303789);\n")
    }

    fn has_fillfactor(&self) -> bool {
        true
    }

    fn column_type(&self, column: &ColumnDef, stored_as: &str) -> String {
        let stored_as = self.sql_name(stored_as);
        column.sql_type.as_deref().unwrap_or(stored_as).to_owned()
    }

    fn type_name(&self, declared: &str) -> String {
        types::name(declared)
    }

    fn auto(&self) -> Auto {
        Auto::Clause("GENERATED BY DEFAULT AS IDENTITY")
    }

    fn default(&self, column: &ColumnDef, stored_as: &str) -> Option<String> {
        let declared = column.sql_type.as_deref().unwrap_or(stored_as);
        match column.default.as_ref()? {
            DefaultDef::Database => None,
            DefaultDef::Now => Some(now(declared).to_owned()),
            DefaultDef::Sql(sql) => Some(sql.to_string()),
            DefaultDef::Each { postgres, .. } => Some(postgres.to_string()),
        }
    }
}
