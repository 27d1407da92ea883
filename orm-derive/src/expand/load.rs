//! Rows read by position.

use proc_macro2::TokenStream;
use quote::quote;

use super::{backend, distinct};
use crate::model::Table;

pub(super) fn expand(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let db = backend();
    let types = distinct(table.columns.iter().map(|column| &column.ty));
    let fields = table.columns.iter().map(|column| &column.field);
    let skipped = table.skipped.iter().map(|skipped| &skipped.field);
    let all = table.columns.iter().map(|column| &column.ty);
    quote! {
        impl<#db: __orm::Backend> __orm::Load<#db> for #ident
        where
            #(#types: __orm::Read<#db> + __orm::Supply<#db>,)*
        {
            fn load(row: &mut __orm::Reader<'_, #db>) -> __orm::Result<Self> {
                ::core::result::Result::Ok(Self {
                    #(#fields: row.take()?,)*
                    #(#skipped: ::core::default::Default::default(),)*
                })
            }
            fn types(live: #db::Live) -> ::std::vec::Vec<::std::string::String> {
                ::std::vec![#(__orm::stored_as::<#all, #db>(live)),*]
            }
        }
    }
}
