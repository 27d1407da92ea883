//! Records: what they supply, how it is bound, and that it fits.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{backend, distinct, list, respan};
use crate::model::{Record, Supplied};

/// The table's own struct, which supplies what may be written.
pub(super) fn whole(record: &Record) -> TokenStream {
    let ident = &record.ident;
    let impls = impls(record, &ident.to_token_stream());
    quote! {
        #impls
        impl<__N> __orm::Supplies<__N> for #ident where #ident: __orm::Whole<__N> {}
    }
}

/// `table` is how the record's table is called here.
pub(super) fn expand(record: &Record, table: &TokenStream) -> TokenStream {
    let ident = &record.ident;
    let names = record.fields.iter().map(Supplied::alias);
    let (generics, arguments, bounds) = record.generics.split_for_impl();
    let impls = impls(record, table);
    quote! {
        #impls
        #(impl #generics __orm::Supplies<#names> for #ident #arguments #bounds {})*
    }
}

fn impls(record: &Record, table: &TokenStream) -> TokenStream {
    let Record {
        ident,
        vis,
        incoming,
        ..
    } = record;
    let path = &record.table;
    let db = backend();
    let names: Vec<Ident> = record.fields.iter().map(Supplied::alias).collect();
    let fields: Vec<&Ident> = record.fields.iter().map(|field| &field.field).collect();
    let types = distinct(record.fields.iter().map(|field| &field.ty));
    let certain = record.fields.iter().filter(|field| !field.doubtful);
    let supplied = certain.clone().map(|field| &field.name.value);
    let columns: Vec<_> = certain
        .map(|field| field.alias().into_token_stream())
        .collect();
    let columns = list(&columns);
    let (generics, arguments, bounds) = record.generics.split_for_impl();
    let lifetimes: Vec<_> = record
        .generics
        .lifetimes()
        .map(|_| quote!('static))
        .collect();
    let shape = if lifetimes.is_empty() {
        quote!(Self)
    } else {
        quote!(#ident<#(#lifetimes),*>)
    };
    let parameters = record.generics.params.iter();
    let own_bounds = record
        .generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    // With the span of the user's own the compiler speaks of the struct, and of no derive.
    let bind = quote_spanned!(ident.span()=> __orm::Bind<#db>);
    let supply = quote_spanned!(ident.span()=> __orm::Supply<#db>);
    quote! {
        #vis struct #incoming { #(pub #fields: __orm::Incoming<#table, #names>,)* }
        impl __orm::Fields for #incoming {
            const FIELDS: Self = #incoming { #(#fields: __orm::Incoming::NEW,)* };
        }
        impl #generics __orm::Record for #ident #arguments #bounds {
            type Table = #path;
            type Shape = #shape;
            const NAMES: &'static [&'static str] = &[#(#supplied),*];
            type Columns = #columns;
            type Incoming = #incoming;
        }
        impl<#(#parameters,)* #db: __orm::Backend> #bind for #ident #arguments
        where
            #(#own_bounds,)*
            #(#types: #supply,)*
        {
            fn bind(&self, to: &mut __orm::Binder<#db>) {
                to #(.put(&self.#fields))*;
            }
        }
    }
}

/// Each field is a column of the table and fits it, and none that must be there is missing: found by
/// the compiler, pointing at the field or at the record.
pub(super) fn checks(record: &Record) -> TokenStream {
    let ident = &record.ident;
    let (generics, arguments, bounds) = record.generics.split_for_impl();
    // Tokens with the span of the user's own are the user's own: the compiler then does not speak of a
    // macro.
    let fields = record.fields.iter().map(|field| {
        let span = field.field.span();
        let ty = respan(field.ty.to_token_stream(), span);
        let name = field.alias();
        quote_spanned!(span=> (&__orm::Asked::<__Table>::NEW).check_field::<#ty, #name>();)
    });
    let span = ident.span();
    let arguments = respan(arguments.to_token_stream(), span);
    let complete =
        quote_spanned!(span=> (&__orm::Asked::<#ident #arguments>::NEW).check_complete(););
    quote!(fn check #generics() #bounds { use __orm::asked::*; #(#fields)* #complete })
}
