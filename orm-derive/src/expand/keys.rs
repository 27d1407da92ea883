//! Unique keys: their markers, their constants, and which columns lead to them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::list;
use crate::model::{Key, Table};

pub(super) fn expand(table: &Table) -> TokenStream {
    let mut items = TokenStream::new();
    let mut constants = TokenStream::new();
    for (at, key) in table.keys.iter().enumerate() {
        items.extend(key_items(table, at, key));
        constants.extend(constant(table, key));
    }
    let primary = table.primary_key().map(|key| primary_key(table, key));
    let ident = &table.ident;
    let constants = (!constants.is_empty()).then(|| quote!(impl #ident { #constants }));
    quote!(#items #constants #primary)
}

fn key_items(table: &Table, at: usize, key: &Key) -> TokenStream {
    let (ident, vis, marker) = (&table.ident, &table.vis, &key.marker);
    let columns = columns(table, key);
    let at = Literal::usize_unsuffixed(at);
    let checked = if key.deferrable.is_some() {
        quote!(__AtCommit)
    } else if key.expr.is_some() {
        quote!(__OnExpression)
    } else {
        quote!(__AtOnce)
    };
    // A key of some rows or on an expression is no key of its columns: its constant alone leads to it.
    let of_columns = key.filter.is_none() && key.expr.is_none();
    let orders = if of_columns {
        orders(markers(table, key))
    } else {
        Vec::new()
    };
    quote! {
        #vis struct #marker;
        impl __KeyMeta for #marker {
            type Table = #ident;
            type Columns = #columns;
            type Checked = #checked;
            const AT: usize = #at;
        }
        #(impl __KeyOn<(#(#orders,)*)> for #ident { type Key = #marker; })*
    }
}

/// `pub const LIVE_PATH: Key<..>`, for keys that are named.
pub(crate) fn constant(table: &Table, key: &Key) -> Option<TokenStream> {
    let (constant, marker) = (key.constant.as_ref()?, &key.marker);
    let name = key.name.as_ref().map_or("", |name| &name.value);
    let said = format!("The unique key `{name}` of `{}`.", table.name.value);
    Some(quote_spanned! {constant.span()=>
        #[doc = #said]
        pub const #constant: __Key<#marker> = __Key::NEW;
    })
}

fn primary_key(table: &Table, key: &Key) -> TokenStream {
    let (ident, marker) = (&table.ident, &key.marker);
    let value = value(table, key);
    quote!(impl __HasPrimaryKey for #ident { type Key = #marker; type Value = #value; })
}

/// The type of a key's value.
pub(crate) fn value(table: &Table, key: &Key) -> TokenStream {
    let types = key
        .columns
        .iter()
        .filter_map(|at| table.columns.get(at.value))
        .map(|column| {
            let (ty, marker) = (&column.ty, &column.marker);
            if column.hidden {
                quote!(<#marker as __ColumnMeta>::Value)
            } else {
                quote!(#ty)
            }
        });
    if key.columns.len() == 1 {
        quote!(#(#types)*)
    } else {
        quote!((#(#types,)*))
    }
}

/// The columns of a key, as a list of markers.
pub(crate) fn columns(table: &Table, key: &Key) -> TokenStream {
    list(markers(table, key))
}

fn markers<'a>(table: &'a Table, key: &Key) -> Vec<&'a Ident> {
    let columns = key
        .columns
        .iter()
        .filter_map(|at| table.columns.get(at.value));
    columns.map(|column| &column.marker).collect()
}

/// The orders in which the columns of a key may be named: all of up to three columns, beyond that the
/// one in which they are declared, since their number would explode.
fn orders(markers: Vec<&Ident>) -> Vec<Vec<&Ident>> {
    match *markers {
        [a, b] => vec![vec![a, b], vec![b, a]],
        [a, b, c] => vec![
            vec![a, b, c],
            vec![a, c, b],
            vec![b, a, c],
            vec![b, c, a],
            vec![c, a, b],
            vec![c, b, a],
        ],
        _ => vec![markers],
    }
}
