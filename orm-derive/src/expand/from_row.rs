//! Rows read by name: sqlx's own `FromRow`, for queries written by hand.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::distinct;
use crate::model::Table;

pub(super) fn expand(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let types = distinct(table.columns.iter().map(|column| &column.ty));
    let fields = table.columns.iter().map(|column| &column.field);
    let values: Vec<Ident> = (0..table.columns.len())
        .map(|at| format_ident!("__{at}"))
        .collect();
    // As many as the library has tuples for.
    let tuples = values.chunks(16).map(|tuple| quote!((#(#tuple,)*)));
    let skipped = table.skipped.iter().map(|skipped| &skipped.field);
    quote! {
        impl<'r, __R: __sqlx::Row> __sqlx::FromRow<'r, __R> for #ident
        where
            &'static str: __sqlx::ColumnIndex<__R>,
            #(#types: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,)*
        {
            fn from_row(row: &'r __R) -> __sqlx::Result<Self> {
                let mut row = __ByName::new(row, <Self as __Table>::NAMES);
                #(let #tuples = row.take()?;)*
                ::core::result::Result::Ok(Self {
                    #(#fields: #values,)*
                    #(#skipped: ::core::default::Default::default(),)*
                })
            }
        }
    }
}
