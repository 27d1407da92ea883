//! A column.

use super::super::finding::Finding;
use crate::ddl::introspect::{Found, Observed};
use crate::dialect::Dialect;
use crate::diff::{DefaultValue, SchemaColumn, TableChange};
use crate::render::{self, Asked};
use crate::schema::{ColumnDef, DefaultDef, GeneratedDef};

/// A column that was declared, beside the one that is there.
struct Both<'a> {
    asked: &'a Asked<'a>,
    at: usize,
    there: &'a Found,
    known: &'a SchemaColumn,
    observed: &'a Observed,
    dialect: &'a dyn Dialect,
}

/// What the changes say of the column at this position.
pub(super) fn compare(
    asked: &Asked<'_>,
    at: usize,
    there: &Found,
    changes: &[TableChange],
    dialect: &dyn Dialect,
    found: &mut impl FnMut(Finding),
) {
    let column = &asked.table.columns[at];
    if let Some(finding) = sent(asked, at, there, dialect) {
        found(finding);
    }
    for change in changes {
        match change {
            TableChange::AddColumn(added) if added.name == column.name => {
                found(missing(asked, at, there, dialect));
            }
            TableChange::AlterColumn { from, to } if to.name == column.name => {
                let Some((_, observed)) = there.column(&from.name) else {
                    continue;
                };
                let both = Both {
                    asked,
                    at,
                    there,
                    known: from,
                    observed,
                    dialect,
                };
                both.findings().into_iter().flatten().for_each(&mut *found);
            }
            _ => {}
        }
    }
}

/// What the values are sent as is a type of the database, and one that the declared type holds.
fn sent(asked: &Asked<'_>, at: usize, there: &Found, dialect: &dyn Dialect) -> Option<Finding> {
    let column = &asked.table.columns[at];
    crate::ddl::kept::sent(
        column,
        &asked.sent_as[at],
        &asked.types[at],
        there.types_of(&column.name),
        dialect,
    )
    .map(Finding::new)
}

/// A column that is not there.
fn missing(asked: &Asked<'_>, at: usize, there: &Found, dialect: &dyn Dialect) -> Finding {
    let (table, column) = (asked.table, &asked.table.columns[at]);
    let finding = Finding::new("it is missing");
    if there.kind.as_deref() == Some("view") {
        return finding.cured_by_hand("make the view anew with it");
    }
    let has_types = !there.types.is_empty();
    let of_key = table.is_in_primary_key(at);
    if !has_types && (of_key || column.auto || column.generated.is_some()) {
        return finding.cured_by_hand("SQLite adds no such column; make the table anew with it");
    }
    if column.generated == Some(GeneratedDef::Database) {
        return finding.cured_by_hand("add it with the expression that the declaration leaves out");
    }
    let type_is_missing = there
        .types_of(&column.name)
        .is_some_and(|types| types.declared.is_none());
    if type_is_missing && !asked.types[at].to_ascii_lowercase().contains("serial") {
        let name = &asked.types[at];
        return finding.cured_by_hand(format!("make the type `{name}` first, then the column"));
    }
    let default = dialect.default(column, &asked.sent_as[at]);
    let comes_by_itself = column.nullable
        || column.auto
        || column.generated.is_some()
        || default.is_some()
        || (has_types && type_is_missing);
    if !comes_by_itself {
        return finding.cured_by_hand(if has_types {
            "it is never NULL and has no default, so that it takes three steps where there are rows: add it \
             without NOT NULL, fill it, set NOT NULL; or declare a default"
        } else {
            "it is never NULL and has no default, so that SQLite adds it only with one; declare a default, or \
             make the table anew with it"
        });
    }
    let cure = render::add_column(table, at, &asked.sent_as[at], dialect);
    let finding = finding.cured_by([cure]);
    if let Some(GeneratedDef::Sql(expression)) = &column.generated {
        return finding.unless(
            render::count_not_computed(table, at, expression, &asked.sent_as[at], dialect),
            "it cannot be computed for some rows: change them first",
        );
    }
    // <https://www.sqlite.org/lang_altertable.html>: what is put into the rows that are there is written
    // nowhere, so that it has to be the same for ever.
    if !has_types && default.is_some_and(|default| !is_constant(&default)) {
        return finding.unless(
            render::count_any(table, dialect),
            "SQLite adds no column with a default that is computed to a table with rows; make the table anew \
             with it",
        );
    }
    finding
}

/// Whether a default is a literal, as far as that is easily seen.
fn is_constant(default: &str) -> bool {
    let inside = default.trim_matches(['(', ')']).trim();
    let text = inside
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    inside.parse::<f64>().is_ok()
        || text.is_some_and(|text| !text.replace("''", "").contains('\''))
        || ["NULL", "TRUE", "FALSE"]
            .iter()
            .any(|word| inside.eq_ignore_ascii_case(word))
}

impl Both<'_> {
    fn column(&self) -> &ColumnDef {
        &self.asked.table.columns[self.at]
    }

    fn findings(&self) -> [Option<Finding>; 6] {
        let is_view = self.there.kind.as_deref() == Some("view");
        [
            self.stored_as(),
            self.compared_as(),
            // The columns of a view say nothing of what may be `NULL` in its table.
            (!is_view).then(|| self.nullable()).flatten(),
            (!is_view).then(|| self.numbered()).flatten(),
            (!is_view).then(|| self.default()).flatten(),
            self.generated(is_view),
        ]
    }

    fn alter(&self, change: &str) -> Option<String> {
        render::alter_column(self.asked.table, self.at, change, self.dialect)
    }

    /// What counts the rows without a value.
    fn count_null(&self) -> String {
        render::count_null(self.asked.table, &[self.at], self.dialect)
    }

    /// The finding with a statement, where the database has one for it.
    fn cured(finding: Finding, statement: Option<String>) -> Finding {
        match statement {
            Some(statement) => finding.cured_by([statement]),
            None => finding,
        }
    }

    fn stored_as(&self) -> Option<Finding> {
        let stored = &self.observed.stored_as;
        // `None` is no type by itself, such as `bigserial`.
        let declared = match self.there.types_of(&self.column().name) {
            Some(types) => types.declared.as_ref()?,
            None => &self.asked.types[self.at],
        };
        if self.dialect.is_alike(declared, stored) {
            return None;
        }
        let finding = Finding::new(format!("it is declared as {declared} and is {stored}"));
        Some(if is_without_case(stored) {
            finding.cured_by_hand(
                "declare `#[column(type = \"citext\")]`, since it is compared without case: look-ups and \
                 batches would tell apart what the table does not",
            )
        } else if is_without_case(declared) {
            finding.cured_by_hand(
                "declare it without that type, or make the column of it: its keys tell cases apart",
            )
        } else {
            self.of_another_type(finding, declared, stored)
        })
    }

    /// Among integers a column changes its type by itself, unless a value is too large.
    fn of_another_type(&self, finding: Finding, declared: &str, stored: &str) -> Finding {
        let range = |name: &str| match name {
            "smallint" => Some((i64::from(i16::MIN), i64::from(i16::MAX))),
            "integer" => Some((i64::from(i32::MIN), i64::from(i32::MAX))),
            "bigint" => Some((i64::MIN, i64::MAX)),
            _ => None,
        };
        let Some(cure) = self.alter(&format!("TYPE {declared}")) else {
            return finding;
        };
        if self.there.kind.as_deref() == Some("view") {
            return finding;
        }
        let (Some(to), Some(_)) = (range(declared), range(stored)) else {
            return finding.cured_by_hand(
                "its values have to be converted: `ALTER COLUMN .. TYPE .. USING` with an expression of \
                 one's own",
            );
        };
        if self.observed.is_pinned {
            return finding.cured_by_hand(
                "drop the views, generated columns, triggers and policies that read it, change its type, and \
                 make them anew",
            );
        }
        finding.cured_by([cure]).unless(
            render::count_beyond(self.asked.table, self.at, to, self.dialect),
            "some values are too large for that; declare it as it is",
        )
    }

    /// A collation that holds different texts for equal has to be declared: look-ups and batches compare as
    /// the column does only where they know of it.
    fn compared_as(&self) -> Option<Finding> {
        let name = &self.known.name;
        let said = self.there.said.as_ref();
        let in_text = said.and_then(|said| {
            let of_it = said
                .collations
                .iter()
                .rfind(|(column, _)| column.eq_ignore_ascii_case(name));
            of_it.map(|(_, collation)| collation)
        });
        let has_another = |collation: &&String| !collation.eq_ignore_ascii_case("BINARY");
        let there = match said {
            Some(_) => in_text.filter(has_another),
            None => self.observed.collation.as_ref(),
        };
        let is_loose = self.observed.is_loose || in_text.as_ref().is_some_and(has_another);
        match (&self.column().collation, there) {
            (None, Some(there)) if is_loose => Some(
                Finding::new(format!(
                    "its collation `{there}` holds different texts for equal, and is not declared"
                ))
                .cured_by_hand(format!(
                    "declare `#[column(collate = \"{there}\")]`, so that look-ups and batches compare as the \
                     table does"
                )),
            ),
            (Some(declared), there) => {
                let is_it = |there: &String| match said {
                    Some(_) => there.eq_ignore_ascii_case(declared),
                    None => there == declared,
                };
                let is_none = there.is_none() && declared.eq_ignore_ascii_case("BINARY");
                if is_none || there.is_some_and(is_it) || self.observed.collation.is_none() && said.is_none() {
                    return None;
                }
                let there = there.map_or("none", String::as_str);
                Some(Finding::new(format!(
                    "it is declared with the collation `{declared}` and has `{there}`"
                )))
            }
            _ => None,
        }
    }

    fn nullable(&self) -> Option<Finding> {
        if self.column().nullable && !self.known.nullable {
            let finding = Finding::new("it is declared as an `Option` and is never NULL");
            let key = self.there.table.primary_key();
            let is_of_key = key.is_some_and(|key| key.columns.contains(&self.known.name));
            return Some(if is_of_key || self.is_numbered() {
                finding.cured_by_hand(
                    "declare it without `Option`: it is numbered, or of the primary key",
                )
            } else {
                Self::cured(finding, self.alter("DROP NOT NULL"))
            });
        }
        if !self.column().nullable && self.known.nullable {
            let finding = Finding::new("it is declared without `Option` and may be NULL");
            return Some(Self::cured(finding, self.alter("SET NOT NULL")).unless(
                self.count_null(),
                "some rows have NULL there: fill them first",
            ));
        }
        None
    }

    /// Whether the database numbers it: by itself, or from a sequence that is its default.
    fn is_numbered(&self) -> bool {
        let sequence = |default: &DefaultValue| matches!(default, DefaultValue::Sql(sql) if sql.starts_with("nextval("));
        self.known.identity.is_some() || self.known.default.as_ref().is_some_and(sequence)
    }

    fn numbered(&self) -> Option<Finding> {
        if !self.column().auto || self.is_numbered() {
            return None;
        }
        let finding = Finding::new("it is declared `auto` and the database does not number it");
        let number = self.alter("ADD GENERATED BY DEFAULT AS IDENTITY");
        let Some(number) = number else {
            return Some(finding);
        };
        if !["smallint", "integer", "bigint"].contains(&self.observed.stored_as.as_str())
            || self.known.computed.is_some()
        {
            return Some(finding.cured_by_hand("only an integer that is written can be numbered"));
        }
        let default = self
            .known
            .default
            .is_some()
            .then(|| self.alter("DROP DEFAULT"));
        let not_null = self.known.nullable.then(|| self.alter("SET NOT NULL"));
        let first = [default, not_null].into_iter().flatten().flatten();
        let all: Vec<String> = first.chain([number]).collect();
        // Behind the values that are there, or the first insert would meet one of them.
        let behind = render::advance_sequence(self.asked.table, self.at, self.dialect);
        let all_and_behind = format!("{}; {behind}", all.join("; "));
        Some(
            finding
                .cured_by(all)
                .unless(
                    self.count_null(),
                    "some rows have NULL there: fill them first",
                )
                .unless(
                    render::count_any(self.asked.table, self.dialect),
                    all_and_behind,
                ),
        )
    }

    fn default(&self) -> Option<Finding> {
        let declared = self.column().default.as_ref()?;
        if self.known.has_value() || self.observed.can_be_supplied {
            return None;
        }
        if *declared == DefaultDef::Database {
            if self.column().nullable {
                return None;
            }
            return Some(
                Finding::new(
                    "it is declared with a default, never NULL, and has none, so that a record without it fails",
                )
                .cured_by_hand("declare the default: `#[column(default = \"..\")]`, or make one"),
            );
        }
        let default = self
            .dialect
            .default(self.column(), &self.asked.sent_as[self.at])?;
        let finding = Finding::new("it is declared with a default and has none");
        Some(Self::cured(
            finding,
            self.alter(&format!("SET DEFAULT {default}")),
        ))
    }

    fn generated(&self, is_view: bool) -> Option<Finding> {
        let declared = self.column().generated.is_some();
        if declared && self.known.computed.is_none() && !is_view {
            return Some(Finding::new(
                "it is declared `generated` and the database does not compute it",
            ));
        }
        (!declared && self.known.computed.is_some()).then(|| {
            Finding::new("the database computes it, so nothing can be written to it")
                .cured_by_hand("declare it `generated`")
        })
    }
}

/// Whether it is the type of texts that are compared without case, which may live in a schema of its own.
fn is_without_case(name: &str) -> bool {
    name.rsplit('.').next() == Some("citext")
}
