//! The table's own guard.

use crate::errors::Errors;
use crate::model::{Role, Table};

pub(super) fn can_be_updated(table: &Table, errors: &mut Errors) {
    let Some(at) = &table.keep_newest else { return };
    let role = match table.role(at.value) {
        Role::Plain => return,
        Role::PrimaryKey => "a primary key",
        Role::Generated => "a generated column",
        Role::InsertOnly => "an insert-only column",
    };
    errors.at(
        at.span,
        format!(
            "`keep_newest` updates its column, but this is {role}; name one that an upsert \
             may update"
        ),
    );
}
