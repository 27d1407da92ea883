//! The struct is a table, and its foreign keys fit.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned as _;

use super::def;
use crate::model::{Column, ForeignKey, Table};

pub(super) fn expand(table: &Table) -> TokenStream {
    let (ident, row) = (&table.ident, &table.row);
    let (def, names) = (def::expand(table), def::names(table));
    let id = id(table);
    let guard = match table
        .keep_newest
        .as_ref()
        .and_then(|at| table.columns.get(at.value))
    {
        None => quote!(__NoGuard),
        Some(column) => {
            let marker = &column.marker;
            quote!(__Declared<#marker>)
        }
    };
    let references = references(table);
    quote! {
        impl __Table for #ident {
            const DEF: &'static __TableDef = #def;
            const NAMES: __TableNames = #names;
            type Id = #id;
            type Row<__S> = #row<__S>;
            type Guard = #guard;
        }
        #references
    }
}

/// Eight digits to the base of sixteen, which tell the table from others.
pub(crate) fn id(table: &Table) -> TokenStream {
    // A struct of the same name may be in another crate.
    let krate = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    let schema = table.schema.as_ref().map_or("", |schema| &schema.value);
    let name = &table.name.value;
    let hash = orm_schema::hash(&format!("{krate}.{schema}.{name}.{}", table.ident));
    let digit = |place: u32| format_ident!("__D{:X}", (hash >> (8 * place)) % 16);
    let digits = (0..8).map(digit);
    quote!((#(#digits),*))
}

/// Each foreign key has the types of the columns that it points to, and those are a key.
fn references(table: &Table) -> TokenStream {
    table
        .foreign_keys
        .iter()
        .map(|key| check(table, key))
        .collect()
}

fn check(table: &Table, key: &ForeignKey) -> TokenStream {
    let own = key.columns.iter();
    let own = own.filter_map(|at| table.columns.get(at.value));
    let mut pairs = own.zip(&key.references).map(|(column, path)| {
        let (own, target) = (own_at(table, column, path), target(table, path));
        (path.span(), quote!((#own, #target)))
    });
    let Some((span, first)) = pairs.next() else {
        return TokenStream::new();
    };
    if key.references.len() == 1 {
        let check = quote_spanned!(span=> __check_reference);
        return quote!(const _: fn() = || #check #first;);
    }
    let begun = quote_spanned!(span=> __foreign_key);
    let rest = pairs.map(|(span, pair)| {
        let and = quote_spanned!(span=> and);
        quote!(.#and #pair)
    });
    let ended = quote_spanned!(key.span=> points_to_a_key);
    quote!(const _: fn() = || #begun #first #(#rest)* .#ended();)
}

/// The column pointed to, outside of the struct.
fn target(table: &Table, path: &Path) -> TokenStream {
    match path.segments.first() {
        // A constant outside of the struct has no `Self`.
        Some(first) if first.ident == "Self" => {
            let mut own = table.ident.clone();
            own.set_span(first.ident.span());
            let rest = path.segments.iter().skip(1);
            quote!(#own #(::#rest)*)
        }
        _ => quote!(#path),
    }
}

/// A column of the table, which points at the path too, from its first to its last word: that is where the
/// compiler sees the mistake.
fn own_at(table: &Table, column: &Column, path: &Path) -> TokenStream {
    let (mut own, mut constant) = (table.ident.clone(), column.constant.clone());
    if let (Some(first), Some(last)) = (path.segments.first(), path.segments.last()) {
        own.set_span(own.span().located_at(first.ident.span()));
        constant.set_span(constant.span().located_at(last.ident.span()));
    }
    quote!(#own::#constant)
}
