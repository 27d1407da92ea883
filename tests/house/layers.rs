//! Imports only go down.

use crate::source::{Source, Token};
use crate::{none, one};

/// The modules of `orm` from the lowest layer to the highest: facts, statements, text, values,
/// traits, execution, typed shells, features, front doors. A module may use those of its own
/// line and of the lines before.
const ORM: &[&[&str]] = &[
    &["tuples", "schema", "error"],
    &["stmt"],
    &["dialect"],
    &["render"],
    &["value", "backend"],
    &["plan", "record", "column", "key", "table", "guard"],
    &["exec"],
    &[
        "statement",
        "upsert",
        "insert",
        "select",
        "find",
        "update",
        "delete",
        "change",
        "save",
        "sql",
        "filter",
        "dynamic",
    ],
    &["relation", "migrate", "sink"],
    &["lib", "guide", "prelude", "private", "state", "tests"],
];

/// The passes of `orm-derive`.
const DERIVE: &[&[&str]] = &[
    &["errors", "names", "types"],
    &["attr"],
    &["model"],
    &["check"],
    &["expand", "fallback", "enums", "sql"],
    &["lib", "tests"],
];

/// What a pass must not see although it is lower: an expansion is made from the model alone.
const APART: &[(&str, &str)] = &[("expand", "attr")];

fn complaints(sources: &[Source], root: &str, layers: &[&[&str]]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        let Some(file) = source.path.strip_prefix(root) else {
            continue;
        };
        let modules: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
        let Some(&from) = modules.first() else {
            continue;
        };
        let Some(own) = layer(layers, from) else {
            complaints.push(format!(
                "{}: module `{from}` is in no layer; add it to the table in tests/house/layers.rs",
                source.path
            ));
            continue;
        };
        let modules = if from == "lib" { 0 } else { modules.len() };
        for (to, line) in uses(&source.tokens(), modules) {
            let place = format!("{}:{line}", source.path);
            match layer(layers, &to) {
                Some(layer) if layer > own => complaints.push(format!(
                    "{place}: `{from}` (layer {own}) uses `{to}` (layer {layer}); imports go down"
                )),
                None if !["lib", "tests"].contains(&from) => complaints.push(format!(
                    "{place}: `crate::{to}` is in no layer; name the module it is made in, \
                     or add it to the table in tests/house/layers.rs"
                )),
                _ if APART.contains(&(from, to.as_str())) => {
                    complaints.push(format!("{place}: `{from}` must not use `{to}`"));
                }
                _ => {}
            }
        }
    }
    complaints
}

fn layer(layers: &[&[&str]], module: &str) -> Option<usize> {
    layers.iter().position(|layer| layer.contains(&module))
}

/// The modules of the crate that are named by `crate::x` and by enough `super::` to leave the
/// file's own module, which lies `modules` deep.
fn uses(tokens: &[Token], modules: usize) -> Vec<(String, usize)> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let starts = text(at.wrapping_sub(1)) != ":" && text(at.wrapping_sub(1)) != "$";
        let mut next = at;
        match token.text.as_str() {
            "crate" if starts => next += 1,
            "super" if starts => {
                let mut up = 0;
                while text(next) == "super" {
                    up += 1;
                    next += if text(next + 3) == "super" { 3 } else { 1 };
                }
                if up < modules + token.depth {
                    continue;
                }
            }
            _ => continue,
        }
        if (text(next), text(next + 1)) == (":", ":") {
            heads(tokens, next + 2, &mut found);
        }
    }
    found
}

/// The first names of a path or of each branch of `{…}`.
pub(crate) fn heads(tokens: &[Token], at: usize, found: &mut Vec<(String, usize)>) {
    let Some(first) = tokens.get(at) else { return };
    if first.text != "{" {
        found.push((first.text.clone(), first.line));
        return;
    }
    let mut open = 0;
    let mut head = true;
    for token in tokens.iter().skip(at) {
        match token.text.as_str() {
            "{" => open += 1,
            "}" => open -= 1,
            "," if open == 1 => head = true,
            _ if open == 1 && head => {
                found.push((token.text.clone(), token.line));
                head = false;
            }
            _ => {}
        }
        if open == 0 {
            return;
        }
    }
}

#[test]
fn imports_of_orm_go_down() {
    none(&complaints(
        &Source::under("orm/src", ".rs"),
        "orm/src/",
        ORM,
    ));
}

#[test]
fn imports_of_the_derive_go_down() {
    none(&complaints(
        &Source::under("orm-derive/src", ".rs"),
        "orm-derive/src/",
        DERIVE,
    ));
}

#[test]
fn an_import_that_goes_up_is_found() {
    let of = |path: &str, text: &str| complaints(&[Source::new(path, text)], "orm/src/", ORM);
    one(
        &of("orm/src/stmt.rs", "use crate::render::Sql;"),
        "stmt.rs:1: `stmt` (layer 1) uses `render`",
    );
    one(
        &of(
            "orm/src/stmt/a.rs",
            "\nuse crate::{error::Error, exec::{run, a}};",
        ),
        "a.rs:2: `stmt`",
    );
    one(
        &of("orm/src/stmt/a.rs", "fn f() { super::super::exec::run() }"),
        "uses `exec`",
    );
    one(
        &of("orm/src/stmt.rs", "mod b { use super::super::exec; }"),
        "uses `exec`",
    );
    one(
        &of("orm/src/stmt.rs", "use crate::Error;"),
        "name the module",
    );
    one(
        &of("orm/src/oracle.rs", ""),
        "module `oracle` is in no layer",
    );
    none(&of(
        "orm/src/stmt/a.rs",
        "use super::b; use crate::schema::T; mod c { use super::d; }",
    ));
    none(&of(
        "orm/src/stmt.rs",
        "macro_rules! m { () => { $crate::private::x() } }",
    ));
    none(&of(
        "orm/src/lib.rs",
        "use crate::exec::run; pub use self::stmt::Insert; use crate::Db;",
    ));

    let derive = [Source::new(
        "orm-derive/src/expand/a.rs",
        "use crate::attr::A;",
    )];
    one(
        &complaints(&derive, "orm-derive/src/", DERIVE),
        "`expand` must not use `attr`",
    );
}
