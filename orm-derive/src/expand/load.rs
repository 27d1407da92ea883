//! Rows read by position, and what their columns are stored as.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{backend, distinct};
use crate::model::Table;

pub(super) fn expand(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let db = backend();
    let types = distinct(table.columns.iter().map(|column| &column.ty));
    let fields = table.columns.iter().map(|column| &column.field);
    let skipped = table.skipped.iter().map(|skipped| &skipped.field);
    let all = table.columns.iter().map(|column| &column.ty);
    // With the span of the user's own the compiler speaks of the struct, and of no derive.
    let load = quote_spanned!(ident.span()=> __Load<#db>);
    let read = quote_spanned!(ident.span()=> __Read<#db>);
    let of_types = quote_spanned!(ident.span()=> __Typed<#db>);
    let supply = quote_spanned!(ident.span()=> __Supply<#db>);
    quote! {
        impl<#db: __Backend> #load for #ident
        where
            #(#types: #read,)*
        {
            fn load(row: &mut __Reader<'_, #db>) -> __Result<Self> {
                ::core::result::Result::Ok(Self {
                    #(#fields: row.take()?,)*
                    #(#skipped: ::core::default::Default::default(),)*
                })
            }
        }
        impl<#db: __Backend> #of_types for #ident
        where
            #(#types: #supply,)*
        {
            fn types(to: &mut __StoredAs<#db>) {
                to #(.put::<#all>())*;
            }
        }
    }
}
