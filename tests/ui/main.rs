//! What the compiler says of each mistake, and what it must not say anything of.
//!
//! `TRYBUILD=overwrite cargo test -p orm-tests --test ui` writes what it says now; read the difference.

/// What a mistake can be about.
const MISTAKES: &[&str] = &[
    "attribute",
    "declaration",
    "record",
    "target",
    "update",
    "guard",
    "result",
    "batch",
    "filter",
    "join",
    "find",
    "executor",
    "query",
    "change",
    "row",
];

#[test]
fn every_mistake_has_its_answer() {
    let cases = trybuild::TestCases::new();
    for mistake in MISTAKES {
        cases.compile_fail(format!("ui/{mistake}/*.rs"));
    }
    cases.pass("ui/pass/*.rs");
}
