//! How a struct becomes a table.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Attribute, DeriveInput, Field, Visibility};

use super::{Column, Record, Skipped, Spanned, Supplied, Table, Written, key, krate, named_fields};
use crate::attr::{self, ColumnSettings, ForeignKeySettings, TableSettings};
use crate::errors::Errors;
use crate::{names, types};

pub(super) fn resolve(input: &DeriveInput, errors: &mut Errors) -> Option<Table> {
    let fields = named_fields(input, "Table", errors)?;
    if !input.generics.params.is_empty() {
        errors.on(
            &input.generics.params,
            "a table has one type per column; take the generics out, or declare one struct per \
             table",
        );
        return None;
    }
    let settings = TableSettings::read(&input.attrs, errors);
    let mut taken = Vec::new();
    let mut columns = Vec::new();
    let mut skipped = Vec::new();
    let mut keys = Vec::new();
    let mut foreign_keys = Vec::new();
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        let mut said = ColumnSettings::read(&field.attrs, errors);
        if said.skip.is_some() {
            skipped.push(Skipped {
                field: ident.clone(),
                contradicted: beside_skip(&said),
            });
            continue;
        }
        if let Some(mut key) = said.unique.take() {
            key.columns.push(ident.clone());
            keys.push(key);
        }
        foreign_keys.extend(foreign_key(ident, &mut said));
        columns.push(column(input, field, ident, said, &mut taken));
    }
    keys.extend(settings.keys);
    foreign_keys.extend(settings.foreign_keys);

    let name = settings.name.unwrap_or_else(|| Spanned {
        value: names::table(&input.ident),
        span: input.ident.span(),
    });
    let scope = key::Scope {
        table: &input.ident,
        name: &name.value,
        columns: &columns,
    };
    let primary = scope.primary_key(settings.primary_key, &mut taken, errors);
    let keys = primary
        .into_iter()
        .chain(scope.keys(keys, &mut taken, errors))
        .collect();
    let foreign_keys = scope.foreign_keys(foreign_keys, errors);
    let indexes = scope.indexes(settings.indexes, errors);
    let keep_newest = settings
        .keep_newest
        .and_then(|column| scope.position(&column, errors));

    let krate = krate(settings.krate.as_ref());
    let of_table = |ident: &Ident, fields: Vec<Supplied>, taken: &mut Vec<String>| Record {
        ident: ident.clone(),
        vis: input.vis.clone(),
        krate: krate.clone(),
        generics: input.generics.clone(),
        table: input.ident.clone().into(),
        fields,
        skipped: Vec::new(),
        incoming: names::fresh(&format!("{}_new", names::plain(ident)), ident.span(), taken),
    };
    let written_by_hand = columns.iter().filter(|column| column.generated.is_none());
    let whole = of_table(&input.ident, supplied(written_by_hand), &mut taken);
    let written = settings.insert.map(|attr::Written { ident, attributes }| {
        let kept: Vec<(usize, &Column)> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| must_be_supplied(column))
            .collect();
        let fields = supplied(kept.iter().map(|(_, column)| *column));
        Written {
            record: of_table(&ident, fields, &mut taken),
            attributes,
            columns: kept.iter().map(|(at, _)| *at).collect(),
        }
    });
    let row = format!("{}_row", names::plain(&input.ident));
    let row = names::fresh(&row, input.ident.span(), &mut taken);
    Some(Table {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        name,
        schema: settings.schema,
        skipped,
        keys,
        foreign_keys,
        indexes,
        checks: settings.checks,
        fillfactor: settings.fillfactor,
        kind: settings.kind,
        keep_newest,
        row,
        whole,
        written,
        krate,
        columns,
    })
}

/// The foreign key that a field says it is.
fn foreign_key(field: &Ident, said: &mut ColumnSettings) -> Option<ForeignKeySettings> {
    use syn::spanned::Spanned as _;
    let path = said.references.take()?;
    Some(ForeignKeySettings {
        span: path.span(),
        pairs: vec![(field.clone(), path)],
        name: None,
        on_delete: said.on_delete.take(),
        on_update: said.on_update.take(),
        doubtful: false,
    })
}

fn column(
    input: &DeriveInput,
    field: &Field,
    ident: &Ident,
    said: ColumnSettings,
    taken: &mut Vec<String>,
) -> Column {
    let plain = names::plain(ident);
    let span = ident.span();
    let bare = types::option_inner(&field.ty);
    let marker = format!("{}_{plain}", names::plain(&input.ident));
    let same_visibility = match (&input.vis, &field.vis) {
        (Visibility::Inherited, _) | (_, Visibility::Public(_)) => true,
        (_, Visibility::Inherited) => false,
        (of_struct, of_field) => {
            of_struct.to_token_stream().to_string() == of_field.to_token_stream().to_string()
        }
    };
    Column {
        vis: field.vis.clone(),
        docs: docs(&field.attrs),
        bare: bare.unwrap_or(&field.ty).clone(),
        nullable: bare.is_some(),
        hidden: !same_visibility && !types::surely_public(&field.ty),
        marker: names::fresh(&marker, span, taken),
        constant: said
            .constant
            .or_else(|| names::constant(&plain, span))
            .unwrap_or_else(|| ident.clone()),
        name: said.name.unwrap_or(Spanned { value: plain, span }),
        sql_type: said.sql_type,
        collation: said.collation,
        primary_key: said.primary_key,
        auto: said.auto,
        insert_only: said.insert_only,
        generated: said.generated,
        default: said.default,
        ty: field.ty.clone(),
        field: ident.clone(),
    }
}

/// Whether the database has nothing of its own for the column.
fn must_be_supplied(column: &Column) -> bool {
    column.auto.is_none() && column.generated.is_none() && column.default.is_none()
}

/// The columns as fields of a record. Two of one name, which is a mistake, are one.
fn supplied<'a>(columns: impl Iterator<Item = &'a Column>) -> Vec<Supplied> {
    let mut supplied: Vec<Supplied> = Vec::new();
    for Column {
        field,
        ty,
        name,
        marker,
        ..
    } in columns
    {
        if supplied.iter().all(|known| known.name.value != name.value) {
            let (field, ty, name) = (field.clone(), ty.clone(), name.clone());
            supplied.push(Supplied {
                field,
                ty,
                name,
                marker: Some(marker.clone()),
                doubtful: false,
            });
        }
    }
    supplied
}

fn docs(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"))
        .cloned()
        .collect()
}

/// The first setting that a field has beside `skip`.
fn beside_skip(said: &ColumnSettings) -> Option<(&'static str, proc_macro2::Span)> {
    use syn::spanned::Spanned as _;
    [
        said.name.as_ref().map(|name| ("name", name.span)),
        said.constant
            .as_ref()
            .map(|constant| ("const", constant.span())),
        said.sql_type
            .as_ref()
            .map(|sql_type| ("type", sql_type.span)),
        said.collation
            .as_ref()
            .map(|collation| ("collate", collation.span)),
        said.primary_key.map(|span| ("primary_key", span)),
        said.unique.as_ref().map(|key| ("unique", key.span)),
        said.auto.map(|span| ("auto", span)),
        said.generated
            .as_ref()
            .map(|generated| ("generated", generated.span)),
        said.default
            .as_ref()
            .map(|default| ("default", default.span)),
        said.insert_only.map(|span| ("insert_only", span)),
        said.references
            .as_ref()
            .map(|path| ("references", path.span())),
        said.on_delete
            .as_ref()
            .map(|action| ("on_delete", action.span)),
        said.on_update
            .as_ref()
            .map(|action| ("on_update", action.span)),
    ]
    .into_iter()
    .flatten()
    .next()
}
