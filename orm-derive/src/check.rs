//! The rules that need more than one attribute to be seen. All of them run; each notes what it finds.

mod defaults;
mod guard;
mod keys;
mod names;
mod references;
mod roles;
mod stored;

use crate::errors::Errors;
use crate::model::Table;

/// Notes every rule that the table breaks.
pub(crate) fn table(table: &Table, errors: &mut Errors) {
    names::fit_the_database(table, errors);
    names::are_different(table, errors);
    names::make_different_constants(table, errors);
    roles::go_together(table, errors);
    roles::auto_is_a_number_alone(table, errors);
    roles::skip_stands_alone(table, errors);
    defaults::are_values(table, errors);
    stored::types_hold_their_fields(table, errors);
    keys::there_is_a_primary_key(table, errors);
    keys::hold_null_knowingly(table, errors);
    keys::are_different(table, errors);
    keys::say_what_is_unique(table, errors);
    references::null_can_be_set(table, errors);
    guard::can_be_updated(table, errors);
    guard::fillfactor_is_a_share(table, errors);
}
