//! Names are such that the database keeps them as they are, and no two are the same.

use proc_macro2::{Ident, Span};

use crate::errors::Errors;
use crate::model::{Spanned, Table};
use crate::names::{self, LONGEST, plain};

/// Positions are two digits to the base of sixteen.
const MOST_COLUMNS: usize = 256;

/// Prefixes of what the databases keep for themselves.
const RESERVED_PREFIXES: &[&str] = &["pg_", "sqlite_"];

/// A name that every PostgreSQL database has taken; one that begins so is as good as any.
const RESERVED: &str = "information_schema";

pub(super) fn fit_the_database(table: &Table, errors: &mut Errors) {
    for (what, name) in [
        ("table", Some(&table.name)),
        ("schema", table.schema.as_ref()),
    ] {
        let Some(name) = name else { continue };
        fits(what, name, errors);
        let lower = name.value.to_lowercase();
        if lower == RESERVED {
            errors.at(
                name.span,
                format!("the name `{RESERVED}` belongs to the database; choose another"),
            );
        }
        if let Some(reserved) = RESERVED_PREFIXES
            .iter()
            .find(|reserved| lower.starts_with(**reserved))
        {
            errors.at(
                name.span,
                format!(
                    "names of a {what} that begin with `{reserved}` belong to the database; \
                     choose another"
                ),
            );
        }
    }
    not_ours("table", &table.name, errors);
    for column in &table.columns {
        fits("column", &column.name, errors);
        not_ours("column", &column.name, errors);
    }
    if let Some(column) = table.columns.get(MOST_COLUMNS) {
        errors.at(
            column.field.span(),
            format!(
                "a table has at most {MOST_COLUMNS} columns, and this is one more; split the table"
            ),
        );
    }
    for name in table.keys.iter().filter_map(|key| key.name.as_ref()) {
        fits("key", name, errors);
    }
    for name in table
        .foreign_keys
        .iter()
        .filter_map(|key| key.name.as_ref())
    {
        fits("foreign key", name, errors);
    }
    for index in &table.indexes {
        fits("index", &index.name, errors);
    }
    for (name, sql) in &table.checks {
        fits("check", name, errors);
        if sql.value.trim().is_empty() {
            errors.at(
                sql.span,
                format!("the check `{}` is empty; write its condition", name.value),
            );
        }
    }
}

fn fits(what: &str, name: &Spanned<String>, errors: &mut Errors) {
    if name.value.is_empty() {
        errors.at(
            name.span,
            format!("the name of this {what} is empty; give it one"),
        );
    } else if name.value.len() > LONGEST {
        errors.at(
            name.span,
            format!(
                "the name of this {what} has {} bytes, but PostgreSQL keeps only {LONGEST}; \
                 shorten it",
                name.value.len()
            ),
        );
    } else if name.value.contains('\0') {
        errors.at(
            name.span,
            format!("the name of this {what} has a NUL in it; take it out"),
        );
    }
}

/// The library puts columns and tables of its own beside those that are declared.
fn not_ours(what: &str, name: &Spanned<String>, errors: &mut Errors) {
    if name.value.starts_with(' ') {
        errors.at(
            name.span,
            format!(
                "names of {what}s that begin with a space are those of the library's own {what}s; \
                 choose another"
            ),
        );
    }
}

pub(super) fn are_different(table: &Table, errors: &mut Errors) {
    let mut seen: Vec<(&str, &Ident)> = Vec::new();
    for column in &table.columns {
        let name = column.name.value.as_str();
        match seen.iter().find(|(known, _)| *known == name) {
            Some((_, field)) => errors.at(
                column.name.span,
                format!(
                    "`{}` is the column `{name}` already; give this one another name",
                    plain(field)
                ),
            ),
            None => seen.push((name, &column.field)),
        }
    }
    // Keys, indexes and checks of one table share a namespace in PostgreSQL, or nearly so.
    let keys = table
        .keys
        .iter()
        .filter_map(|key| key.name.as_ref().filter(|_| !key.unresolved));
    let indexes = table.indexes.iter().map(|index| &index.name);
    let checks = table.checks.iter().map(|(name, _)| name);
    let mut seen: Vec<&str> = Vec::new();
    for name in keys.chain(indexes).chain(checks) {
        if seen.contains(&name.value.as_str()) {
            errors.at(
                name.span,
                format!(
                    "another key, index or check of this table is called `{}` already; name \
                     this one otherwise",
                    name.value
                ),
            );
        }
        seen.push(&name.value);
    }
    foreign_keys_are_different(table, errors);
}

/// A foreign key is in nobody's way but that of another constraint.
fn foreign_keys_are_different(table: &Table, errors: &mut Errors) {
    let keys = table.keys.iter().filter_map(|key| key.name.as_ref());
    let checks = table.checks.iter().map(|(name, _)| name);
    let constraints = keys.chain(checks).map(|name| name.value.clone());
    let mut seen: Vec<String> = constraints.collect();
    for key in table.foreign_keys.iter().filter(|key| !key.unresolved) {
        let columns = key.columns.iter();
        let columns = columns.filter_map(|at| table.columns.get(at.value));
        let columns = columns.map(|column| column.name.value.as_str());
        let made = || names::of_key(&table.name.value, columns, "fkey");
        let name = key.name.as_ref();
        let name = name.map_or_else(made, |name| name.value.clone());
        if seen.contains(&name) {
            errors.at(
                key.name.as_ref().map_or(key.span, |name| name.span),
                format!(
                    "another constraint of this table is called `{name}` already; give this \
                     foreign key a `name` of its own"
                ),
            );
        }
        seen.push(name);
    }
}

pub(super) fn make_different_constants(table: &Table, errors: &mut Errors) {
    let mut seen: Vec<(&Ident, String)> = Vec::new();
    let columns = table.columns.iter().map(|column| {
        (
            &column.constant,
            format!("column `{}`", column.name.value),
            Remedy::Const,
        )
    });
    let keys = table.keys.iter().filter_map(|key| {
        let name = key.name.as_ref().map_or("", |name| &name.value);
        Some((
            key.constant.as_ref()?,
            format!("key `{name}`"),
            Remedy::Name,
        ))
    });
    for (constant, of, remedy) in columns.chain(keys) {
        match seen.iter().find(|(known, _)| *known == constant) {
            Some((_, other)) => errors.at(
                constant.span(),
                format!(
                    "the constant `{constant}` is that of the {other} already; {}",
                    remedy.words()
                ),
            ),
            None => seen.push((constant, of)),
        }
    }
}

/// How a constant gets another name.
enum Remedy {
    Const,
    Name,
}

impl Remedy {
    fn words(&self) -> &'static str {
        match self {
            Self::Const => "choose another with `#[column(const = OTHER)]`",
            Self::Name => "give the key another name",
        }
    }
}

/// Notes a piece of SQL that is empty.
pub(super) fn not_empty(what: &str, sql: Option<&Spanned<String>>, errors: &mut Errors) {
    if let Some(Spanned { value, span }) = sql
        && value.trim().is_empty()
    {
        empty(what, *span, errors);
    }
}

fn empty(what: &str, span: Span, errors: &mut Errors) {
    errors.at(
        span,
        format!("this {what} is empty; write its SQL, or leave the word out"),
    );
}
