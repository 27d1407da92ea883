//! Types of the database that hold no value of the field's type on any database.

use crate::errors::Errors;
use crate::model::Table;
use crate::types::{self, Known};

/// The values that a declared SQL type holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Declared {
    Integer,
    Decimal,
    Float,
    Bool,
    Text,
}

pub(super) fn types_hold_their_fields(table: &Table, errors: &mut Errors) {
    for column in &table.columns {
        let Some(sql) = &column.sql_type else {
            continue;
        };
        let name = name(&sql.value);
        if column.auto.is_some() {
            numbers_rows(&name, sql.span, errors);
            continue;
        }
        let (Some(declared), Some(known)) = (declared(&name), types::known(&column.bare)) else {
            continue;
        };
        if !holds(declared, known) {
            errors.at(
                sql.span,
                format!(
                    "a column of type `{}` holds no {}; leave the type out, or give the field the \
                     type of the column",
                    sql.value,
                    known.name()
                ),
            );
        }
    }
}

fn numbers_rows(name: &str, span: proc_macro2::Span, errors: &mut Errors) {
    if name.contains("serial") {
        errors.at(
            span,
            "`auto` numbers rows already, and so does this type; leave it out, or write `BIGINT`",
        );
    } else if declared(name).is_some_and(|declared| declared != Declared::Integer) {
        errors.at(
            span,
            "`auto` numbers rows, so its type is an integer; leave it out, or write `BIGINT`",
        );
    }
}

/// A type's name in lower case and without its length.
fn name(sql: &str) -> String {
    let name = sql.split('(').next().unwrap_or_default();
    let words: Vec<&str> = name.split_whitespace().collect();
    let rest = sql.rsplit(')').next().filter(|rest| rest.len() < sql.len());
    words.join(" ").to_lowercase() + rest.unwrap_or_default().trim()
}

/// `None` for what may be a type of the user's own.
fn declared(name: &str) -> Option<Declared> {
    Some(match name {
        "int" | "integer" | "int2" | "int4" | "int8" | "smallint" | "bigint" | "tinyint"
        | "mediumint" => Declared::Integer,
        "numeric" | "decimal" | "dec" => Declared::Decimal,
        "real" | "float" | "float4" | "float8" | "double" | "double precision" => Declared::Float,
        "bool" | "boolean" => Declared::Bool,
        "text" | "varchar" | "char" | "character" | "character varying" | "bpchar" | "citext"
        | "clob" => Declared::Text,
        _ => return None,
    })
}

/// Tells whether the declared type holds the values on one of the databases at least. A pair that only one of
/// them refuses is reported when the table is made there.
fn holds(declared: Declared, known: Known) -> bool {
    match known {
        Known::Integer => !matches!(declared, Declared::Text | Declared::Float),
        Known::Float => declared != Declared::Text,
        Known::Bool => !matches!(declared, Declared::Text | Declared::Float),
        Known::Text => declared == Declared::Text,
    }
}
