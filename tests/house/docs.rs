//! Documents name paths and types that are there.

use std::collections::BTreeSet;
use std::path::Path;

use crate::source::Source;
use crate::{none, one};

fn documents() -> Vec<Source> {
    let mut documents = Source::under("docs", ".md");
    documents.push(Source::file("AGENTS.md"));
    documents
}

/// Complaints about paths and names in backticks, code blocks apart.
fn complaints(documents: &[Source], names: &BTreeSet<String>, root: &Path) -> Vec<String> {
    let mut complaints = Vec::new();
    for document in documents {
        let mut is_code = false;
        for (line, text) in document.text.lines().enumerate() {
            if text.starts_with("```") {
                is_code = !is_code;
            }
            if is_code {
                continue;
            }
            let place = format!("{}:{}", document.path, line + 1);
            for code in text.split('`').skip(1).step_by(2) {
                if is_path(code) {
                    if !in_tree(code, root) {
                        complaints.push(format!("{place}: there is no `{code}`"));
                    }
                    continue;
                }
                for name in types(code).filter(|name| !names.contains(*name)) {
                    complaints.push(format!("{place}: nothing is called `{name}`"));
                }
            }
            for target in links(text) {
                let folder = Path::new(&document.path).parent().unwrap_or(Path::new(""));
                if !root.join(folder).join(target).exists() {
                    complaints.push(format!("{place}: the link to {target} leads nowhere"));
                }
            }
        }
    }
    complaints
}

fn is_path(code: &str) -> bool {
    let is_file = [".rs", ".md", ".toml"]
        .iter()
        .any(|end| code.ends_with(end));
    (code.contains('/') || is_file) && !code.contains([' ', '<', '(', '"'])
}

/// The path is there, from the root or from the sources of the library.
fn in_tree(path: &str, root: &Path) -> bool {
    let file = format!("orm/src/{path}.rs");
    [path, &format!("orm/src/{path}"), &file]
        .iter()
        .any(|path| root.join(path).exists())
}

/// Names of types: two letters at least, the first a capital, and not all of them; those of columns in
/// examples, such as `User_email`, apart.
fn types(code: &str) -> impl Iterator<Item = &str> {
    let is_call = code.starts_with("cargo ") || code.contains(['"', '$']) || code.contains(": …");
    let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(move |word| {
        !is_call
            && word.len() > 1
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.contains(|c: char| c.is_ascii_lowercase())
            && !word.contains('_')
            && !["User", "Post", "Slug", "Yes", "No"].contains(word)
    })
}

/// The files that `[text](file)` names, addresses apart.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1);
    let targets = targets.filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://"))
}

/// All identifiers of the sources.
fn names() -> BTreeSet<String> {
    let sources = ["orm/src", "orm-derive/src", "orm-schema/src"];
    sources
        .iter()
        .flat_map(|directory| Source::under(directory, ".rs"))
        .flat_map(|source| source.tokens())
        .map(|token| token.text)
        .collect()
}

#[test]
fn documents_name_what_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    none(&complaints(&documents(), &names(), &root));
}

#[test]
fn a_name_that_is_gone_is_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let names = ["Upsert", "Side", "Stored"].map(str::to_owned).into();
    let of = |text| complaints(&[Source::new("docs/page.md", text)], &names, &root);
    one(
        &of("see\n`orm/src/door.rs`"),
        "docs/page.md:2: there is no `orm/src/door.rs`",
    );
    one(&of("`upsert/door.rs`"), "no `upsert/door.rs`");
    one(&of("`Side::Standing`"), "nothing is called `Standing`");
    one(&of("[a](door.md#b)"), "door.md leads nowhere");
    none(&of(
        "`Upsert`, `Side::Stored`, `orm/src/upsert.rs`, `upsert/target.rs`, `dialect/verify`",
    ));
    none(&of(
        "`ON CONFLICT`, `User::EMAIL`, `$1`, `cargo test -p Standing`\n```\n`Standing`\n```",
    ));
    none(&of("[a](glossary.md) and [b](https://host/a)"));
}
