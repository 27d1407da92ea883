//! `#[column(..)]` on a field of a table.

use proc_macro2::{Ident, Span};
use syn::{Attribute, Path};

use super::foreign_key::{Action, action};
use super::item::{Form, Item, settings};
use super::key::KeySettings;
use super::{Spanned, once, unknown};
use crate::errors::Errors;

/// What the `#[column(..)]` of one field say.
#[derive(Default)]
pub(crate) struct ColumnSettings {
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) constant: Option<Ident>,
    pub(crate) sql_type: Option<Spanned<String>>,
    pub(crate) collation: Option<Spanned<String>>,
    pub(crate) primary_key: Option<Span>,
    pub(crate) unique: Option<KeySettings>,
    pub(crate) auto: Option<Span>,
    /// With the expression, where it is written.
    pub(crate) generated: Option<Spanned<Option<Spanned<String>>>>,
    pub(crate) default: Option<Spanned<DefaultValue>>,
    pub(crate) insert_only: Option<Span>,
    pub(crate) skip: Option<Span>,
    pub(crate) references: Option<Path>,
    pub(crate) on_delete: Option<Spanned<Action>>,
    pub(crate) on_update: Option<Spanned<Action>>,
}

/// What the database puts in where a record has nothing.
#[derive(Debug, Clone)]
pub(crate) enum DefaultValue {
    Database,
    Now,
    Sql(Spanned<String>),
    Each {
        postgres: Spanned<String>,
        sqlite: Spanned<String>,
    },
}

const KNOWN: &[&str] = &[
    "name",
    "const",
    "type",
    "collate",
    "primary_key",
    "unique",
    "auto",
    "generated",
    "default",
    "insert_only",
    "skip",
    "references",
    "on_delete",
    "on_update",
];

/// What belongs to the struct.
const OF_TABLE: &[&str] = &[
    "schema",
    "crate",
    "insert",
    "index",
    "check",
    "fillfactor",
    "partitioned",
    "view",
    "keep_newest",
];

impl ColumnSettings {
    /// Reads the attributes of a field.
    pub(crate) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Self::default();
        let before = errors.count();
        for attribute in attributes {
            if attribute.path().is_ident("column") {
                for item in settings(attribute, errors) {
                    read.set(&item, errors);
                }
            } else if attribute.path().is_ident("table") {
                errors.on(
                    attribute.path(),
                    "`#[table(..)]` belongs to the struct; on a field write `#[column(..)]`",
                );
            }
        }
        if read.references.is_none() && read.skip.is_none() && errors.count() == before {
            read.actions_say_nothing(errors);
        }
        read
    }

    /// Notes what is said of a foreign key that there is not.
    fn actions_say_nothing(&self, errors: &mut Errors) {
        for (when, action) in [
            ("on_delete", &self.on_delete),
            ("on_update", &self.on_update),
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

    fn set(&mut self, item: &Item, errors: &mut Errors) {
        let key = &item.key;
        match key.to_string().as_str() {
            "name" => once(&mut self.name, key, item.string(errors), errors),
            "const" => once(&mut self.constant, key, item.ident("OTHER", errors), errors),
            "type" => once(&mut self.sql_type, key, item.string(errors), errors),
            "collate" => once(&mut self.collation, key, item.string(errors), errors),
            "primary_key" => once(&mut self.primary_key, key, Some(item.word(errors)), errors),
            "auto" => once(&mut self.auto, key, Some(item.word(errors)), errors),
            "insert_only" => once(&mut self.insert_only, key, Some(item.word(errors)), errors),
            "skip" => once(&mut self.skip, key, Some(item.word(errors)), errors),
            "unique" => {
                once(
                    &mut self.unique,
                    key,
                    Some(KeySettings::of_field(item, errors)),
                    errors,
                );
            }
            "generated" => {
                let expression = match item.form {
                    Form::Word => None,
                    _ => item.string(errors),
                };
                let generated = Spanned {
                    value: expression,
                    span: key.span(),
                };
                once(&mut self.generated, key, Some(generated), errors);
            }
            "default" => {
                let default = Spanned {
                    value: default_value(item, errors),
                    span: key.span(),
                };
                once(&mut self.default, key, Some(default), errors);
            }
            "references" => {
                once(
                    &mut self.references,
                    key,
                    item.path("Other::COLUMN", errors),
                    errors,
                );
            }
            "on_delete" => once(&mut self.on_delete, key, action(item, errors), errors),
            "on_update" => once(&mut self.on_update, key, action(item, errors), errors),
            other if OF_TABLE.contains(&other) => errors.at(
                key.span(),
                format!("`{key}` belongs to the table; write `#[table({key} ..)]` on the struct"),
            ),
            _ => unknown(key, "`#[column(..)]`", KNOWN, errors),
        }
    }
}

/// A default that is written wrongly still is one: the record leaves the column out.
fn default_value(item: &Item, errors: &mut Errors) -> DefaultValue {
    const FORMS: &str = "expected `default`, `default = now`, `default = \"sql\"` or \
     `default(postgres = \"..\", sqlite = \"..\")`";
    match &item.form {
        Form::Word => DefaultValue::Database,
        Form::Value(value) => {
            if let Ok(word) = syn::parse2::<Ident>(value.clone()) {
                if word == "now" {
                    return DefaultValue::Now;
                }
            } else if let Ok(sql) = syn::parse2::<syn::LitStr>(value.clone()) {
                return DefaultValue::Sql(Spanned {
                    value: sql.value(),
                    span: sql.span(),
                });
            }
            errors.on(value, FORMS);
            DefaultValue::Database
        }
        Form::List(_) => {
            let (mut postgres, mut sqlite) = (None, None);
            for item in item
                .list("default(postgres = \"..\", sqlite = \"..\")", errors)
                .unwrap_or_default()
            {
                let key = &item.key;
                match key.to_string().as_str() {
                    "postgres" => once(&mut postgres, key, item.string(errors), errors),
                    "sqlite" => once(&mut sqlite, key, item.string(errors), errors),
                    _ => unknown(key, "`default(..)`", &["postgres", "sqlite"], errors),
                }
            }
            match (postgres, sqlite) {
                (Some(postgres), Some(sqlite)) => DefaultValue::Each { postgres, sqlite },
                // What is wrong inside has been told already; what is missing has not.
                (None, None) => DefaultValue::Database,
                (known, _) => {
                    let missing = if known.is_some() {
                        "sqlite"
                    } else {
                        "postgres"
                    };
                    errors.at(
                        item.key.span(),
                        format!(
                            "this default says nothing for `{missing}`; add `{missing} = \
                             \"..\"`, or write `default = \"..\"` for both"
                        ),
                    );
                    DefaultValue::Database
                }
            }
        }
    }
}
