//! The grammar: what the attributes say, word for word, before anything is made of it.
//!
//! Nothing here returns an error. A mistake is noted and the setting left out, so that all mistakes of
//! a struct are told at once.

use proc_macro2::{Ident, Span};

use crate::errors::Errors;
use crate::names;

mod column;
mod foreign_key;
mod item;
mod key;
mod record;
mod table;

pub(crate) use column::{ColumnSettings, DefaultValue};
pub(crate) use foreign_key::{Action, ForeignKeySettings};
pub(crate) use key::{IndexSettings, KeySettings, Nulls};
pub(crate) use record::{FieldSettings, RecordSettings};
pub(crate) use table::{TableSettings, Written};

/// What an attribute said, and where.
#[derive(Debug, Clone)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// What is behind a table's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Partitioned,
    View,
}

/// Fills a slot that can be filled once.
fn once<T>(slot: &mut Option<T>, key: &Ident, value: Option<T>, errors: &mut Errors) {
    match (&slot, value) {
        (Some(_), _) => errors.at(
            key.span(),
            format!("`{key}` is written twice; keep one of them"),
        ),
        (None, value) => *slot = value,
    }
}

/// Notes a setting that nobody knows.
fn unknown(key: &Ident, of: &str, known: &[&str], errors: &mut Errors) {
    let advice = advice(key, known);
    errors.at(
        key.span(),
        format!("unknown setting `{key}` of {of}; {advice}"),
    );
}

/// What could be written in place of this word.
fn advice(word: &Ident, known: &[&str]) -> String {
    let meant = names::nearest(&word.to_string(), known.iter().copied());
    let meant = meant
        .map(|meant| format!("did you mean `{meant}`? "))
        .unwrap_or_default();
    format!("{meant}expected one of {}", listed(known))
}

/// Each word in backticks.
fn listed(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
