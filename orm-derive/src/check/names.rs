//! There are not too many columns, and no two constants are the same.

use proc_macro2::Ident;

use crate::errors::Errors;
use crate::model::Table;

/// Positions are two digits to the base of sixteen.
const MOST_COLUMNS: usize = 256;

pub(super) fn columns_have_positions(table: &Table, errors: &mut Errors) {
    if let Some(column) = table.columns.get(MOST_COLUMNS) {
        errors.at(
            column.field.span(),
            format!(
                "a table has at most {MOST_COLUMNS} columns, and this is one more; split the table"
            ),
        );
    }
}

pub(super) fn make_different_constants(table: &Table, errors: &mut Errors) {
    let mut seen: Vec<(&Ident, String)> = Vec::new();
    let columns = table.columns.iter().map(|column| {
        (
            &column.constant,
            format!("column `{}`", column.name.value),
            Remedy::Const,
        )
    });
    let keys = table.keys.iter().filter_map(|key| {
        let name = key.name.as_ref().map_or("", |name| &name.value);
        Some((
            key.constant.as_ref()?,
            format!("key `{name}`"),
            Remedy::Name,
        ))
    });
    for (constant, of, remedy) in columns.chain(keys) {
        match seen.iter().find(|(known, _)| *known == constant) {
            Some((_, other)) => errors.at(
                constant.span(),
                format!(
                    "the constant `{constant}` is that of the {other} already; {}",
                    remedy.words()
                ),
            ),
            None => seen.push((constant, of)),
        }
    }
}

/// How a constant gets another name.
enum Remedy {
    Const,
    Name,
}

impl Remedy {
    fn words(&self) -> &'static str {
        match self {
            Self::Const => "choose another with `#[column(const = OTHER)]`",
            Self::Name => "give the key another name",
        }
    }
}
