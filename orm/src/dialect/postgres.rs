//! PostgreSQL 13 to 18.

use std::fmt::Write;

use super::{Auto, Catalogue, Dialect, ToldApart};
use crate::schema::{ColumnDef, DefaultDef, TableDef};
use crate::stmt::Expr;

/// PostgreSQL of one major version.
#[derive(Debug)]
pub(crate) struct Postgres {
    major: u32,
}

/// A version is a static, since a dialect is handed around as a reference that lives for ever.
static VERSIONS: [Postgres; 7] = [
    Postgres { major: 13 },
    Postgres { major: 14 },
    Postgres { major: 15 },
    Postgres { major: 16 },
    Postgres { major: 17 },
    Postgres { major: 18 },
    Postgres { major: 19 },
];

impl Postgres {
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

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    fn id(&self) -> u8 {
        // Only what is told apart differs in the text.
        match self.told_apart() {
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

    fn max_arguments(&self) -> usize {
        usize::from(u16::MAX)
    }

    fn max_columns(&self) -> usize {
        // <https://www.postgresql.org/docs/current/limits.html>
        1_600
    }

    fn has_row_locks(&self) -> bool {
        true
    }

    fn has_arrays(&self) -> bool {
        true
    }

    fn has_conflicts_of_defaults(&self) -> bool {
        true
    }

    fn has_inserts_within(&self) -> bool {
        true
    }

    fn unions_keep_collations(&self) -> bool {
        false
    }

    fn sql_name<'t>(&self, stored_as: &'t str) -> &'t str {
        // sqlx spells the name of the one-byte type in capitals.
        match stored_as {
            "\"CHAR\"" => "\"char\"",
            other => other,
        }
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

    fn staged_until(&self) -> &'static str {
        " ON COMMIT DROP"
    }

    fn told_apart(&self) -> ToldApart {
        if self.major >= 18 {
            ToldApart::OldRow
        } else {
            ToldApart::Xmax
        }
    }

    fn differ(&self) -> &'static str {
        " IS DISTINCT FROM "
    }

    fn comparable(&self, table: &TableDef, operand: &Expr) -> &'static str {
        // These types have no equality (42883); their text has.
        let without_equality = |at: &usize| {
            let declared = table.columns[*at].sql_type.as_deref().unwrap_or_default();
            ["json", "xml", "point"]
                .iter()
                .any(|known| declared.eq_ignore_ascii_case(known))
        };
        match operand {
            Expr::Column(_, at) if without_equality(at) => "::text",
            _ => "",
        }
    }

    fn has_nulls_not_distinct(&self) -> bool {
        self.major >= 15
    }

    fn has_deferrable_keys(&self) -> bool {
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

    fn catalogue(&self) -> Catalogue {
        Catalogue::Tables {
            nulls_not_distinct: self.has_nulls_not_distinct(),
        }
    }

    fn is_alike(&self, declared: &str, stored: &str) -> bool {
        // The wire has one form for all texts, and what is too long is refused by the database.
        let is_text = |name: &str| {
            ["text", "character varying", "character", "name", "citext"].contains(&name)
        };
        declared == stored || (is_text(declared) && is_text(stored))
    }

    fn lock_for_ddl(&self) -> Option<&'static str> {
        // Held until the transaction ends. The number is the library's own: "orm" as bytes.
        Some("SELECT pg_advisory_xact_lock(7303789);\n")
    }

    fn has_fillfactor(&self) -> bool {
        true
    }

    fn column_type(&self, column: &ColumnDef, stored_as: &str) -> String {
        column.sql_type.as_deref().unwrap_or(stored_as).to_owned()
    }

    fn auto(&self) -> Auto {
        Auto::Clause("GENERATED BY DEFAULT AS IDENTITY")
    }

    fn default(&self, default: &DefaultDef, _stored_as: &str) -> Option<String> {
        match default {
            DefaultDef::Database => None,
            DefaultDef::Now => Some("now()".to_owned()),
            DefaultDef::Sql(sql) => Some(sql.to_string()),
            DefaultDef::Each { postgres, .. } => Some(postgres.to_string()),
        }
    }
}
