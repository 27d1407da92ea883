//! The table's own guard, and how full its pages are.

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

pub(super) fn fillfactor_is_a_share(table: &Table, errors: &mut Errors) {
    if let Some(percent) = &table.fillfactor
        && !(10..=100).contains(&percent.value)
    {
        errors.at(
            percent.span,
            format!(
                "PostgreSQL fills a page to between 10 and 100 percent, not {}; 70 to 90 \
                 leaves room for updates",
                percent.value
            ),
        );
    }
}
