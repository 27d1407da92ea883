//! The struct is a table, and its foreign keys fit.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::def;
use crate::model::Table;

pub(super) fn expand(table: &Table) -> TokenStream {
    let (ident, row) = (&table.ident, &table.row);
    let (def, names) = (def::expand(table), def::names(table));
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
            type Stored = #row<__Old>;
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
            let check = quote_spanned!(path.span()=> __check_reference);
            let target = match path.segments.first() {
                // A constant outside of the struct has no `Self`.
                Some(first) if first.ident == "Self" => {
                    let mut own = ident.clone();
                    own.set_span(first.ident.span());
                    let rest = path.segments.iter().skip(1);
                    quote!(#own #(::#rest)*)
                }
                _ => quote!(#path),
            };
            // The column points at the path too, from its first to its last word: that is where the
            // compiler sees the mistake.
            let mut own = (ident.clone(), constant.clone());
            if let (Some(first), Some(last)) = (path.segments.first(), path.segments.last()) {
                own.0.set_span(own.0.span().located_at(first.ident.span()));
                own.1.set_span(own.1.span().located_at(last.ident.span()));
            }
            let (own, constant) = own;
            quote!(const _: fn() = || #check(#own::#constant, #target);)
        })
        .collect()
}
