//! `#[insert(..)]` on a record, `#[row(..)]` on a struct that is read, and `#[column(..)]` on their fields.

use proc_macro2::Span;
use syn::{Attribute, Path};

use super::item::settings;
use super::{Spanned, once, unknown};
use crate::errors::Errors;

/// What the `#[insert(..)]` of a record say, or the `#[row(..)]` of a struct that is read.
#[derive(Default)]
pub(crate) struct RecordSettings {
    pub(crate) table: Option<Path>,
    pub(crate) krate: Option<Path>,
}

/// What the `#[column(..)]` of a record's field say.
#[derive(Default)]
pub(crate) struct FieldSettings {
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) skip: Option<Span>,
}

/// What belongs to the fields of the table.
const OF_TABLE: &[&str] = &[
    "const",
    "type",
    "collate",
    "primary_key",
    "unique",
    "auto",
    "generated",
    "default",
    "insert_only",
    "references",
    "on_delete",
    "on_update",
];

impl RecordSettings {
    /// Reads the attributes of a struct, of which `own` is the one that is meant.
    pub(crate) fn read(attributes: &[Attribute], own: &str, errors: &mut Errors) -> Self {
        let mut read = Self::default();
        for attribute in attributes {
            if attribute.path().is_ident(own) {
                for item in settings(attribute, errors) {
                    let key = &item.key;
                    match key.to_string().as_str() {
                        "table" => once(&mut read.table, key, item.path("User", errors), errors),
                        "crate" => {
                            once(
                                &mut read.krate,
                                key,
                                item.path("path::to::orm", errors),
                                errors,
                            );
                        }
                        _ => unknown(key, &format!("`#[{own}(..)]`"), &["table", "crate"], errors),
                    }
                }
            } else if attribute.path().is_ident("column") {
                errors.on(
                    attribute.path(),
                    format!(
                        "`#[column(..)]` belongs to a field; on the struct write `#[{own}(..)]`"
                    ),
                );
            }
        }
        read
    }
}

impl FieldSettings {
    /// Reads the attributes of a field, where `own` is the one of its struct.
    pub(crate) fn read(attributes: &[Attribute], own: &str, errors: &mut Errors) -> Self {
        let mut read = Self::default();
        for attribute in attributes {
            if attribute.path().is_ident("column") {
                for item in settings(attribute, errors) {
                    let key = &item.key;
                    match key.to_string().as_str() {
                        "name" => once(&mut read.name, key, item.string(errors), errors),
                        "skip" => once(&mut read.skip, key, Some(item.word(errors)), errors),
                        other if OF_TABLE.contains(&other) => errors.at(
                            key.span(),
                            format!(
                                "`{key}` belongs to the table's own field; a record says \
                                 only `name` and `skip`"
                            ),
                        ),
                        _ => unknown(key, "a record's `#[column(..)]`", &["name", "skip"], errors),
                    }
                }
            } else if attribute.path().is_ident(own) {
                errors.on(
                    attribute.path(),
                    format!(
                        "`#[{own}(..)]` belongs to the struct; on a field write `#[column(..)]`"
                    ),
                );
            }
        }
        read
    }
}
