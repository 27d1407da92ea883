//! Markers, constants and what a marker says about its column.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use crate::model::{Column, Role, Table};
use crate::names;

pub(super) fn expand(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let columns = table.columns.iter().enumerate().map(|(at, column)| {
        let role = match table.role(at) {
            Role::PrimaryKey => "__PrimaryKey",
            Role::Generated => "__Generated",
            Role::InsertOnly => "__InsertOnly",
            Role::Plain => "__Plain",
        };
        let marker = marker(table, at, column, role);
        let named = named(table, column);
        quote!(#marker #named)
    });
    let constants = table.columns.iter().map(|column| constant(table, column));
    quote!(#(#columns)* impl #ident { #(#constants)* })
}

/// `pub const EMAIL: Column<User_email>`, all of it where the field is.
pub(crate) fn constant(table: &Table, column: &Column) -> TokenStream {
    let (constant, marker, docs) = (&column.constant, &column.marker, &column.docs);
    let said = format!(
        "The column `{}` of `{}`.",
        column.name.value, table.name.value
    );
    let gap = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
    quote_spanned! {column.field.span()=>
        #[doc = #said] #gap #(#docs)*
        pub const #constant: __Column<#marker> = __Column::NEW;
    }
}

/// The marker, and what it says about its column, which is of this role.
pub(crate) fn marker(table: &Table, at: usize, column: &Column, role: &str) -> TokenStream {
    let Table { ident, vis, .. } = table;
    let Column {
        marker, ty, bare, ..
    } = column;
    let declared = quote_spanned!(column.field.span()=> #vis enum #marker {});
    let name = names::alias(&column.field);
    let role = Ident::new(role, Span::call_site());
    // The position, as two digits to the base of sixteen.
    let digit = |value: usize| format_ident!("__D{:X}", value % 16);
    let (high, low) = (digit(at / 16), digit(at));
    let facts = quote!(type Facts = __Facts<#ident, #name, #role, #high, #low>;);
    if !column.hidden {
        return quote! {
            #declared
            impl __Marker for #marker { type Value = #ty; type Bare = #bare; #facts }
        };
    }
    // The marker is as visible as the struct, the field's type may be less so, and an associated type
    // must not be. A parameter that a private trait determines may stand for it.
    quote! {
        #declared
        const _: () = {
            trait Hidden { type Value; type Bare; }
            impl Hidden for #marker { type Value = #ty; type Bare = #bare; }
            impl<V: 'static, B: 'static> __Marker for #marker
            where
                #marker: Hidden<Value = V, Bare = B>,
                V: __NullOf<B>,
            {
                type Value = V;
                type Bare = B;
                #facts
            }
        };
    }
}

/// The column is found by its name.
pub(crate) fn named(table: &Table, column: &Column) -> TokenStream {
    let (ident, marker, name) = (&table.ident, &column.marker, names::alias(&column.field));
    quote!(impl __ColumnNamed<#name> for #ident { type Column = #marker; })
}

/// The columns of a row as fields: `User_row<Old>` is the stored one, `User_row<New>` the incoming one.
pub(super) fn row(table: &Table) -> TokenStream {
    let (vis, row) = (&table.vis, &table.row);
    let fields: Vec<&Ident> = table.columns.iter().map(|column| &column.field).collect();
    let markers = table.columns.iter().map(|column| &column.marker);
    quote! {
        #vis struct #row<__Side> { #(pub #fields: __Of<__Side, #markers>,)* }
        impl<__Side> __Fields for #row<__Side> {
            const FIELDS: Self = #row { #(#fields: __Of::NEW,)* };
        }
    }
}
