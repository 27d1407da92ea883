//! Keys that cannot be, or cannot be told apart.

use super::names::not_empty;
use crate::errors::Errors;
use crate::model::{Key, Table};
use crate::names::plain;

pub(super) fn there_is_a_primary_key(table: &Table, errors: &mut Errors) {
    let Some(key) = table.primary_key() else {
        errors.at(
            table.ident.span(),
            format!(
                "`{}` has no primary key; mark a field with `#[column(primary_key)]`",
                table.ident
            ),
        );
        return;
    };
    for at in &key.columns {
        if let Some(column) = table.columns.get(at.value)
            && column.nullable
        {
            errors.at(
                at.span,
                format!(
                    "`{}` may be `NULL`, but a primary key may not; take the `Option` away",
                    plain(&column.field)
                ),
            );
        }
    }
}

pub(super) fn hold_null_knowingly(table: &Table, errors: &mut Errors) {
    for key in unique(table) {
        let mut nullable = key.columns.iter().filter_map(|at| {
            let column = table.columns.get(at.value)?;
            column.nullable.then_some((at.span, &column.field))
        });
        match (nullable.next(), &key.nulls) {
            (Some((span, field)), None) if key.expr.is_none() => errors.at(
                span,
                format!(
                    "`{}` may be `NULL` in this key; say `nulls_distinct` if rows with `NULL` \
                     never conflict, `nulls_not_distinct` if they do",
                    plain(field)
                ),
            ),
            (None, Some(nulls)) if key.expr.is_none() => errors.at(
                nulls.span,
                "no column of this key can be `NULL`; leave this out",
            ),
            _ => {}
        }
    }
}

pub(super) fn are_different(table: &Table, errors: &mut Errors) {
    let mut seen: Vec<(Vec<usize>, &Key)> = Vec::new();
    for key in table.keys.iter().filter(|key| of_columns(key)) {
        let mut columns: Vec<usize> = key.columns.iter().map(|at| at.value).collect();
        columns.sort_unstable();
        match seen.iter().find(|(known, _)| *known == columns) {
            Some((_, known)) => {
                let known = if known.primary {
                    "the primary key has"
                } else {
                    "another key has"
                };
                errors.at(
                    key.span,
                    format!(
                        "{known} the same columns, so they are unique already; remove this one"
                    ),
                );
            }
            None => seen.push((columns, key)),
        }
    }
}

pub(super) fn say_what_is_unique(table: &Table, errors: &mut Errors) {
    for key in unique(table) {
        not_empty("filter", key.filter.as_ref(), errors);
        not_empty("expression", key.expr.as_ref(), errors);
        if let Some(expr) = &key.expr
            && key.constant.is_none()
        {
            errors.at(
                expr.span,
                "a key on an expression is reached by its name alone; add `name = \"..\"`",
            );
        }
        let index = match (&key.filter, &key.expr) {
            (Some(_), _) => Some("a filter"),
            (None, Some(_)) => Some("an expression"),
            (None, None) => None,
        };
        if let (Some(index), Some(span)) = (index, key.deferrable) {
            errors.at(
                span,
                format!(
                    "a key with {index} is an index, and only constraints are `deferrable`; \
                     keep one of them"
                ),
            );
        }
    }
    for index in &table.indexes {
        not_empty("filter", index.filter.as_ref(), errors);
        not_empty("method", index.method.as_ref(), errors);
    }
}

/// The keys beside the primary one.
fn unique(table: &Table) -> impl Iterator<Item = &Key> {
    table
        .keys
        .iter()
        .filter(|key| !key.primary && !key.unresolved)
}

/// Whether the columns themselves are unique, in all rows.
fn of_columns(key: &Key) -> bool {
    key.filter.is_none() && key.expr.is_none() && !key.unresolved
}
