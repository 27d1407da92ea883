//! Imports only go down.

use std::collections::BTreeSet;

use crate::source::{Source, Token};
use crate::{none, one};

/// The rooms of `orm` from the lowest floor to the highest: facts, statements, text, what databases are to the
/// library, tables and expressions, execution, typed shells, front doors. A room may use those of the floors
/// below it, and of its own floor those that do not use it in turn.
const ORM: &[&[&str]] = &[
    &["tuples"],
    &["schema"],
    &["diff", "error"],
    &["stmt"],
    &["plan"],
    &["dialect"],
    &["render"],
    &["backend"],
    &["value"],
    &["driver"],
    &["table"],
    &["expr"],
    &["pool"],
    &["exec"],
    &["ddl"],
    &["statement"],
    &["select", "find", "insert"],
    &["save", "sql", "upsert", "change"],
    &["update", "delete"],
    &["dynamic", "migrate"],
    &[
        "lib", "guide", "prelude", "private", "query", "state", "values",
    ],
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
    let mut same_floor = BTreeSet::new();
    for source in sources {
        let Some(file) = source.path.strip_prefix(root) else {
            continue;
        };
        // Tests of a room in a file of their own, as those in the room's file.
        if file.ends_with("/tests.rs") {
            continue;
        }
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
                Some(layer) if layer == own && to != from => {
                    same_floor.insert((from.to_owned(), to));
                }
                _ if APART.contains(&(from, to.as_str())) => {
                    complaints.push(format!("{place}: `{from}` must not use `{to}`"));
                }
                _ => {}
            }
        }
    }
    for (from, to) in &same_floor {
        if leads(to, from, &same_floor, &mut BTreeSet::new()) {
            complaints.push(format!(
                "`{from}` uses `{to}`, which uses `{from}` in turn: a circle of rooms is one room; \
                 put what both need below them"
            ));
        }
    }
    complaints
}

/// Whether a room uses another one, by way of others or not.
fn leads(
    from: &str,
    to: &str,
    uses: &BTreeSet<(String, String)>,
    seen: &mut BTreeSet<String>,
) -> bool {
    let next = uses.iter().filter(|(user, _)| user == from);
    let next: Vec<_> = next.map(|(_, used)| used.as_str()).collect();
    next.contains(&to)
        || next
            .into_iter()
            .any(|used| seen.insert(used.to_owned()) && leads(used, to, uses, seen))
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
        // Behind one colon stands a type, behind two the rest of a path.
        let before = [at.wrapping_sub(2), at.wrapping_sub(1)].map(text);
        let starts = before != [":", ":"] && before[1] != "$";
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
        "stmt.rs:1: `stmt` (layer 3) uses `render`",
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
        &of("orm/src/stmt/a.rs", "fn f(on: crate::exec::Run) {}"),
        "uses `exec`",
    );
    one(
        &of(
            "orm/src/stmt/a.rs",
            "fn f() { run(|error: crate::Error| error) }",
        ),
        "`crate::Error` is in no layer",
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

    let circle = [
        Source::new("orm/src/select.rs", "use crate::find::a;"),
        Source::new("orm/src/find.rs", "use crate::insert::b;"),
        Source::new("orm/src/insert.rs", "fn f(on: crate::select::C) {}"),
    ];
    assert_eq!(complaints(&circle, "orm/src/", ORM).len(), 3);
    none(&complaints(&circle[..2], "orm/src/", ORM));

    let derive = [Source::new(
        "orm-derive/src/expand/a.rs",
        "use crate::attr::A;",
    )];
    one(
        &complaints(&derive, "orm-derive/src/", DERIVE),
        "`expand` must not use `attr`",
    );
}
