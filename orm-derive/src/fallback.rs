//! What is generated for a struct with mistakes: everything exists and everything is allowed, so that
//! one mistake is one error, and what uses the struct elsewhere is not blamed.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::expand;
use crate::model::{Column, Key, Record, Table};
use crate::names;

/// A table without roles, whose every column may be supplied, updated and a conflict target.
pub(crate) fn table(table: &Table) -> TokenStream {
    let Table { ident, vis, stored, .. } = table;
    let name = &table.name.value;
    let columns = columns(table);
    let (primary, value) = primary_key(table);
    let around = expand::around_table(table);
    // The struct's own impls as a record leave generated columns out.
    let generated = table.columns.iter().filter(|column| column.generated.is_some());
    let generated = generated.map(|column| names::hash(&column.name.value));
    let facts = quote! {
        #columns
        impl __orm::KeyMeta for #primary {
            type Table = #ident;
            type Columns = ();
            type Checked = __orm::AtOnce;
            const AT: usize = 0;
        }
        #vis struct #primary;
        impl<C> __orm::KeyOn<C> for #ident { type Key = #primary; }
        impl __orm::HasPrimaryKey for #ident { type Key = #primary; type Value = #value; }
        impl __orm::Table for #ident {
            const DEF: &'static __orm::TableDef = &__orm::TableDef::new(#name, &[], &[]);
            type Required = ();
            type Stored = #stored;
            type Guard = __orm::NoGuard;
        }
        #(impl __orm::Supplies<__orm::Name<#generated>> for #ident {})*
    };
    expand::assemble(table, quote!(#facts #around))
}

/// A record, unchecked.
pub(crate) fn record(record: &Record) -> TokenStream {
    expand::unchecked(record)
}

fn columns(table: &Table) -> TokenStream {
    let (ident, vis) = (&table.ident, &table.vis);
    let plain = Ident::new("Plain", Span::call_site());
    let mut items = TokenStream::new();
    let mut constants = TokenStream::new();
    let mut seen: Vec<&Ident> = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let marker = &column.marker;
        items.extend(quote!(#vis struct #marker;));
        items.extend(expand::meta_with(table, at, column, &plain));
        if !seen.contains(&&column.constant) {
            seen.push(&column.constant);
            constants.extend(expand::column_constant(table, column));
        }
        if first_of_its_name(table, at, column) {
            let hash = names::hash(&column.name.value);
            items.extend(
                quote!(impl __orm::ColumnNamed<#hash> for #ident { type Column = #marker; }),
            );
        }
    }
    for key in &table.keys {
        if let Some(constant) = &key.constant
            && !seen.contains(&constant)
        {
            seen.push(constant);
            constants.extend(expand::key_constant(table, key));
        }
    }
    quote!(#items impl #ident { #constants })
}
