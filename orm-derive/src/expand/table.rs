//! The struct is a table, and its foreign keys fit.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::{def, list};
use crate::model::Table;

pub(super) fn expand(table: &Table) -> TokenStream {
    let (ident, stored) = (&table.ident, &table.stored);
    let def = def::expand(table);
    let required = list(table.columns.iter().filter(|column| column.required()).map(|column| {
        let marker = &column.marker;
        quote!(#marker)
    }));
    let guard = match table.keep_newest.as_ref().and_then(|at| table.columns.get(at.value)) {
        None => quote!(__orm::NoGuard),
        Some(column) => {
            let marker = &column.marker;
            quote!(__orm::KeepNewest<__orm::Column<#marker>, __orm::NoGuard>)
        }
    };
    let references = references(table);
    quote! {
        impl __orm::Table for #ident {
            const DEF: &'static __orm::TableDef = #def;
            type Required = #required;
            type Stored = #stored;
            type Guard = #guard;
        }
        #references
    }
}

/// Each foreign key has the type of the column that it points to.
fn references(table: &Table) -> TokenStream {
    let ident = &table.ident;
    table
        .columns
        .iter()
        .filter_map(|column| Some((&column.constant, column.references.as_ref()?)))
        .map(|(constant, path)| {
            let path = match path.segments.first() {
                // A constant outside of the struct has no `Self`.
                Some(first) if first.ident == "Self" => {
                    let rest = path.segments.iter().skip(1);
                    quote!(#ident #(::#rest)*)
                }
                _ => quote!(#path),
            };
            let check = quote_spanned!(path.span()=> __orm::check_reference);
            quote!(const _: fn() = || #check(#ident::#constant, #path);)
        })
        .collect()
}
