//! `#[table(..)]` on a struct.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Attribute, Path};

use super::foreign_key::ForeignKeySettings;
use super::item::{Form, Item, segments, settings};
use super::key::{IndexSettings, KeySettings, names};
use super::{Kind, Spanned, once, unknown};
use crate::errors::Errors;

/// What the `#[table(..)]` of a struct say.
#[derive(Default)]
pub(crate) struct TableSettings {
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) schema: Option<Spanned<String>>,
    pub(crate) krate: Option<Path>,
    pub(crate) insert: Option<Written>,
    pub(crate) primary_key: Option<Spanned<Vec<Ident>>>,
    pub(crate) keys: Vec<KeySettings>,
    pub(crate) foreign_keys: Vec<ForeignKeySettings>,
    pub(crate) indexes: Vec<IndexSettings>,
    /// Name and condition.
    pub(crate) checks: Vec<(Spanned<String>, Spanned<String>)>,
    pub(crate) fillfactor: Option<Spanned<i64>>,
    pub(crate) kind: Option<Spanned<Kind>>,
    pub(crate) keep_newest: Option<Ident>,
}

/// The record that the derive writes.
pub(crate) struct Written {
    pub(crate) ident: Ident,
    /// Its attributes, without `#[..]`.
    pub(crate) attributes: Vec<TokenStream>,
}

const KNOWN: &[&str] = &[
    "name",
    "schema",
    "crate",
    "insert",
    "primary_key",
    "unique",
    "references",
    "index",
    "check",
    "fillfactor",
    "partitioned",
    "view",
    "keep_newest",
];

/// What belongs to a field.
const OF_COLUMN: &[&str] = &[
    "auto",
    "generated",
    "default",
    "insert_only",
    "skip",
    "references",
    "on_delete",
    "on_update",
    "collate",
    "const",
    "type",
];

impl TableSettings {
    /// Reads the attributes of a struct.
    pub(crate) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Self::default();
        for attribute in attributes {
            if attribute.path().is_ident("table") {
                for item in settings(attribute, errors) {
                    read.set(&item, errors);
                }
            } else if attribute.path().is_ident("column") {
                errors.on(
                    attribute.path(),
                    "`#[column(..)]` belongs to a field; on the struct write `#[table(..)]`",
                );
            }
        }
        read
    }

    fn set(&mut self, item: &Item, errors: &mut Errors) {
        let key = &item.key;
        match key.to_string().as_str() {
            "name" => once(&mut self.name, key, item.string(errors), errors),
            "schema" => once(&mut self.schema, key, item.string(errors), errors),
            "crate" => once(
                &mut self.krate,
                key,
                item.path("path::to::orm", errors),
                errors,
            ),
            "insert" => once(&mut self.insert, key, written(item, errors), errors),
            "primary_key" => once(
                &mut self.primary_key,
                key,
                primary_key(item, errors),
                errors,
            ),
            "unique" => self.keys.extend(KeySettings::of_struct(item, errors)),
            // With one column alone it belongs to that.
            "references" if !matches!(item.form, Form::Value(_)) => self
                .foreign_keys
                .extend(ForeignKeySettings::of_struct(item, errors)),
            "index" => self.indexes.extend(IndexSettings::of_struct(item, errors)),
            "check" => self.read_checks(item, errors),
            "fillfactor" => once(&mut self.fillfactor, key, item.integer(errors), errors),
            "partitioned" => self.set_kind(Kind::Partitioned, item, errors),
            "view" => self.set_kind(Kind::View, item, errors),
            "keep_newest" => {
                once(
                    &mut self.keep_newest,
                    key,
                    item.ident("column", errors),
                    errors,
                );
            }
            other if OF_COLUMN.contains(&other) => errors.at(
                key.span(),
                format!("`{key}` belongs to a column; write `#[column({key} ..)]` on the field"),
            ),
            _ => unknown(key, "`#[table(..)]`", KNOWN, errors),
        }
    }

    fn set_kind(&mut self, value: Kind, item: &Item, errors: &mut Errors) {
        let kind = Some(Spanned {
            value,
            span: item.word(errors),
        });
        if self.kind.as_ref().is_some_and(|said| said.value != value) {
            errors.at(
                item.key.span(),
                "a table is either `partitioned` or a `view`; keep one of them",
            );
        } else {
            once(&mut self.kind, &item.key, kind, errors);
        }
    }

    /// `check(positive = "price > 0")`, one or several.
    fn read_checks(&mut self, item: &Item, errors: &mut Errors) {
        let example = "check(positive = \"price > 0\")";
        for check in item.list(example, errors).unwrap_or_default() {
            if let Some(sql) = check.string(errors) {
                let name = Spanned {
                    value: check.key.to_string(),
                    span: check.key.span(),
                };
                self.checks.push((name, sql));
            }
        }
    }
}

/// `insert = N` or `insert(N, derive(..), attribute, ..)`.
fn written(item: &Item, errors: &mut Errors) -> Option<Written> {
    let example = "insert(NewRow, derive(Debug))";
    if !matches!(item.form, Form::List(_)) {
        let ident = item.ident("NewRow", errors)?;
        return Some(Written {
            ident,
            attributes: Vec::new(),
        });
    }
    let list = item.group(example, errors)?;
    let mut parts = segments(list.stream(), errors)
        .into_iter()
        .map(|tokens| tokens.into_iter().collect::<TokenStream>());
    let name = parts.next()?;
    let Ok(ident) = syn::parse2::<Ident>(name.clone()) else {
        errors.on(
            name,
            format!("expected the name of the record; write `{example}`"),
        );
        return None;
    };
    let mut attributes = Vec::new();
    for part in parts {
        // What an attribute may look like is its own macro's matter; that it starts with a path is ours.
        match syn::parse2::<syn::Meta>(part.clone()) {
            Ok(meta) => attributes.push(quote!(#meta)),
            Err(_) => errors.on(
                part,
                format!("expected an attribute for `{ident}`, such as `derive(Debug)`"),
            ),
        }
    }
    Some(Written { ident, attributes })
}

/// `primary_key(a, b)`.
fn primary_key(item: &Item, errors: &mut Errors) -> Option<Spanned<Vec<Ident>>> {
    let list = item.list("primary_key(column, other_column)", errors)?;
    let span: Span = item.key.span();
    Some(Spanned {
        value: names(&list, errors),
        span,
    })
}
