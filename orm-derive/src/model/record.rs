//! How a struct becomes a record.

use syn::{DeriveInput, GenericParam};

use super::{Record, Spanned, Supplied, krate, named_fields};
use crate::attr::{FieldSettings, RecordSettings};
use crate::errors::Errors;
use crate::names;

/// What a struct of some columns is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It is written.
    Insert,
    /// It is read.
    Row,
}

impl Purpose {
    /// The derive, and the attribute that says more to it.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Insert => ("Insert", "insert"),
            Self::Row => ("Row", "row"),
        }
    }
}

pub(super) fn resolve(
    input: &DeriveInput,
    purpose: Purpose,
    errors: &mut Errors,
) -> Option<Record> {
    let (derive, own) = purpose.words();
    let fields = named_fields(input, derive, errors)?;
    refuse_parameters(input, purpose, errors);
    let lifetimes = match purpose {
        Purpose::Insert => input.generics.lifetimes().count(),
        Purpose::Row => 0,
    };
    let generic = input.generics.params.len() != lifetimes;
    let settings = RecordSettings::read(&input.attrs, own, errors);
    let mut supplied: Vec<Supplied> = Vec::new();
    let mut skipped = Vec::new();
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        let before = errors.count();
        let said = FieldSettings::read(&field.attrs, own, errors);
        match (said.skip, said.name) {
            (Some(_), None) => skipped.push(ident.clone()),
            (Some(_), Some(name)) => {
                errors.at(
                    name.span,
                    "a field with `skip` is no column, so it has no name",
                );
            }
            (None, name) => {
                let name = name.unwrap_or_else(|| Spanned {
                    value: names::plain(ident),
                    span: ident.span(),
                });
                if supplied.iter().any(|known| known.name.value == name.value) {
                    let name_in_backticks = &name.value;
                    errors.at(
                        name.span,
                        match purpose {
                            Purpose::Insert => format!(
                                "this record supplies the column `{name_in_backticks}` twice; \
                                 supply it once"
                            ),
                            Purpose::Row => format!(
                                "the column `{name_in_backticks}` is read twice; read it once"
                            ),
                        },
                    );
                    continue;
                }
                let doubtful = errors.count() > before;
                supplied.push(Supplied {
                    field: ident.clone(),
                    ty: field.ty.clone(),
                    name,
                    marker: None,
                    doubtful,
                });
            }
        }
    }
    let Some(table) = settings.table else {
        // An attribute that is there and wrong has been told already.
        if !input
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident(own))
            || errors.count() == 0
        {
            errors.at(
                input.ident.span(),
                match purpose {
                    Purpose::Insert => format!(
                        "`{}` does not say whose record it is; add `#[insert(table = ..)]`",
                        input.ident
                    ),
                    Purpose::Row => format!(
                        "`{}` does not say of which table its columns are; add `#[row(table = ..)]`",
                        input.ident
                    ),
                },
            );
        }
        return None;
    };
    if generic {
        return None;
    }
    let incoming = format!("{}_new", names::plain(&input.ident));
    Some(Record {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        krate: krate(settings.krate.as_ref()),
        generics: input.generics.clone(),
        table,
        fields: supplied,
        skipped,
        incoming: names::fresh(&incoming, input.ident.span(), &mut Vec::new()),
    })
}

/// A record borrows at most; what is read owns all of it.
fn refuse_parameters(input: &DeriveInput, purpose: Purpose, errors: &mut Errors) {
    for parameter in &input.generics.params {
        let (kind, name) = match parameter {
            GenericParam::Lifetime(_) if purpose == Purpose::Insert => continue,
            GenericParam::Lifetime(parameter) => {
                errors.at(
                    parameter.lifetime.span(),
                    format!(
                        "what is read from a database is owned, so `{}` cannot borrow; take the \
                         lifetime out",
                        input.ident
                    ),
                );
                continue;
            }
            GenericParam::Type(parameter) => ("type", &parameter.ident),
            GenericParam::Const(parameter) => ("const", &parameter.ident),
        };
        errors.at(
            name.span(),
            format!(
                "a record has no {kind} parameters, since its columns have one type each; \
                 write the type in place of `{name}`"
            ),
        );
    }
}
