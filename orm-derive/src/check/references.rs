//! What belongs to foreign keys.

use crate::errors::Errors;
use crate::model::{Action, Table};

pub(super) fn actions_have_a_reference(table: &Table, errors: &mut Errors) {
    for column in table
        .columns
        .iter()
        .filter(|column| column.references.is_none())
    {
        for (when, action) in [
            ("on_delete", &column.on_delete),
            ("on_update", &column.on_update),
        ] {
            if let Some(action) = action {
                errors.at(
                    action.span,
                    format!(
                        "`{when}` says what a foreign key does, and this is none; add \
                         `references = Other::COLUMN`"
                    ),
                );
            }
        }
    }
}

pub(super) fn null_can_be_set(table: &Table, errors: &mut Errors) {
    for column in table.columns.iter().filter(|column| !column.nullable) {
        for action in [&column.on_delete, &column.on_update].into_iter().flatten() {
            if action.value == Action::SetNull && column.references.is_some() {
                errors.at(
                    action.span,
                    "this column is never `NULL`; make it an `Option`, or choose another action",
                );
            }
        }
    }
}
