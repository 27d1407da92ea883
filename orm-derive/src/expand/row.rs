//! A struct of some columns: where they stand, and how they are read.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::{backend, block, distinct, names_of, respan};
use crate::model::Record;

/// All of it; `checked` unless there were mistakes.
pub(crate) fn row(row: &Record, checked: bool) -> TokenStream {
    let (ident, table) = (&row.ident, &row.table);
    let db = backend();
    let columns = row.fields.iter().map(|field| &field.name.value);
    let types = distinct(row.fields.iter().map(|field| &field.ty));
    let fields = row.fields.iter().map(|field| &field.field);
    let skipped = &row.skipped;
    let names = names_of(row);
    let checks = checked.then(|| checks(row));
    // With mistakes some fields may not be known.
    let load = if checked {
        quote! {
            ::core::result::Result::Ok(Self {
                #(#fields: row.take()?,)*
                #(#skipped: ::core::default::Default::default(),)*
            })
        }
    } else {
        quote!(loop {})
    };
    let load_struct = quote_spanned!(ident.span()=> __LoadStruct<#db>);
    let read = quote_spanned!(ident.span()=> __Read<#db>);
    block(
        &row.krate,
        &quote! {
            type __table = #table;
            #names
            impl __RowStruct for #ident {
                type Table = #table;
                const NAMES: &'static [&'static str] = &[#(#columns),*];
            }
            impl<#db: __Backend> #load_struct for #ident
            where
                #(#types: #read,)*
            {
                fn load(row: &mut __Reader<'_, #db>) -> __Result<Self> {
                    #load
                }
            }
            #checks
        },
    )
}

/// Each field is a column of the table and has its type: found by the compiler, pointing at the field.
fn checks(row: &Record) -> TokenStream {
    let fields = row.fields.iter().map(|field| {
        let span = field.field.span();
        let ty = respan(field.ty.to_token_stream(), span);
        let name = field.alias();
        quote_spanned!(span=> (&__Asked::<__table>::NEW).check_row_field::<#ty, #name>();)
    });
    quote!(fn check() { use __asked::*; #(#fields)* })
}
