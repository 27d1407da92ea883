//! `references(..)` of a struct, and what a foreign key does.

use proc_macro2::{Ident, Span};
use syn::{LitStr, Path};

use super::item::{Form, Item};
use super::{Spanned, advice, once, unknown};
use crate::errors::Errors;

/// What a `references(..)` says.
pub(crate) struct ForeignKeySettings {
    /// Of the word `references`.
    pub(crate) span: Span,
    /// Each column, and the one that it points to.
    pub(crate) pairs: Vec<(Ident, Path)>,
    pub(crate) name: Option<Spanned<String>>,
    pub(crate) on_delete: Option<Spanned<Action>>,
    pub(crate) on_update: Option<Spanned<Action>>,
    /// Whether it has mistakes, which have been told.
    pub(crate) doubtful: bool,
}

/// What a foreign key does when the row it points to goes away or changes.
#[expect(clippy::enum_variant_names, reason = "SQL says `NO ACTION`")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Cascade,
    SetNull,
    SetDefault,
    Restrict,
    NoAction,
}

impl ForeignKeySettings {
    /// `references(a = Other::A, b = Other::B, ..)` of a struct.
    pub(crate) fn of_struct(item: &Item, errors: &mut Errors) -> Option<Self> {
        let list = item.list("references(column = Other::COLUMN)", errors)?;
        let mut key = Self {
            span: item.key.span(),
            pairs: Vec::new(),
            name: None,
            on_delete: None,
            on_update: None,
            doubtful: false,
        };
        let before = errors.count();
        for item in &list {
            key.read(item, errors);
        }
        key.doubtful = errors.count() > before;
        if key.pairs.is_empty() && !key.doubtful {
            errors.at(
                key.span,
                "this foreign key has no columns; name them: `references(column = Other::COLUMN)`",
            );
        }
        (!key.pairs.is_empty()).then_some(key)
    }

    /// A field may be called as a setting is: what it points to is a path of several words.
    fn read(&mut self, item: &Item, errors: &mut Errors) {
        const KNOWN: &[&str] = &["column = Other::COLUMN", "name", "on_delete", "on_update"];
        let key = &item.key;
        if let Form::Value(value) = &item.form
            && let Ok(path) = syn::parse2::<Path>(value.clone())
            && path.segments.len() > 1
        {
            self.pairs.push((key.clone(), path));
            return;
        }
        match (key.to_string().as_str(), &item.form) {
            ("on_delete", _) => once(&mut self.on_delete, key, action(item, errors), errors),
            ("on_update", _) => once(&mut self.on_update, key, action(item, errors), errors),
            ("name", Form::Value(value)) if syn::parse2::<LitStr>(value.clone()).is_ok() => {
                once(&mut self.name, key, item.string(errors), errors);
            }
            (_, Form::Value(value)) if syn::parse2::<Ident>(value.clone()).is_ok() => {
                unknown(key, "`references`", KNOWN, errors);
            }
            _ => drop(item.path("Other::COLUMN", errors)),
        }
    }
}

/// `on_delete = cascade`.
pub(crate) fn action(item: &Item, errors: &mut Errors) -> Option<Spanned<Action>> {
    const KNOWN: &[(&str, Action)] = &[
        ("cascade", Action::Cascade),
        ("set_null", Action::SetNull),
        ("set_default", Action::SetDefault),
        ("restrict", Action::Restrict),
        ("no_action", Action::NoAction),
    ];
    let word = item.ident("cascade", errors)?;
    let known = KNOWN.iter().find(|(known, _)| word == known);
    if known.is_none() {
        let words: Vec<&str> = KNOWN.iter().map(|(word, _)| *word).collect();
        errors.at(
            word.span(),
            format!("unknown action `{word}`; {}", advice(&word, &words)),
        );
    }
    known.map(|(_, action)| Spanned {
        value: *action,
        span: word.span(),
    })
}
