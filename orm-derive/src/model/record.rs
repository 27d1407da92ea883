//! How a struct becomes a record.

use syn::{DeriveInput, GenericParam};

use super::{Record, Spanned, Supplied, krate, named_fields};
use crate::attr::{FieldSettings, RecordSettings};
use crate::errors::Errors;
use crate::names;

pub(super) fn resolve(input: &DeriveInput, errors: &mut Errors) -> Option<Record> {
    let fields = named_fields(input, "Insert", errors)?;
    for parameter in &input.generics.params {
        let (kind, name) = match parameter {
            GenericParam::Lifetime(_) => continue,
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
    let generic = input.generics.params.len() != input.generics.lifetimes().count();
    let settings = RecordSettings::read(&input.attrs, errors);
    let mut supplied: Vec<Supplied> = Vec::new();
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        let before = errors.count();
        let said = FieldSettings::read(&field.attrs, errors);
        match (said.skip, said.name) {
            (Some(_), None) => {}
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
                        format!(
                            "this record supplies the column `{name_in_backticks}` twice; \
                             supply it once"
                        ),
                    );
                    continue;
                }
                let doubtful = errors.count() > before;
                supplied.push(Supplied {
                    field: ident.clone(),
                    ty: field.ty.clone(),
                    name,
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
            .any(|attribute| attribute.path().is_ident("insert"))
            || errors.count() == 0
        {
            errors.at(
                input.ident.span(),
                format!(
                    "`{}` does not say whose record it is; add `#[insert(table = ..)]`",
                    input.ident
                ),
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
        incoming: names::fresh(&incoming, input.ident.span(), &mut Vec::new()),
    })
}
