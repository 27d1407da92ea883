//! `derive(Enum)`: an enum that the database knows as a type of its own.
//!
//! What it is called and what its labels are is what sqlx's derive makes of the same attributes.

use heck::{ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr};

use crate::errors::Errors;
use crate::names;

/// All of it.
pub(crate) fn expand(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let expansion = resolve(input, &mut errors);
    let errors = errors.into_tokens();
    quote!(#errors #expansion)
}

fn resolve(input: &DeriveInput, errors: &mut Errors) -> Option<TokenStream> {
    let Data::Enum(data) = &input.data else {
        errors.on(
            &input.ident,
            "`Enum` is derived on an enum whose variants are the labels; a struct is a `Table`",
        );
        return None;
    };
    let ident = &input.ident;
    let said = said(&input.attrs, errors);
    let name = said.type_name.unwrap_or_else(|| names::plain(ident));
    let mut labels = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            errors.on(
                variant,
                "a label has no fields; use a column of its own for what belongs to it",
            );
        }
        let plain = names::plain(&variant.ident);
        let renamed = self::said(&variant.attrs, errors).rename;
        labels.push(
            renamed.unwrap_or_else(|| said.rename_all.map_or(plain.clone(), |how| how(&plain))),
        );
    }
    if labels.is_empty() {
        errors.on(
            ident,
            "an enum of the database has a label at least; add a variant",
        );
    }
    let krate = quote!(::orm);
    (errors.count() == 0).then(|| {
        quote! {
            const _: () = {
                use #krate::__private::*;
                impl<__DB: __Backend> __Makes<__DB> for #ident {
                    fn add(_: __DB::Live, to: &mut __Plan) {
                        const DEF: &__EnumDef = &__EnumDef::new(#name, &[#(#labels),*]);
                        to.push_enum(DEF);
                    }
                }
            };
        }
    })
}

#[derive(Default)]
struct Said {
    type_name: Option<String>,
    rename: Option<String>,
    rename_all: Option<fn(&str) -> String>,
}

/// What sqlx's attributes say. A mistake in them is sqlx's to tell.
fn said(attributes: &[Attribute], errors: &mut Errors) -> Said {
    let mut said = Said::default();
    for attribute in attributes
        .iter()
        .filter(|each| each.path().is_ident("sqlx"))
    {
        let parsed = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("type_name") {
                said.type_name = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.path.is_ident("rename") {
                said.rename = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.path.is_ident("rename_all") {
                said.rename_all = how(&meta.value()?.parse::<LitStr>()?.value());
            } else if let Ok(value) = meta.value() {
                value.parse::<syn::Expr>()?;
            }
            Ok(())
        });
        if let Err(mistake) = parsed {
            errors.at(mistake.span(), mistake);
        }
    }
    said
}

fn how(pattern: &str) -> Option<fn(&str) -> String> {
    Some(match pattern {
        "lowercase" => |name| name.to_lowercase(),
        "UPPERCASE" => |name| name.to_uppercase(),
        "snake_case" => |name| name.to_snake_case(),
        "SCREAMING_SNAKE_CASE" => |name| name.to_shouty_snake_case(),
        "kebab-case" => |name| name.to_kebab_case(),
        "camelCase" => |name| name.to_lower_camel_case(),
        "PascalCase" => |name| name.to_upper_camel_case(),
        _ => return None,
    })
}
