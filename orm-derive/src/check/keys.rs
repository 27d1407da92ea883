//! Keys of which too little is said.

use crate::errors::Errors;
use crate::model::{Key, Table};
use crate::names::plain;

pub(super) fn there_is_a_primary_key(table: &Table, errors: &mut Errors) {
    if table.primary_key().is_none() {
        errors.at(
            table.ident.span(),
            format!(
                "`{}` has no primary key; mark a field with `#[column(primary_key)]`",
                table.ident
            ),
        );
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

pub(super) fn can_be_reached(table: &Table, errors: &mut Errors) {
    for key in unique(table) {
        if let Some(expr) = &key.expr
            && key.constant.is_none()
        {
            errors.at(
                expr.span,
                "a key on an expression is reached by its name alone; add `name = \"..\"`",
            );
        }
    }
}

/// The keys beside the primary one.
fn unique(table: &Table) -> impl Iterator<Item = &Key> {
    table
        .keys
        .iter()
        .filter(|key| !key.primary && !key.unresolved)
}
