//! What can be read from a type's syntax.

use syn::{GenericArgument, Ident, PathArguments, Type};

/// The type without the groups that macros and parentheses put around it.
pub(crate) fn ungroup(mut ty: &Type) -> &Type {
    loop {
        ty = match ty {
            Type::Group(group) => &group.elem,
            Type::Paren(paren) => &paren.elem,
            _ => return ty,
        };
    }
}

/// The inside of an `Option<..>`.
pub(crate) fn option_inner(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ungroup(ty) else {
        return None;
    };
    let names: Vec<String> = path
        .path
        .segments
        .iter()
        .map(|part| part.ident.to_string())
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if path.qself.is_some()
        || !matches!(
            names.as_slice(),
            ["Option"] | ["std" | "core", "option", "Option"]
        )
    {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    match (arguments.args.len(), arguments.args.first()?) {
        (1, GenericArgument::Type(inner)) => Some(ungroup(inner)),
        _ => None,
    }
}

/// The name of a type that is a single word, such as `i64` or `String`.
fn word(ty: &Type) -> Option<&Ident> {
    match ungroup(ty) {
        Type::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}

/// Whether the type is surely no integer. A name that we do not know may be an alias of one.
pub(crate) fn surely_no_integer(ty: &Type) -> bool {
    match ungroup(ty) {
        Type::Path(_) => word(ty).is_some_and(|word| {
            ["String", "str", "bool", "char", "f32", "f64", "Uuid"]
                .iter()
                .any(|known| word == known)
        }),
        _ => true,
    }
}

/// A type of the language's own, by what its values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    Integer,
    Float,
    Bool,
    Text,
}

impl Known {
    /// The name of a value in an error.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Float => "floating-point number",
            Self::Bool => "`bool`",
            Self::Text => "`String`",
        }
    }
}

/// Returns the kind of the type's values, where the name of the type leaves no doubt.
pub(crate) fn known(ty: &Type) -> Option<Known> {
    let word = word(ty)?.to_string();
    Some(match word.as_str() {
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => Known::Integer,
        "f32" | "f64" => Known::Float,
        "bool" => Known::Bool,
        "String" => Known::Text,
        _ => return None,
    })
}

/// Whether everybody can name the type: one of the language's own.
pub(crate) fn surely_public(ty: &Type) -> bool {
    const KNOWN: &[&str] = &[
        "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64", "bool", "String",
    ];
    let ty = option_inner(ty).unwrap_or(ty);
    word(ty).is_some_and(|word| KNOWN.iter().any(|known| word == known))
}
