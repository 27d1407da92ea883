//! The record that the derive writes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Table, Written};

pub(super) fn expand(table: &Table, written: &Written) -> TokenStream {
    let Written {
        record,
        attributes,
        columns,
    } = written;
    let (ident, vis) = (&record.ident, &record.vis);
    let fields = columns
        .iter()
        .filter_map(|at| table.columns.get(*at))
        .map(|column| {
            let (docs, vis, field, ty) = (&column.docs, &column.vis, &column.field, &column.ty);
            quote!(#(#docs)* #vis #field: #ty)
        });
    let said = format!("A row of `{}` to be written.", table.name.value);
    quote! {
        #[doc = #said]
        #(#[#attributes])*
        #vis struct #ident { #(#fields,)* }
    }
}
