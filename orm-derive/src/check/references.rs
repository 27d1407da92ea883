//! What belongs to foreign keys.

use crate::errors::Errors;
use crate::model::{Action, Table};
use crate::names::plain;

pub(super) fn null_can_be_set(table: &Table, errors: &mut Errors) {
    for key in &table.foreign_keys {
        let mut columns = key
            .columns
            .iter()
            .filter_map(|at| table.columns.get(at.value));
        let Some(column) = columns.find(|column| !column.nullable) else {
            continue;
        };
        let column = match &*key.columns {
            [_] => "this column".to_owned(),
            _ => format!("`{}`", plain(&column.field)),
        };
        for action in [&key.on_delete, &key.on_update].into_iter().flatten() {
            if action.value == Action::SetNull {
                errors.at(
                    action.span,
                    format!(
                        "{column} is never `NULL`; make it an `Option`, or choose another action"
                    ),
                );
            }
        }
    }
}
