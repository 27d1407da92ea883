//! The root of the crate holds the names that everybody uses, and the rest lies in modules.

use crate::source::{Source, Token};
use crate::{none, one};

/// How many names the root of the crate gives, macros and modules apart.
const MOST: usize = 60;

fn complaints(source: &Source) -> Vec<String> {
    let names = names(&source.tokens());
    if names <= MOST {
        return Vec::new();
    }
    vec![format!(
        "{}: the root of the crate gives {names} names, and {MOST} are enough; give the new one in `expr`, \
         `query`, `upsert` or `values`",
        source.path
    )]
}

/// The names behind `pub use`, but for those of a module within the file.
fn names(tokens: &[Token]) -> usize {
    let mut names = 0;
    let mut rest = tokens.iter().filter(|token| token.depth == 0).peekable();
    while let Some(token) = rest.next() {
        if token.text != "pub" || rest.next_if(|next| next.text == "use").is_none() {
            continue;
        }
        let path: Vec<_> = rest
            .by_ref()
            .take_while(|token| token.text != ";")
            .map(|token| token.text.as_str())
            .collect();
        let commas = path
            .windows(2)
            .filter(|pair| pair[0] == "," && pair[1] != "}");
        names += 1 + commas.count();
    }
    names
}

#[test]
fn the_root_gives_few_names() {
    for source in Source::under("orm/src", ".rs") {
        if source.path == "orm/src/lib.rs" {
            none(&complaints(&source));
        }
    }
}

#[test]
fn a_root_of_many_names_is_found() {
    let text = format!("pub use many::{{{}}};", vec!["Name"; MOST + 1].join(", "));
    one(
        &complaints(&Source::new("orm/src/lib.rs", &text)),
        "gives 61 names",
    );
}
