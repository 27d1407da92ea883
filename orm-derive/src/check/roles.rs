//! Roles of a field that its type or another field contradicts.

use crate::errors::Errors;
use crate::model::Table;
use crate::types;

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
