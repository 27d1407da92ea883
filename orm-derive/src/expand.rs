//! Rust code from a model without mistakes. Nothing here can fail.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Type;

mod columns;
mod def;
mod from_row;
mod keys;
mod load;
mod record;
mod row;
mod table;
mod written;

use crate::model::{Record, Table};
use crate::names;

pub(crate) use columns::{constant as column_constant, marker, named};
pub(crate) use def::names as table_names;
pub(crate) use keys::{columns as key_columns, constant as key_constant, value as key_value};
pub(crate) use row::row;
pub(crate) use table::id as table_id;

/// All of a table.
pub(crate) fn table(table: &Table) -> TokenStream {
    let columns = columns::expand(table);
    let keys = keys::expand(table);
    let itself = table::expand(table);
    let rest = around_table(table);
    assemble(table, &quote!(#columns #keys #itself #rest))
}

/// What of a table does not depend on roles and keys.
pub(crate) fn around_table(table: &Table) -> TokenStream {
    let row = columns::row(table);
    let load = load::expand(table);
    let from_row = from_row::expand(table);
    let ident = &table.ident;
    let itself = quote!(#ident);
    let whole = record::whole(table);
    let written = table
        .written
        .as_ref()
        .map(|written| record::expand(&written.record, &itself));
    quote!(#row #load #from_row #whole #written)
}

/// What is private goes into a block; a record that the derive writes is the user's.
pub(crate) fn assemble(table: &Table, private: &TokenStream) -> TokenStream {
    let written = table
        .written
        .as_ref()
        .map(|written| written::expand(table, written));
    let names = table.columns.iter();
    let names = aliases(names.map(|column| (&column.field, &*column.name.value)));
    let private = block(&table.krate, &quote!(#names #private));
    quote!(#written #private)
}

/// All of a record.
pub(crate) fn record(record: &Record) -> TokenStream {
    let checks = record::checks(record);
    with_table(record, &checks)
}

/// A record whose struct has mistakes: what it is, unchecked.
pub(crate) fn unchecked(record: &Record) -> TokenStream {
    with_table(record, &TokenStream::new())
}

/// The table is named once, so that a name that is wrong is one error.
fn with_table(record: &Record, checks: &TokenStream) -> TokenStream {
    let table = &record.table;
    let names = names_of(record);
    let impls = record::expand(record, &quote!(__table));
    block(
        &record.krate,
        &quote!(type __table = #table; #names #impls #checks),
    )
}

fn names_of(record: &Record) -> TokenStream {
    let fields = record.fields.iter();
    aliases(fields.map(|field| (&field.field, &*field.name.value)))
}

/// The names of columns as types. Each is written once and called by its alias elsewhere: the compiler
/// makes a body of each number that it finds in a type.
fn aliases<'a>(columns: impl Iterator<Item = (&'a Ident, &'a str)>) -> TokenStream {
    let (aliases, hashes): (Vec<_>, Vec<_>) = columns
        .map(|(field, name)| (names::alias(field), names::hash_literal(name)))
        .unzip();
    quote!(#(type #aliases = __Name<#hashes>;)*)
}

/// A place of its own for what is generated. What the library gives it is called `__Column` and so on, as no
/// user's own is.
fn block(krate: &TokenStream, inside: &TokenStream) -> TokenStream {
    quote! {
        #[allow(
            clippy::all, clippy::pedantic, clippy::restriction, dead_code, deprecated, missing_copy_implementations, missing_debug_implementations, missing_docs,
            non_camel_case_types, path_statements, private_interfaces, single_use_lifetimes,
            unnameable_types, unreachable_pub, unused_lifetimes, unused_qualifications,
        )]
        const _: () = {
            use #krate::__private::*;
            #inside
        };
    }
}

/// A list of types: `(A, (B, ()))`. A long one is a list of lists, since the compiler follows them only
/// so deep.
fn list<'a>(types: impl IntoIterator<Item = &'a Ident>) -> TokenStream {
    const DEEP: usize = 64;
    let types: Vec<&Ident> = types.into_iter().collect();
    if types.len() <= DEEP {
        return nested(types.into_iter().map(|ty| ty.clone().into()));
    }
    let part = |types: &[&Ident]| nested(types.iter().map(|&ty| ty.clone().into()));
    nested(
        types
            .chunks(DEEP / 2)
            .filter_map(|types| part(types).into_iter().next()),
    )
}

fn nested(types: impl DoubleEndedIterator<Item = TokenTree>) -> TokenStream {
    let end = Group::new(Delimiter::Parenthesis, TokenStream::new());
    let list = types.rfold(end, |rest, first| {
        let comma = Punct::new(',', Spacing::Alone);
        let both = [first, comma.into(), rest.into()];
        Group::new(Delimiter::Parenthesis, both.into_iter().collect())
    });
    TokenTree::from(list).into()
}

/// The same tokens, pointing elsewhere.
pub(crate) fn respan(tokens: TokenStream, to: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            // Lifetimes and names still mean what they meant where they were written.
            let span = token.span().located_at(to);
            if let TokenTree::Group(group) = &mut token {
                let mut inside = Group::new(group.delimiter(), respan(group.stream(), to));
                inside.set_span(span);
                return TokenTree::Group(inside);
            }
            token.set_span(span);
            token
        })
        .collect()
}

/// The types without repetition, in order.
fn distinct<'a>(types: impl Iterator<Item = &'a Type>) -> Vec<&'a Type> {
    let mut seen = BTreeSet::new();
    types.filter(|ty| seen.insert(text(ty))).collect()
}

fn text(ty: &Type) -> String {
    let ident = match ty {
        Type::Path(path) => path.path.get_ident(),
        _ => None,
    };
    ident.map_or_else(|| ty.to_token_stream().to_string(), Ident::to_string)
}

/// The parameter that stands for the backend; no user's type is called so.
fn backend() -> Ident {
    Ident::new("__DB", Span::call_site())
}
