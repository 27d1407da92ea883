//! `sql!`: a text with names and values in braces.

use std::borrow::Cow;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, LitStr};

use crate::errors::Errors;

/// A statement of the pieces of a text.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let text: LitStr = match syn::parse2(input) {
        Ok(text) => text,
        Err(error) => {
            let mut errors = Errors::default();
            errors.at(
                error.span(),
                "`sql!` takes one string, with names and values in braces: \
                 `orm::sql!(\"SELECT {User.*} FROM {User} WHERE {User::ID} = {id}\")`",
            );
            return errors.into_tokens();
        }
    };
    let mut errors = Errors::default();
    let span = text.span();
    let mut pieces = pieces(&text.value());
    let writes = pieces.iter().any(Piece::writes);
    let mut tokens = TokenStream::new();
    for at in 0..pieces.len() {
        let (before, rest) = pieces.split_at_mut(at);
        tokens.extend(match &rest[0] {
            Piece::Text(_) => continue,
            Piece::Braces(inside) => {
                let braces = Braces::of(inside, before, writes);
                let text = before.last().and_then(Piece::text);
                let text = text.map(|text| quote!(.push(#text)));
                let inside = braces.into_tokens(span, &mut errors);
                quote!(#text #inside)
            }
            Piece::Open => {
                errors.at(
                    span,
                    "a brace is not closed; one that is meant is written twice: `{{`",
                );
                TokenStream::new()
            }
        });
    }
    if let Some(text) = pieces.last().and_then(Piece::text) {
        tokens.extend(quote!(.push(#text)));
    }
    if errors.count() > 0 {
        return errors.into_tokens();
    }
    quote_spanned!(span=> ::orm::__private::__Sql::new()#tokens)
}

enum Piece {
    Text(String),
    /// What stands between two braces.
    Braces(String),
    /// A brace without the other.
    Open,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '{' | '}' if rest.peek() == Some(&character) => {
                rest.next();
                plain.push(character);
            }
            '{' => {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
                let mut inside = String::new();
                let closed = loop {
                    match rest.next() {
                        Some('}') => break true,
                        Some(character) => inside.push(character),
                        None => break false,
                    }
                };
                pieces.push(if closed {
                    Piece::Braces(inside)
                } else {
                    Piece::Open
                });
            }
            '}' => pieces.push(Piece::Open),
            _ => plain.push(character),
        }
    }
    pieces.push(Piece::Text(plain));
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    pieces
}

impl Piece {
    /// The text, where it is one and not empty.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// Tells whether the statement assigns columns, where a qualified name is a mistake.
    fn writes(&self) -> bool {
        let is_of_name = |character: char| !(character.is_alphanumeric() || character == '_');
        let text = self.text().unwrap_or_default().to_ascii_uppercase();
        let words: Vec<_> = text
            .split(is_of_name)
            .filter(|word| !word.is_empty())
            .collect();
        // Rows are locked `FOR UPDATE` and `FOR NO KEY UPDATE`.
        let is_lock = |at: usize| at > 0 && ["FOR", "KEY"].contains(&words[at - 1]);
        (0..words.len()).any(|at| match words[at] {
            "INSERT" | "REPLACE" | "MERGE" => words.get(at + 1) == Some(&"INTO"),
            "UPDATE" => !is_lock(at),
            _ => false,
        })
    }
}

/// What stands between two braces.
struct Braces<'p> {
    /// As it was written.
    whole: &'p str,
    /// The qualifier of the column names.
    of: Of<'p>,
    inside: &'p str,
}

enum Of<'p> {
    /// Nothing more than the text has.
    Text,
    /// The table, where there are others.
    Table,
    /// This alias.
    Alias(Cow<'p, str>),
    /// Something else that stands in the text, and would stand before the first of all columns only.
    Unclear,
}

impl<'p> Braces<'p> {
    /// Behind this piece. An alias there would stand before the first of all columns only, so that it is
    /// taken out of the text.
    fn of(whole: &'p str, before: &mut [Piece], writes: bool) -> Self {
        let whole = whole.trim();
        if let Some((alias, inside)) = alias(whole) {
            let of = Of::Alias(alias.into());
            return Self { whole, of, inside };
        }
        let of = match before.last_mut() {
            Some(Piece::Text(text)) if text.ends_with('.') && whole.ends_with(".*") => {
                let is_alone =
                    |start: &usize| text.get(..*start).is_some_and(|it| !it.ends_with('.'));
                match last_alias(text).filter(is_alone) {
                    Some(start) => {
                        let alias = text.split_off(start);
                        Of::Alias(alias.trim_end_matches('.').to_owned().into())
                    }
                    None => Of::Unclear,
                }
            }
            Some(Piece::Text(text)) if text.ends_with('.') => Of::Text,
            _ if writes => Of::Text,
            _ => Of::Table,
        };
        let inside = whole;
        Self { whole, of, inside }
    }

    fn into_tokens(self, span: Span, errors: &mut Errors) -> TokenStream {
        let Self { whole, of, inside } = self;
        let (inside, columns) = match inside.strip_suffix(".*") {
            Some(table) => (table, true),
            None => (inside, false),
        };
        let parsed =
            syn::parse_str::<Expr>(inside).map(|expr| crate::expand::respan(quote!(#expr), span));
        let kind = kind(inside);
        let is_column = columns || matches!(kind, Kind::Constant);
        let (false, Ok(expr)) = (matches!(of, Of::Alias(_)) && !is_column, parsed) else {
            errors.at(
                span,
                format!(
                    "`{{{whole}}}` is neither a table, nor a column, nor a value; write `{{User}}`, \
                     `{{User.*}}`, `{{User::EMAIL}}`, with an alias `{{u: User.*}}`, or an expression"
                ),
            );
            return TokenStream::new();
        };
        let of = match of {
            Of::Unclear => {
                errors.at(
                    span,
                    format!(
                        "`{{{whole}}}` are several columns, and what stands before the braces is before the \
                         first of them only; give the table an alias and write `{{u: {whole}}}`"
                    ),
                );
                return TokenStream::new();
            }
            Of::Text => quote!(::orm::__private::__SqlOf::Text),
            Of::Table => quote!(::orm::__private::__SqlOf::Table),
            Of::Alias(alias) => quote!(::orm::__private::__SqlOf::Alias(#alias)),
        };
        match kind {
            _ if columns => quote_spanned!(span=> .columns::<#expr>(#of)),
            Kind::Type => quote_spanned!(span=> .table::<#expr>()),
            Kind::Constant => quote_spanned!(span=> .column(#expr, #of)),
            Kind::Value if inside.contains(' ') => quote_spanned!(span=> .bind(&(#expr))),
            Kind::Value => quote_spanned!(span=> .bind(&#expr)),
        }
    }
}

/// The alias before a colon, and what stands behind that.
fn alias(inside: &str) -> Option<(&str, &str)> {
    let (alias, rest) = inside.split_once(':')?;
    let alias = alias.trim_end();
    let is_alias = !rest.starts_with(':') && last_alias(alias) == Some(0);
    is_alias.then(|| (alias, rest.trim_start()))
}

/// Returns the start of the alias that the text ends with, quoted or not, with or without a dot behind it.
fn last_alias(text: &str) -> Option<usize> {
    let text = text.trim_end_matches('.');
    if let Some(quoted) = text.strip_suffix('"') {
        return quoted.rfind('"').filter(|start| start + 1 < quoted.len());
    }
    let is_of_name = |character: char| character.is_alphanumeric() || character == '_';
    let before = text.trim_end_matches(is_of_name);
    let first = text.strip_prefix(before)?.chars().next()?;
    (!first.is_ascii_digit()).then_some(before.len())
}

enum Kind {
    Type,
    Constant,
    Value,
}

/// What a path is by the way it is written: names of types are in camel case, constants in capitals.
fn kind(inside: &str) -> Kind {
    let is_path = |character: char| character.is_alphanumeric() || "_:".contains(character);
    if !inside.chars().all(is_path) {
        return Kind::Value;
    }
    let mut segments = inside.rsplit("::");
    let last = segments.next().unwrap_or_default();
    let has_type = segments.next().is_some();
    let is_capital = |character: char| !character.is_lowercase();
    if has_type && last.chars().all(is_capital) {
        Kind::Constant
    } else if last.starts_with(char::is_uppercase) {
        Kind::Type
    } else {
        Kind::Value
    }
}
