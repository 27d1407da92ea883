//! Roles of a column that contradict each other.

use super::names::not_empty;
use crate::errors::Errors;
use crate::model::{Column, DefaultValue, Table};
use crate::types;

pub(super) fn go_together(table: &Table, errors: &mut Errors) {
    for column in &table.columns {
        let default = column.default.as_ref().map(|default| default.span);
        let generated = column.generated.as_ref().map(|generated| generated.span);
        let auto = ("auto", column.auto);
        let default = ("default", default);
        let generated = ("generated", generated);
        let insert_only = ("insert_only", column.insert_only);
        let primary_key = ("primary_key", column.primary_key);
        // The caret is on the second, and one contradiction a column is enough.
        let contradiction = [
            (auto, default, "the database numbers it"),
            (
                auto,
                generated,
                "a computed column has no number of its own",
            ),
            (
                generated,
                default,
                "the database computes it from other columns",
            ),
            (generated, insert_only, "it is never written at all"),
            (generated, primary_key, "a key is supplied, not computed"),
            (
                primary_key,
                insert_only,
                "no upsert overwrites a primary key",
            ),
        ]
        .into_iter()
        .find_map(|((one, at), (other, other_at), why)| {
            at.and(other_at).map(|at| (one, other, at, why))
        });
        if let Some((one, other, at, why)) = contradiction {
            let message = "contradict each other, since";
            errors.at(
                at,
                format!("`{one}` and `{other}` {message} {why}; keep one of them"),
            );
        }
        texts_are_written(column, errors);
    }
}

fn texts_are_written(column: &Column, errors: &mut Errors) {
    not_empty("type", column.sql_type.as_ref(), errors);
    not_empty("collation", column.collation.as_ref(), errors);
    let generated = column
        .generated
        .as_ref()
        .and_then(|generated| generated.value.as_ref());
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
                    "only a primary key of one column can be `auto`; use `default` for other \
                     columns",
                );
            }
        } else if !column.nullable && types::surely_no_integer(&column.ty) {
            errors.at(
                span,
                "`auto` numbers rows, so its column is an integer; use `i64`, or `default`",
            );
        }
    }
}

pub(super) fn skip_stands_alone(table: &Table, errors: &mut Errors) {
    for skipped in &table.skipped {
        if let Some((setting, span)) = skipped.contradicted {
            errors.at(
                span,
                format!(
                    "a field with `skip` is no column, so `{setting}` says nothing; keep one \
                     of them"
                ),
            );
        }
    }
}
