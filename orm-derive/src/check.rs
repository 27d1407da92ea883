//! The rules that need more than one attribute to be seen. All of them run; each notes what it finds.

mod defaults;
mod guard;
mod keys;
mod names;
mod roles;
mod rules;
mod stored;

use crate::errors::Errors;
use crate::model::Table;

/// Notes every rule that the table breaks.
pub(crate) fn table(table: &Table, errors: &mut Errors) {
    rules::are_kept(table, errors);
    names::columns_have_positions(table, errors);
    names::make_different_constants(table, errors);
    roles::auto_is_a_number_alone(table, errors);
    roles::skip_stands_alone(table, errors);
    defaults::are_values(table, errors);
    stored::types_hold_their_fields(table, errors);
    keys::there_is_a_primary_key(table, errors);
    keys::hold_null_knowingly(table, errors);
    keys::can_be_reached(table, errors);
    guard::can_be_updated(table, errors);
}
