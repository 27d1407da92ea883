//! The derives of `orm`.
mod attr;
mod errors;
mod expand;
mod model;
mod names;
mod types;

use proc_macro::TokenStream;
use syn::DeriveInput;

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
    let mut errors = errors::Errors::default();
    let Some(table) = model::Table::resolve(input, &mut errors) else { return errors.into_tokens() };
    if errors.is_empty() { expand::table(&table) } else { errors.into_tokens() }
}
fn record(input: &DeriveInput) -> proc_macro2::TokenStream {
    let mut errors = errors::Errors::default();
    let Some(record) = model::Record::resolve(input, &mut errors) else { return errors.into_tokens() };
    if errors.is_empty() { expand::record(&record) } else { errors.into_tokens() }
}
