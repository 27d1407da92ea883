//! A file holds one concept.

use crate::source::Source;
use crate::{none, one};

fn complaints(sources: &[Source], limit: usize) -> Vec<String> {
    sources
        .iter()
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > limit)
        .map(|(source, lines)| format!("{}: {lines} lines; the limit is {limit}", source.path))
        .collect()
}

#[test]
fn files_are_small() {
    none(&complaints(&Source::under("orm/src", ".rs"), 400));
    none(&complaints(&Source::under("orm-derive/src", ".rs"), 400));
    none(&complaints(&Source::under("orm-schema/src", ".rs"), 400));
    none(&complaints(&Source::under("tests/support", ".rs"), 400));
    none(&complaints(&Source::under("tests", ".rs"), 600));
}

#[test]
fn a_long_file_is_found() {
    let long = [Source::new("long.rs", &"\n".repeat(401))];
    one(&complaints(&long, 400), "long.rs: 401 lines");
    none(&complaints(&long, 401));
}
