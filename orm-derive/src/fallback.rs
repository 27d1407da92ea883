//! What is generated for a struct with mistakes: everything exists and everything is allowed, so that
//! one mistake is one error, and what uses the struct elsewhere is not blamed.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::expand;
use crate::model::{Column, Record, Table};

/// A table without roles: every column may be supplied and updated, and any columns are a key.
pub(crate) fn table(table: &Table) -> TokenStream {
    let Table { ident, row, .. } = table;
    let name = &table.name.value;
    let columns = columns(table);
    let keys = keys(table);
    let around = expand::around_table(table);
    let names = expand::table_names(table);
    let id = expand::table_id(table);
    let facts = quote! {
        #columns
        #keys
        impl __Table for #ident {
            const DEF: &'static __TableDef = &__TableDef::new(#name, &[], &[]);
            const NAMES: __TableNames = #names;
            type Id = #id;
            type Row<__S> = #row<__S>;
            type Guard = __NoGuard;
        }
    };
    expand::assemble(table, &quote!(#facts #around))
}

/// A record, unchecked.
pub(crate) fn record(record: &Record) -> TokenStream {
    expand::unchecked(record)
}

fn columns(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let mut items = TokenStream::new();
    let mut constants = TokenStream::new();
    let mut seen: Vec<&Ident> = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        items.extend(expand::marker(table, at, column, "__Plain"));
        if !seen.contains(&&column.constant) {
            seen.push(&column.constant);
            constants.extend(expand::column_constant(table, column));
        }
        if first_of_its_name(table, at, column) {
            items.extend(expand::named(table, column));
        }
    }
    for key in &table.keys {
        if let Some(constant) = &key.constant
            && !seen.contains(&constant)
        {
            seen.push(constant);
            constants.extend(expand::key_constant(table, key));
        }
    }
    quote!(#items impl #ident { #constants })
}

fn first_of_its_name(table: &Table, at: usize, column: &Column) -> bool {
    table
        .columns
        .iter()
        .position(|known| known.name.value == column.name.value)
        == Some(at)
}

/// Any columns are a key, and the named ones hold the columns that are known.
fn keys(table: &Table) -> TokenStream {
    let (ident, vis) = (&table.ident, &table.vis);
    let any = quote::format_ident!("{}__any_key", ident);
    // The struct may be called `A`: parameters have names that nobody gives a struct.
    let known = table.keys.iter().map(|key| {
        let marker = &key.marker;
        let columns = expand::key_columns(table, key);
        let checked = if key.expr.is_some() {
            quote!(__OnExpression)
        } else {
            quote!(__AtOnce)
        };
        quote! {
            #vis struct #marker;
            impl __KeyMeta for #marker {
                type Table = #ident;
                type Columns = #columns;
                type Checked = #checked;
                const AT: usize = 0;
            }
        }
    });
    let primary = table
        .primary_key()
        .filter(|key| !key.columns.is_empty())
        .map(|key| {
            let (marker, value) = (&key.marker, expand::key_value(table, key));
            quote!(impl __HasPrimaryKey for #ident { type Key = #marker; type Value = #value; })
        });
    let primary = primary.or_else(|| {
        let first = &table.columns.first()?.marker;
        let value = quote!(<#first as __ColumnMeta>::Value);
        Some(quote! {
            impl __HasPrimaryKey for #ident { type Key = #any<(#first, ())>; type Value = #value; }
        })
    });
    quote! {
        #(#known)*
        #vis struct #any<__L>(::core::marker::PhantomData<__L>);
        impl<__L: 'static> __KeyMeta for #any<__L> {
            type Table = #ident;
            type Columns = __L;
            type Checked = __AtOnce;
            const AT: usize = 0;
        }
        impl<__A: 'static> __KeyOn<(__A,)> for #ident { type Key = #any<(__A, ())>; }
        impl<__A: 'static, __B: 'static> __KeyOn<(__A, __B)> for #ident {
            type Key = #any<(__A, (__B, ()))>;
        }
        impl<__A: 'static, __B: 'static, __C: 'static> __KeyOn<(__A, __B, __C)> for #ident {
            type Key = #any<(__A, (__B, (__C, ())))>;
        }
        #primary
    }
}
