//! Roles of a column that contradict each other.

use proc_macro2::Span;

use super::names::not_empty;
use crate::errors::Errors;
use crate::model::{Column, DefaultValue, Table};
use crate::types;

pub(super) fn go_together(table: &Table, errors: &mut Errors) {
    for column in &table.columns {
        let default = column.default.as_ref().map(|default| default.span);
        let generated = column.generated.as_ref().map(|generated| generated.span);
        // The first is the one that decides; the caret is on the second.
        let contradictions: [(&str, Option<Span>, &str, Option<Span>, &str); 6] = [
            ("auto", column.auto, "default", default, "the database numbers it"),
            ("auto", column.auto, "generated", generated, "a computed column has no number of its own"),
            ("generated", generated, "default", default, "the database computes it from the other columns"),
            ("generated", generated, "insert_only", column.insert_only, "it is never written at all"),
            ("generated", generated, "primary_key", column.primary_key, "a key is supplied, not computed"),
            ("primary_key", column.primary_key, "insert_only", column.insert_only, "no upsert overwrites a primary key"),
        ];
        for (one, at, other, other_at, why) in contradictions {
            if let (Some(_), Some(span)) = (at, other_at) {
                errors.at(
                    span,
                    format!("`{one}` and `{other}` contradict each other, since {why}; keep one of them"),
                );
                break;
            }
        }
        texts_are_written(column, errors);
    }
}

fn texts_are_written(column: &Column, errors: &mut Errors) {
    not_empty("type", column.sql_type.as_ref(), errors);
    not_empty("collation", column.collation.as_ref(), errors);
    let generated = column.generated.as_ref().and_then(|generated| generated.value.as_ref());
    not_empty("expression", generated, errors);
    match column.default.as_ref().map(|default| &default.value) {
        Some(DefaultValue::Sql(sql)) => not_empty("default", Some(sql), errors),
        Some(DefaultValue::Each { postgres, sqlite }) => {
            not_empty("default", Some(postgres), errors);
            not_empty("default", Some(sqlite), errors);
        }
        Some(DefaultValue::Database | DefaultValue::Now) | None => {}
    }
}

pub(super) fn auto_is_a_number_alone(table: &Table, errors: &mut Errors) {
    let key: Vec<usize> = table
        .primary_key()
        .map(|key| key.columns.iter().map(|column| column.value).collect())
        .unwrap_or_default();
    for (at, column) in table.columns.iter().enumerate() {
        let Some(span) = column.auto else { continue };
        if column.generated.is_some() {
            continue;
        }
        if key != [at] {
            // Without any primary key that is what is told.
            if !key.is_empty() {
                errors.at(
                    span,
                    "only a primary key of one column can be `auto`; use `default` for other columns",
                );
            }
        } else if !column.nullable && types::surely_no_integer(&column.ty) {
            errors.at(span, "`auto` numbers rows, so its column is an integer; use `i64`, or `default`");
        }
    }
}

pub(super) fn skip_stands_alone(table: &Table, errors: &mut Errors) {
    for skipped in &table.skipped {
        if let Some((setting, span)) = skipped.contradicted {
            errors.at(
                span,
                format!("a field with `skip` is no column, so `{setting}` says nothing; keep one of them"),
            );
        }
    }
}
