//! `DEF`: the facts of a table, as a constant.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::model::{
    Action, Column, DefaultValue, ForeignKey, Index, Key, Kind, Nulls, Spanned, Table,
};

pub(super) fn expand(table: &Table) -> TokenStream {
    let name = &table.name.value;
    let columns = table.columns.iter().map(column_def);
    let keys = table.keys.iter().map(key);
    let schema = table
        .schema
        .as_ref()
        .map(|schema| &schema.value)
        .into_iter();
    let foreign_keys = (!table.foreign_keys.is_empty()).then(|| {
        let keys = table.foreign_keys.iter().map(foreign_key);
        quote!(.with_foreign_keys(const { &[#(#keys,)*] }))
    });
    let indexes = (!table.indexes.is_empty()).then(|| {
        let indexes = table.indexes.iter().map(index);
        quote!(.with_indexes(const { &[#(#indexes,)*] }))
    });
    let checks = (!table.checks.is_empty()).then(|| {
        let checks = table.checks.iter().map(|(name, sql)| {
            let (name, sql) = (cow(name), cow(sql));
            quote!((#name, #sql))
        });
        quote!(.with_checks(const { &[#(#checks,)*] }))
    });
    let fillfactor = table
        .fillfactor
        .iter()
        .filter_map(|percent| u8::try_from(percent.value).ok());
    let kind = table.kind.iter().map(|kind| match kind.value {
        Kind::Partitioned => quote!(Partitioned),
        Kind::View => quote!(View),
    });
    quote! {
        &__TableDef::new(#name, const { &[#(#columns,)*] }, const { &[#(#keys,)*] })
            #(.in_schema(#schema))*
            #foreign_keys
            #indexes
            #checks
            #(.with_fillfactor(#fillfactor))*
            #(.of_kind(__TableKind::#kind))*
    }
}

/// The names that others point to the table by.
pub(crate) fn names(table: &Table) -> TokenStream {
    let name = &table.name.value;
    let columns = table.columns.iter().map(|column| &column.name.value);
    let schema = table.schema.iter().map(|schema| &schema.value);
    quote!(__TableNames::new(#name, &[#(#columns),*]) #(.in_schema(#schema))*)
}

fn column_def(column: &Column) -> TokenStream {
    let name = &column.name.value;
    let mut def = quote!(__ColumnDef::new(#name));
    if column.nullable {
        def.extend(quote!(.nullable()));
    }
    if column.auto.is_some() {
        def.extend(quote!(.auto()));
    }
    if column.insert_only.is_some() {
        def.extend(quote!(.insert_only()));
    }
    if let Some(Spanned { value: sql, .. }) = &column.sql_type {
        def.extend(quote!(.with_type(#sql)));
    }
    if let Some(Spanned {
        value: collation, ..
    }) = &column.collation
    {
        def.extend(quote!(.with_collation(#collation)));
    }
    if let Some(default) = &column.default {
        let default = default_def(&default.value);
        def.extend(quote!(.with_default(__DefaultDef::#default)));
    }
    if let Some(generated) = &column.generated {
        let generated = match &generated.value {
            None => quote!(Database),
            Some(sql) => {
                let sql = cow(sql);
                quote!(Sql(#sql))
            }
        };
        def.extend(quote!(.generated(__GeneratedDef::#generated)));
    }
    def
}

fn default_def(default: &DefaultValue) -> TokenStream {
    match default {
        DefaultValue::Database => quote!(Database),
        DefaultValue::Now => quote!(Now),
        DefaultValue::Sql(sql) => {
            let sql = cow(sql);
            quote!(Sql(#sql))
        }
        DefaultValue::Each { postgres, sqlite } => {
            let (postgres, sqlite) = (cow(postgres), cow(sqlite));
            quote!(Each { postgres: #postgres, sqlite: #sqlite })
        }
    }
}

fn action_def(action: Action) -> Ident {
    let name = match action {
        Action::Cascade => "Cascade",
        Action::SetNull => "SetNull",
        Action::SetDefault => "SetDefault",
        Action::Restrict => "Restrict",
        Action::NoAction => "NoAction",
    };
    Ident::new(name, Span::call_site())
}

fn key(key: &Key) -> TokenStream {
    let columns = positions(&key.columns);
    let mut def = match &key.name {
        None => quote!(__KeyDef::primary(#columns)),
        Some(Spanned { value: name, .. }) => quote!(__KeyDef::unique(#name, #columns)),
    };
    if let Some(Spanned { value: filter, .. }) = &key.filter {
        def.extend(quote!(.with_filter(#filter)));
    }
    if let Some(Spanned { value: expr, .. }) = &key.expr {
        def.extend(quote!(.with_expression(#expr)));
    }
    if key
        .nulls
        .as_ref()
        .is_some_and(|nulls| nulls.value == Nulls::NotDistinct)
    {
        def.extend(quote!(.nulls_not_distinct()));
    }
    if key.deferrable.is_some() {
        def.extend(quote!(.deferrable()));
    }
    def
}

fn foreign_key(key: &ForeignKey) -> TokenStream {
    let (columns, references) = (positions(&key.columns), &key.references);
    let first = references.first();
    let name = key.name.iter().map(|name| &name.value);
    let actions = [("on_delete", &key.on_delete), ("on_update", &key.on_update)];
    let actions = actions.iter().filter_map(|(when, action)| {
        let (when, action) = (
            Ident::new(when, Span::call_site()),
            action_def(action.as_ref()?.value),
        );
        Some(quote!(.#when(__ForeignKeyAction::#action)))
    });
    quote! {
        #first.foreign_key(#columns, const { &[#(#references.reference()),*] })
            #(.named(#name))* #(#actions)*
    }
}

fn index(index: &Index) -> TokenStream {
    let name = &index.name.value;
    let columns = positions(&index.columns);
    let filter = index.filter.iter().map(|filter| &filter.value);
    let method = index.method.iter().map(|method| &method.value);
    quote! {
        __IndexDef::new(#name, #columns) #(.with_filter(#filter))* #(.with_method(#method))*
    }
}

fn positions(columns: &[Spanned<usize>]) -> TokenStream {
    let columns = columns
        .iter()
        .map(|at| proc_macro2::Literal::usize_unsuffixed(at.value).into_token_stream());
    quote!(&[#(#columns),*])
}

fn cow(text: &Spanned<String>) -> TokenStream {
    let text = &text.value;
    quote!(__Cow::Borrowed(#text))
}
