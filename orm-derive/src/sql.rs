//! `sql!`: a text with names and values in braces.

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
    let pieces: TokenStream = pieces(&text.value())
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => quote!(.push(#text)),
            Piece::Braces(inside) => braces(&inside, span, &mut errors),
            Piece::Open => {
                errors.at(
                    span,
                    "a brace is not closed; one that is meant is written twice: `{{`",
                );
                TokenStream::new()
            }
        })
        .collect();
    if errors.count() > 0 {
        return errors.into_tokens();
    }
    quote_spanned!(span=> ::orm::__private::__Sql::new()#pieces)
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

fn braces(inside: &str, span: Span, errors: &mut Errors) -> TokenStream {
    let inside = inside.trim();
    let (inside, columns) = match inside.strip_suffix(".*") {
        Some(table) => (table, true),
        None => (inside, false),
    };
    let parsed =
        syn::parse_str::<Expr>(inside).map(|expr| crate::expand::respan(quote!(#expr), span));
    let Ok(expr) = parsed else {
        errors.at(
            span,
            format!(
                "`{{{inside}}}` is neither a table, nor a column, nor a value; write `{{User}}`, \
                 `{{User.*}}`, `{{User::EMAIL}}` or an expression"
            ),
        );
        return TokenStream::new();
    };
    match kind(inside) {
        _ if columns => quote_spanned!(span=> .columns::<#expr>()),
        Kind::Type => quote_spanned!(span=> .table::<#expr>()),
        Kind::Constant => quote_spanned!(span=> .column(#expr)),
        Kind::Value if inside.contains(' ') => quote_spanned!(span=> .bind(&(#expr))),
        Kind::Value => quote_spanned!(span=> .bind(&#expr)),
    }
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
