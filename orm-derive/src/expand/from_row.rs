//! Rows read by name: sqlx's own `FromRow`, for queries written by hand.

use proc_macro2::TokenStream;
use quote::quote;

use super::distinct;
use crate::model::Table;

pub(super) fn expand(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let types = distinct(table.columns.iter().map(|column| &column.ty));
    let fields = table.columns.iter().map(|column| &column.field);
    let names = table.columns.iter().map(|column| &column.name.value);
    let skipped = table.skipped.iter().map(|skipped| &skipped.field);
    quote! {
        impl<'r, __R: __orm::sqlx::Row> __orm::sqlx::FromRow<'r, __R> for #ident
        where
            &'static str: __orm::sqlx::ColumnIndex<__R>,
            #(#types: __orm::sqlx::Decode<'r, __R::Database> + __orm::sqlx::Type<__R::Database>,)*
        {
            fn from_row(row: &'r __R) -> __orm::sqlx::Result<Self> {
                ::core::result::Result::Ok(Self {
                    #(#fields: __orm::sqlx::Row::try_get(row, #names)?,)*
                    #(#skipped: ::core::default::Default::default(),)*
                })
            }
        }
    }
}
