//! The derives of `orm`.
mod attr;
mod check;
mod errors;
mod expand;
mod fallback;
mod model;
mod names;
mod types;

use proc_macro::TokenStream;
use quote::quote;
use syn::DeriveInput;

use errors::Errors;
use model::{Record, Table};

/// wip
#[proc_macro_derive(Table, attributes(table, column))]
pub fn derive_table(input: TokenStream) -> TokenStream {
    table(&syn::parse_macro_input!(input as DeriveInput)).into()
}
/// wip
#[proc_macro_derive(Insert, attributes(insert, column))]
pub fn derive_insert(input: TokenStream) -> TokenStream {
    record(&syn::parse_macro_input!(input as DeriveInput)).into()
}

fn table(input: &DeriveInput) -> proc_macro2::TokenStream {
    let mut errors = Errors::default();
    let table = Table::resolve(input, &mut errors);
    if let Some(table) = &table {
        check::table(table, &mut errors);
    }
    let expansion = match &table {
        None => proc_macro2::TokenStream::new(),
        Some(table) if errors.count() == 0 => expand::table(table),
        Some(table) => fallback::table(table),
    };
    let errors = errors.into_tokens();
    quote!(#errors #expansion)
}

fn record(input: &DeriveInput) -> proc_macro2::TokenStream {
    let mut errors = Errors::default();
    let record = Record::resolve(input, &mut errors);
    let expansion = match &record {
        None => proc_macro2::TokenStream::new(),
        Some(record) if errors.count() == 0 => expand::record(record),
        Some(record) => fallback::record(record),
    };
    let errors = errors.into_tokens();
    quote!(#errors #expansion)
}
