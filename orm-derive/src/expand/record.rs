//! Records: what they supply, how it is bound, and that it fits.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{backend, distinct, list, respan};
use crate::model::{Record, Supplied, Table};

/// The table's own struct, which supplies what may be written.
pub(super) fn whole(table: &Table) -> TokenStream {
    let Table {
        ident, row, whole, ..
    } = table;
    let of_table = ident.to_token_stream();
    let impls = if whole.fields.len() == table.columns.len() {
        let names = quote!(<Self as __Table>::NAMES.columns());
        impls(whole, &names, &quote!(#row<__New>))
    } else {
        impls_and_fields(whole, &of_table)
    };
    quote! {
        #impls
        impl<__N> __Supplies<__N> for #ident where #ident: __Whole<__N> {}
    }
}

/// `table` is how the record's table is called here.
pub(super) fn expand(record: &Record, table: &TokenStream) -> TokenStream {
    let ident = &record.ident;
    let names = record.fields.iter().map(Supplied::alias);
    let (generics, arguments, bounds) = record.generics.split_for_impl();
    let impls = impls_and_fields(record, table);
    quote! {
        #impls
        #(impl #generics __Supplies<#names> for #ident #arguments #bounds {})*
    }
}

/// With a struct of its columns for closures.
fn impls_and_fields(record: &Record, table: &TokenStream) -> TokenStream {
    let (vis, incoming) = (&record.vis, &record.incoming);
    let fields: Vec<&Ident> = record.fields.iter().map(|field| &field.field).collect();
    let columns = record.fields.iter().map(|field| {
        let by_name = || {
            let name = field.alias();
            quote!(__Named<#table, #name>)
        };
        let known = field.marker.as_ref().map(ToTokens::to_token_stream);
        known.unwrap_or_else(by_name)
    });
    let certain = record.fields.iter().filter(|field| !field.doubtful);
    let supplied = certain.map(|field| &field.name.value);
    let impls = impls(record, &quote!(&[#(#supplied),*]), &quote!(#incoming));
    quote! {
        #vis struct #incoming { #(pub #fields: __Of<__New, #columns>,)* }
        impl __Fields for #incoming {
            const FIELDS: Self = #incoming { #(#fields: __Of::NEW,)* };
        }
        #impls
    }
}

/// The names of its columns, and the type that has them as fields.
fn impls(record: &Record, names: &TokenStream, incoming: &TokenStream) -> TokenStream {
    let (ident, path) = (&record.ident, &record.table);
    let db = backend();
    let fields = record.fields.iter().map(|field| &field.field);
    let types = distinct(record.fields.iter().map(|field| &field.ty));
    let certain = record.fields.iter().filter(|field| !field.doubtful);
    let columns: Vec<Ident> = certain.map(Supplied::alias).collect();
    let columns = list(&columns);
    let (generics, arguments, bounds) = record.generics.split_for_impl();
    let shape = shape(record);
    let parameters = record.generics.params.iter();
    let own_bounds = record
        .generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    // With the span of the user's own the compiler speaks of the struct, and of no derive.
    let bind = quote_spanned!(ident.span()=> __Bind<#db>);
    let supply = quote_spanned!(ident.span()=> __Supply<#db>);
    quote! {
        impl #generics __Record for #ident #arguments #bounds {
            type Table = #path;
            type Shape = #shape;
            const NAMES: &'static [&'static str] = #names;
            type Columns = #columns;
            type Incoming = #incoming;
        }
        impl<#(#parameters,)* #db: __Backend> #bind for #ident #arguments
        where
            #(#own_bounds,)*
            #(#types: #supply,)*
        {
            fn bind(&self, to: &mut __Binder<#db>) {
                to #(.put(&self.#fields))*;
            }
        }
    }
}

/// The record's type without lifetimes of its own.
fn shape(record: &Record) -> TokenStream {
    let ident = &record.ident;
    let lifetimes: Vec<_> = record
        .generics
        .lifetimes()
        .map(|_| quote!('static))
        .collect();
    if lifetimes.is_empty() {
        return quote!(#ident);
    }
    quote!(#ident<#(#lifetimes),*>)
}

/// Each field is a column of the table and fits it, and none that must be there is missing: found by
/// the compiler, pointing at the field or at the record.
pub(super) fn checks(record: &Record) -> TokenStream {
    let ident = &record.ident;
    let (generics, _, bounds) = record.generics.split_for_impl();
    // Tokens with the span of the user's own are the user's own: the compiler then does not speak of a
    // macro.
    let fields = record.fields.iter().map(|field| {
        let span = field.field.span();
        let ty = respan(field.ty.to_token_stream(), span);
        let name = field.alias();
        quote_spanned!(span=> (&__Asked::<__table>::NEW).check_field::<#ty, #name>();)
    });
    let shape = shape(record);
    let complete = quote_spanned!(ident.span()=> __check_complete(&__Asked::<#shape>::LEFT_OUT));
    quote! {
        use __asked::*;
        fn check #generics() #bounds { #(#fields)* }
        const _: () = #complete;
    }
}
