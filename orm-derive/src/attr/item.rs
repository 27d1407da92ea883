//! One setting: `word`, `key = value` or `key(..)`.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parse;
use syn::{Attribute, LitInt, LitStr, MacroDelimiter, Meta, Path};

use super::Spanned;
use crate::errors::Errors;

/// One setting of an attribute.
pub(crate) struct Item {
    pub(crate) key: Ident,
    pub(crate) form: Form,
}

/// How a setting is written.
pub(crate) enum Form {
    Word,
    Value(TokenStream),
    List(Group),
}

/// The settings of an attribute.
pub(crate) fn settings(attribute: &Attribute, errors: &mut Errors) -> Vec<Item> {
    let name = attribute.path().to_token_stream();
    match &attribute.meta {
        Meta::List(list) if matches!(list.delimiter, MacroDelimiter::Paren(_)) => {
            if list.tokens.is_empty() {
                errors.on(list, format!("`#[{name}()]` says nothing; remove it"));
            }
            items(list.tokens.clone(), errors)
        }
        meta => {
            errors.on(
                meta,
                format!("`{name}` takes its settings in parentheses; write `#[{name}(..)]`"),
            );
            Vec::new()
        }
    }
}

/// The settings of a list, with commas between them.
pub(crate) fn items(list: TokenStream, errors: &mut Errors) -> Vec<Item> {
    segments(list, errors)
        .into_iter()
        .filter_map(|segment| item(segment, errors))
        .collect()
}

/// What stands between the commas of a list.
pub(crate) fn segments(list: TokenStream, errors: &mut Errors) -> Vec<Vec<TokenTree>> {
    let mut segments = Vec::new();
    let mut segment = Vec::new();
    for token in list {
        match token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                if segment.is_empty() {
                    errors.at(comma.span(), "nothing stands before this comma; remove it");
                } else {
                    segments.push(std::mem::take(&mut segment));
                }
            }
            token => segment.push(token),
        }
    }
    if !segment.is_empty() {
        segments.push(segment);
    }
    segments
}

fn item(segment: Vec<TokenTree>, errors: &mut Errors) -> Option<Item> {
    let mut tokens = segment.into_iter();
    let key = match tokens.next()? {
        TokenTree::Ident(key) => key,
        other => {
            errors.at(other.span(), "expected a setting, such as `name = \"..\"`");
            return None;
        }
    };
    let form = match tokens.next() {
        None => {
            return Some(Item {
                key,
                form: Form::Word,
            });
        }
        Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => {
            let value: TokenStream = tokens.by_ref().collect();
            if value.is_empty() {
                errors.at(equals.span(), format!("a value is missing after `{key} =`"));
                return None;
            }
            Form::Value(value)
        }
        Some(TokenTree::Group(list)) if list.delimiter() == Delimiter::Parenthesis => {
            Form::List(list)
        }
        Some(other) => {
            errors.at(
                other.span(),
                format!("expected `,`, `=` or `(..)` after `{key}`"),
            );
            return None;
        }
    };
    if let Some(more) = tokens.next() {
        errors.at(more.span(), format!("expected `,` after `{key}(..)`"));
        return None;
    }
    Some(Item { key, form })
}

impl Item {
    /// The setting stands alone. With a value it is wrong, but it is meant.
    pub(crate) fn word(&self, errors: &mut Errors) -> Span {
        if !matches!(self.form, Form::Word) {
            let key = &self.key;
            self.refuse(
                errors,
                format!("`{key}` takes no value; write just `{key}`"),
            );
        }
        self.key.span()
    }

    /// `key = ".."`.
    pub(crate) fn string(&self, errors: &mut Errors) -> Option<Spanned<String>> {
        let literal: LitStr = self.value("a string", "\"..\"", errors)?;
        Some(Spanned {
            value: literal.value(),
            span: literal.span(),
        })
    }

    /// `key = 7`, where it fits.
    pub(crate) fn integer(&self, errors: &mut Errors) -> Option<Spanned<i64>> {
        let literal: LitInt = self.value("a whole number", "70", errors)?;
        match literal.base10_parse() {
            Ok(value) => Some(Spanned {
                value,
                span: literal.span(),
            }),
            Err(error) => {
                errors.at(literal.span(), error);
                None
            }
        }
    }

    /// `key = word`.
    pub(crate) fn ident(&self, example: &str, errors: &mut Errors) -> Option<Ident> {
        self.value("a name", example, errors)
    }

    /// `key = some::path`.
    pub(crate) fn path(&self, example: &str, errors: &mut Errors) -> Option<Path> {
        self.value("a path", example, errors)
    }

    /// `key = ..`, of any kind.
    pub(crate) fn value<V: Parse>(
        &self,
        what: &str,
        example: &str,
        errors: &mut Errors,
    ) -> Option<V> {
        if let Form::Value(value) = &self.form
            && let Ok(value) = syn::parse2(value.clone())
        {
            return Some(value);
        }
        let key = &self.key;
        self.refuse(
            errors,
            format!("`{key}` takes {what}; write `{key} = {example}`"),
        );
        None
    }

    /// `key(..)`.
    pub(crate) fn list(&self, example: &str, errors: &mut Errors) -> Option<Vec<Item>> {
        self.group(example, errors)
            .map(|list| items(list.stream(), errors))
    }

    /// `key(..)`, not read yet.
    pub(crate) fn group(&self, example: &str, errors: &mut Errors) -> Option<&Group> {
        match &self.form {
            Form::List(list) if !list.stream().is_empty() => Some(list),
            _ => {
                let key = &self.key;
                self.refuse(errors, format!("`{key}` takes a list; write `{example}`"));
                None
            }
        }
    }

    /// Notes that what follows the key is wrong, at its smallest place.
    fn refuse(&self, errors: &mut Errors, message: String) {
        match &self.form {
            Form::Word => errors.at(self.key.span(), message),
            Form::Value(value) => errors.on(value, message),
            Form::List(list) => errors.on(list, message),
        }
    }
}
