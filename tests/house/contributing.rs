//! The table of CONTRIBUTING names files that are there.

use std::path::Path;

use crate::{none, one};

/// Paths in backticks that are no longer there.
fn complaints(text: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let rows = text.lines().filter(|line| line.starts_with('|'));
    let quoted = rows.flat_map(|line| line.split('`').skip(1).step_by(2));
    let is_path = |word: &&str| word.contains('/') && !word.contains([' ', '<']);
    let gone = quoted
        .filter(is_path)
        .filter(|path| !root.join(path).exists());
    gone.map(|path| format!("CONTRIBUTING.md: there is no `{path}`"))
        .collect()
}

#[test]
fn what_contributing_names_is_there() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../CONTRIBUTING.md");
    none(&complaints(
        &std::fs::read_to_string(path).expect("the text"),
    ));
}

#[test]
fn a_path_that_is_gone_is_found() {
    one(
        &complaints("| a door | `orm/src/door.rs` (wood) |"),
        "there is no `orm/src/door.rs`",
    );
    none(&complaints(
        "| a fact | `orm-schema/src/` and `Name` |\nnot in `a/row`",
    ));
}
