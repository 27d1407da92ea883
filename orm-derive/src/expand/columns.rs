//! Markers, constants and what a marker says about its column.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use crate::model::{Column, Role, Table};
use crate::names;

pub(super) fn expand(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let vis = &table.vis;
    let mut items = TokenStream::new();
    let mut constants = TokenStream::new();
    for (at, column) in table.columns.iter().enumerate() {
        let span = column.field.span();
        let marker = &column.marker;
        constants.extend(constant(table, column));
        items.extend(quote_spanned!(span=> #vis struct #marker;));
        items.extend(meta(table, at, column));
        let name = names::alias(&column.field);
        items.extend(quote!(impl __orm::ColumnNamed<#name> for #ident { type Column = #marker; }));
    }
    quote!(#items impl #ident { #constants })
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
        pub const #constant: __orm::Column<#marker> = __orm::Column::NEW;
    }
}

fn meta(table: &Table, at: usize, column: &Column) -> TokenStream {
    let role = match table.role(at) {
        Role::PrimaryKey => "PrimaryKey",
        Role::Generated => "Generated",
        Role::InsertOnly => "InsertOnly",
        Role::Plain => "Plain",
    };
    meta_with(table, at, column, &Ident::new(role, Span::call_site()))
}

/// The marker's facts, with this role.
pub(crate) fn meta_with(table: &Table, at: usize, column: &Column, role: &Ident) -> TokenStream {
    let (ident, marker, ty, bare) = (&table.ident, &column.marker, &column.ty, &column.bare);
    let index = index(at);
    let name = names::alias(&column.field);
    let facts = quote! {
        type Table = #ident;
        type Role = __orm::role::#role;
        type Index = #index;
        type Name = #name;
    };
    if !column.hidden {
        return quote! {
            impl __orm::ColumnMeta for #marker { type Value = #ty; type Bare = #bare; #facts }
        };
    }
    // The marker is as visible as the struct, the field's type may be less so, and an associated type
    // must not be. A parameter that a private trait determines may stand for it.
    quote! {
        const _: () = {
            trait Hidden { type Value; type Bare; }
            impl Hidden for #marker { type Value = #ty; type Bare = #bare; }
            impl<V: 'static, B: 'static> __orm::ColumnMeta for #marker
            where
                #marker: Hidden<Value = V, Bare = B>,
                V: __orm::NullOf<B>,
            {
                type Value = V;
                type Bare = B;
                #facts
            }
        };
    }
}

/// The columns of the stored row as fields.
pub(super) fn stored(table: &Table) -> TokenStream {
    let (vis, stored) = (&table.vis, &table.stored);
    let fields: Vec<&Ident> = table.columns.iter().map(|column| &column.field).collect();
    let markers = table.columns.iter().map(|column| &column.marker);
    quote! {
        #vis struct #stored { #(pub #fields: __orm::Stored<#markers>,)* }
        impl __orm::Fields for #stored {
            const FIELDS: Self = #stored { #(#fields: __orm::Stored::NEW,)* };
        }
    }
}

/// A position as two digits to the base of sixteen.
fn index(at: usize) -> TokenStream {
    let digit = |value: usize| format_ident!("D{:X}", value);
    let (high, low) = (digit(at / 16 % 16), digit(at % 16));
    quote!((__orm::index::#high, __orm::index::#low))
}
