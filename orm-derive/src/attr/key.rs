//! `unique(..)` and `index(..)`.

use proc_macro2::{Ident, Span};

use super::item::{Form, Item};
use super::{Spanned, once, unknown};
use crate::errors::Errors;

/// What a `unique(..)` or `unique` says.
pub(crate) struct KeySettings {
    /// Of the word `unique`.
    pub(crate) span: Span,
    pub(crate) columns: Vec<Ident>,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) filter: Option<Spanned<String>>,
    pub(crate) expr: Option<Spanned<String>>,
    pub(crate) nulls: Option<Spanned<Nulls>>,
    pub(crate) deferrable: Option<Span>,
}

/// What an `index(..)` says.
pub(crate) struct IndexSettings {
    /// Of the word `index`.
    pub(crate) span: Span,
    pub(crate) columns: Vec<Ident>,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) filter: Option<Spanned<String>>,
    pub(crate) method: Option<Spanned<String>>,
}

/// How a unique key treats `NULL`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nulls {
    Distinct,
    NotDistinct,
}

const OF_KEY: &[&str] = &[
    "name",
    "columns",
    "filter",
    "expr",
    "nulls_distinct",
    "nulls_not_distinct",
    "deferrable",
];
const OF_INDEX: &[&str] = &["name", "columns", "filter", "method"];

impl KeySettings {
    /// A key about which nothing has been said.
    pub(crate) fn new(span: Span) -> Self {
        Self {
            span,
            columns: Vec::new(),
            name: None,
            filter: None,
            expr: None,
            nulls: None,
            deferrable: None,
        }
    }

    /// `unique(a, b, ..)` of a struct.
    pub(crate) fn of_struct(item: &Item, errors: &mut Errors) -> Option<Self> {
        let list = item.list("unique(column, other_column)", errors)?;
        let mut key = Self::new(item.key.span());
        for item in &list {
            if let Form::Word = item.form
                && !is_word_of_key(&item.key)
            {
                key.columns.push(item.key.clone());
            } else if item.key == "columns" {
                columns(item, &mut key.columns, errors);
            } else {
                key.read(item, errors);
            }
        }
        if key.columns.is_empty() && key.expr.is_none() {
            errors.at(
                key.span,
                "this key has no columns; name them: `unique(column, other_column)`",
            );
            return None;
        }
        Some(key)
    }

    /// `unique` or `unique(..)` of a field.
    pub(crate) fn of_field(item: &Item, errors: &mut Errors) -> Self {
        let mut key = Self::new(item.key.span());
        if let Form::Word = item.form {
            return key;
        }
        for item in item
            .list("unique(nulls_distinct)", errors)
            .unwrap_or_default()
        {
            let is_column = matches!(item.form, Form::Word) && !is_word_of_key(&item.key);
            if is_column || item.key == "columns" {
                errors.at(
                    item.key.span(),
                    "a key of several columns belongs to the struct; write `#[table(unique(..))]`",
                );
                break;
            }
            key.read(&item, errors);
        }
        key
    }

    fn read(&mut self, item: &Item, errors: &mut Errors) {
        let key = &item.key;
        match key.to_string().as_str() {
            "name" => once(&mut self.name, key, item.string(errors), errors),
            "filter" => once(&mut self.filter, key, item.string(errors), errors),
            "expr" => once(&mut self.expr, key, item.string(errors), errors),
            "deferrable" => once(&mut self.deferrable, key, Some(item.word(errors)), errors),
            "nulls_distinct" => self.treat_nulls(Nulls::Distinct, item, errors),
            "nulls_not_distinct" => self.treat_nulls(Nulls::NotDistinct, item, errors),
            _ => unknown(key, "`unique`", OF_KEY, errors),
        }
    }

    fn treat_nulls(&mut self, value: Nulls, item: &Item, errors: &mut Errors) {
        let nulls = Some(Spanned {
            value,
            span: item.word(errors),
        });
        if self.nulls.as_ref().is_some_and(|said| said.value != value) {
            errors.at(
                item.key.span(),
                "two `NULL`s are either distinct or not; keep one of `nulls_distinct`, \
                 `nulls_not_distinct`",
            );
        } else {
            once(&mut self.nulls, &item.key, nulls, errors);
        }
    }
}

impl IndexSettings {
    /// `index(a, b, ..)` of a struct.
    pub(crate) fn of_struct(item: &Item, errors: &mut Errors) -> Option<Self> {
        let list = item.list("index(column, other_column)", errors)?;
        let mut index = Self {
            span: item.key.span(),
            columns: Vec::new(),
            name: None,
            filter: None,
            method: None,
        };
        for item in &list {
            let key = &item.key;
            match (&item.form, key.to_string().as_str()) {
                (Form::Word, _) => index.columns.push(key.clone()),
                (_, "columns") => columns(item, &mut index.columns, errors),
                (_, "name") => once(&mut index.name, key, item.string(errors), errors),
                (_, "filter") => once(&mut index.filter, key, item.string(errors), errors),
                (_, "method") => once(&mut index.method, key, item.string(errors), errors),
                _ => unknown(key, "`index`", OF_INDEX, errors),
            }
        }
        if index.columns.is_empty() {
            errors.at(
                index.span,
                "this index has no columns; name them: `index(column, other_column)`",
            );
            return None;
        }
        Some(index)
    }
}

fn is_word_of_key(word: &Ident) -> bool {
    ["nulls_distinct", "nulls_not_distinct", "deferrable"]
        .iter()
        .any(|known| word == known)
}

/// `columns(a, b)`.
fn columns(item: &Item, to: &mut Vec<Ident>, errors: &mut Errors) {
    let list = item
        .list("columns(column, other_column)", errors)
        .unwrap_or_default();
    if !to.is_empty() && !list.is_empty() {
        errors.at(
            item.key.span(),
            "the columns are written twice; keep one list",
        );
        return;
    }
    to.extend(names(&list, errors));
}

/// A list of names and nothing else.
pub(crate) fn names(list: &[Item], errors: &mut Errors) -> Vec<Ident> {
    for item in list {
        item.word(errors);
    }
    list.iter().map(|item| item.key.clone()).collect()
}
