//! What a struct means as a table or as a record: every name resolved, every default made.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields, Generics, Path, Type, Visibility};

mod key;
mod record;
mod table;

use crate::errors::Errors;
use crate::names;

pub(crate) use self::record::Purpose;
pub(crate) use crate::attr::{Action, DefaultValue, Kind, Nulls, Spanned};

/// A struct that is a table.
pub(crate) struct Table {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    /// The path of `orm`.
    pub(crate) krate: TokenStream,
    pub(crate) name: Spanned<String>,
    pub(crate) schema: Option<Spanned<String>>,
    pub(crate) columns: Vec<Column>,
    /// Fields that are no columns.
    pub(crate) skipped: Vec<Skipped>,
    /// The primary key first, if there is one.
    pub(crate) keys: Vec<Key>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) indexes: Vec<Index>,
    /// Name and condition.
    pub(crate) checks: Vec<(Spanned<String>, Spanned<String>)>,
    pub(crate) fillfactor: Option<Spanned<i64>>,
    pub(crate) kind: Option<Spanned<Kind>>,
    /// The position of the column that tells which row is newer.
    pub(crate) keep_newest: Option<Spanned<usize>>,
    /// The closures' view of a row of all columns.
    pub(crate) row: Ident,
    /// The struct itself as a record.
    pub(crate) whole: Record,
    /// The record that the derive writes, with its attributes.
    pub(crate) written: Option<Written>,
}

/// A field that is a column.
pub(crate) struct Column {
    pub(crate) field: Ident,
    pub(crate) vis: Visibility,
    pub(crate) docs: Vec<Attribute>,
    pub(crate) ty: Type,
    /// The type without its `Option`.
    pub(crate) bare: Type,
    pub(crate) nullable: bool,
    /// Whether the type may be one that the marker's own visibility must not show.
    pub(crate) hidden: bool,
    pub(crate) marker: Ident,
    pub(crate) constant: Ident,
    pub(crate) name: Spanned<String>,
    pub(crate) sql_type: Option<Spanned<String>>,
    pub(crate) collation: Option<Spanned<String>>,
    /// Where the field says that it is part of the primary key, numbered and so on.
    pub(crate) primary_key: Option<Span>,
    pub(crate) auto: Option<Span>,
    pub(crate) insert_only: Option<Span>,
    pub(crate) generated: Option<Spanned<Option<Spanned<String>>>>,
    pub(crate) default: Option<Spanned<DefaultValue>>,
}

/// A field that is no column.
pub(crate) struct Skipped {
    pub(crate) field: Ident,
    /// The first setting beside `skip`, which makes no sense.
    pub(crate) contradicted: Option<(&'static str, Span)>,
}

/// A unique key.
pub(crate) struct Key {
    pub(crate) marker: Ident,
    pub(crate) constant: Option<Ident>,
    pub(crate) primary: bool,
    /// In the database. The primary key has none of our making.
    pub(crate) name: Option<Spanned<String>>,
    /// Positions, each where it is named.
    pub(crate) columns: Vec<Spanned<usize>>,
    pub(crate) filter: Option<Spanned<String>>,
    pub(crate) expr: Option<Spanned<String>>,
    pub(crate) nulls: Option<Spanned<Nulls>>,
    pub(crate) deferrable: Option<Span>,
    pub(crate) span: Span,
    /// Whether some of its columns are not known, which has been told.
    pub(crate) unresolved: bool,
}

/// A foreign key.
pub(crate) struct ForeignKey {
    pub(crate) name: Option<Spanned<String>>,
    /// Positions, each where it is named.
    pub(crate) columns: Vec<Spanned<usize>>,
    /// The columns pointed to, one for each.
    pub(crate) references: Vec<Path>,
    pub(crate) on_delete: Option<Spanned<Action>>,
    pub(crate) on_update: Option<Spanned<Action>>,
    pub(crate) span: Span,
    /// Whether some of its columns are not known, which has been told.
    pub(crate) unresolved: bool,
}

/// An index that is not unique.
pub(crate) struct Index {
    pub(crate) name: Spanned<String>,
    pub(crate) columns: Vec<Spanned<usize>>,
    pub(crate) filter: Option<Spanned<String>>,
    pub(crate) method: Option<Spanned<String>>,
}

/// A record that the derive writes.
pub(crate) struct Written {
    pub(crate) record: Record,
    /// Its attributes, without `#[..]`.
    pub(crate) attributes: Vec<TokenStream>,
    /// The positions of its columns.
    pub(crate) columns: Vec<usize>,
}

/// A struct whose fields are supplied to a table.
pub(crate) struct Record {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) krate: TokenStream,
    pub(crate) generics: Generics,
    pub(crate) table: Path,
    pub(crate) fields: Vec<Supplied>,
    /// Fields that are no columns.
    pub(crate) skipped: Vec<Ident>,
    /// The closures' view of a row to be written.
    pub(crate) incoming: Ident,
}

/// A field of a record.
pub(crate) struct Supplied {
    pub(crate) field: Ident,
    pub(crate) ty: Type,
    /// The name of the column it is supplied to.
    pub(crate) name: Spanned<String>,
    /// The column's marker, where it is known.
    pub(crate) marker: Option<Ident>,
    /// Whether its attributes had mistakes, so that the name may be another.
    pub(crate) doubtful: bool,
}

/// What may be done with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    PrimaryKey,
    Generated,
    InsertOnly,
    Plain,
}

impl Table {
    /// Reads a struct. Without named fields there is nothing to go on with.
    pub(crate) fn resolve(input: &DeriveInput, errors: &mut Errors) -> Option<Self> {
        table::resolve(input, errors)
    }

    /// The primary key, unless it was forgotten.
    pub(crate) fn primary_key(&self) -> Option<&Key> {
        self.keys.first().filter(|key| key.primary)
    }

    /// The role of the column at this position.
    pub(crate) fn role(&self, at: usize) -> Role {
        let in_key = self
            .primary_key()
            .is_some_and(|key| key.columns.iter().any(|column| column.value == at));
        match self.columns.get(at) {
            _ if in_key => Role::PrimaryKey,
            Some(column) if column.generated.is_some() => Role::Generated,
            Some(column) if column.insert_only.is_some() => Role::InsertOnly,
            _ => Role::Plain,
        }
    }
}

impl Record {
    /// Reads a struct.
    pub(crate) fn resolve(
        input: &DeriveInput,
        purpose: Purpose,
        errors: &mut Errors,
    ) -> Option<Self> {
        record::resolve(input, purpose, errors)
    }
}

impl Supplied {
    /// The type that stands for the column's name.
    pub(crate) fn alias(&self) -> Ident {
        names::alias(&self.field)
    }
}

/// The path of `orm`.
fn krate(written: Option<&Path>) -> TokenStream {
    written.map_or_else(|| quote!(::orm), |path| quote!(#path))
}

/// The named fields of a struct, or a word about what it should be.
fn named_fields<'a>(
    input: &'a DeriveInput,
    derive: &str,
    errors: &mut Errors,
) -> Option<&'a syn::punctuated::Punctuated<syn::Field, syn::Token![,]>> {
    let wants = format!("`#[derive({derive})]` needs a struct with named fields");
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(&fields.named),
            Fields::Unnamed(fields) => errors.at(
                fields.paren_token.span.open(),
                format!("{wants}; name them: `{{ id: i64, .. }}`"),
            ),
            Fields::Unit => errors.at(
                input.ident.span(),
                format!("{wants}; `{}` has none", input.ident),
            ),
        },
        Data::Enum(data) => errors.at(
            data.enum_token.span,
            format!("{wants}, not an enum; an enum can be the type of a column"),
        ),
        Data::Union(data) => errors.at(data.union_token.span, format!("{wants}, not a union")),
    }
    None
}
